//! Contests: the public pages, the set-up, the control room.

use async_trait::async_trait;
use rules::account::Actor;
use rules::contest::{
    Category, ContestPhase, ContestPlan, ContestSetup, Declaration, Eligibility, Preset, RoundPlan, SetupGap,
    SetupSection, Timetable,
};
use rules::entry::FormField;
use rules::event::Progress;
use rules::id::{CommandKey, ContestId, RoundId, UnitId, UserId, Version};
use rules::judging::RoundState;
use rules::results::PrizeTier;
use rules::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::account::UnitLine;
use crate::results::ResultView;

/// The next deadline of a contest, of an entry or of a unit, with its grace.
pub use rules::contest::Deadline as NextDeadline;

/// A contest in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestCard {
    pub id: ContestId,
    pub slug: String,
    pub code: String,
    pub name: String,
    pub year: i32,
    pub organiser: String,
    pub phase: ContestPhase,
    pub zone: Zone,
    pub next_deadline: Option<NextDeadline>,
    /// Entries received.
    pub received: u32,
    /// Entered as a past result, without scorecards.
    pub historical: bool,
    /// Invented demo data; the label stays on screen.
    pub fictional: bool,
}

/// The public home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// Server time of the answer, for the time left.
    pub now: Timestamp,
    pub running: Vec<ContestCard>,
    /// Published contests, latest first; at most 12.
    pub published: Vec<ContestCard>,
}

/// A round as the public page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicRound {
    pub name: String,
    pub jury_source: String,
    /// How many judges; 0 while no jury is appointed. Never who.
    pub judges: u32,
    pub criteria: Vec<(String, rules::points::Points)>,
    /// Entries that go on, where the plan says a number.
    pub advance_top: Option<u32>,
}

/// The public contest page, in the order of the plan (B-17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicContestView {
    pub card: ContestCard,
    pub now: Timestamp,
    pub plan: ContestPlan,
    pub categories: Vec<Category>,
    pub timetable: Timetable,
    pub unit_screening: bool,
    pub groups: bool,
    pub group_max: u32,
    pub min_quota: u32,
    /// Top units whose people may enter; empty means all.
    pub eligible_units: Vec<String>,
    pub rounds: Vec<PublicRound>,
    pub prizes: Vec<PrizeTier>,
    /// What the public may follow live.
    pub progress: Progress,
    /// Only after the decision.
    pub result: Option<ResultView>,
    /// The viewer may start an entry now.
    pub can_enter: bool,
    /// Sign-in is all that is missing to enter.
    pub sign_in_to_enter: bool,
}

/// Creates a contest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreateContest {
    pub key: CommandKey,
    pub preset: Preset,
    /// Short unique code, e.g. `QT-KKT-2021`.
    pub code: String,
    pub name: String,
    pub year: i32,
    pub organiser: UnitId,
}

/// A judge on a jury.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JuryMember {
    pub user: UserId,
    pub full_name: String,
    pub unit_name: Option<String>,
    pub seat: u32,
    pub chair: bool,
    /// Submitted at least one scorecard; cannot be removed any more.
    pub has_scored: bool,
}

/// The jury of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jury {
    pub round: RoundId,
    pub round_name: String,
    pub state: RoundState,
    pub members: Vec<JuryMember>,
}

/// The set-up pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupView {
    pub contest: ContestId,
    pub slug: String,
    pub code: String,
    pub name: String,
    pub phase: ContestPhase,
    pub version: Version,
    pub setup: ContestSetup,
    pub juries: Vec<Jury>,
    pub gaps: Vec<SetupGap>,
    pub units: Vec<UnitLine>,
    /// The viewer may change it now.
    pub can_edit: bool,
    /// The contest is open, and the viewer may mend its form.
    pub can_amend_form: bool,
    pub key: CommandKey,
}

/// One section with its new content; the others stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "section", rename_all = "snake_case")]
pub enum SectionContent {
    Plan {
        plan: ContestPlan,
    },
    Categories {
        categories: Vec<Category>,
    },
    Timetable {
        timetable: Timetable,
    },
    Eligibility {
        eligibility: Eligibility,
        declaration: Declaration,
    },
    /// The version follows from what changed.
    Form {
        fields: Vec<FormField>,
    },
    /// Keeps the rounds' identity by `code`; juries of removed rounds are removed too.
    Rounds {
        rounds: Vec<RoundPlan>,
    },
    Prizes {
        prizes: Vec<PrizeTier>,
        publish_scores: bool,
    },
}

impl SectionContent {
    /// The section it is for.
    pub fn section(&self) -> SetupSection {
        match self {
            SectionContent::Plan { .. } => SetupSection::Plan,
            SectionContent::Categories { .. } => SetupSection::Categories,
            SectionContent::Timetable { .. } => SetupSection::Timetable,
            SectionContent::Eligibility { .. } => SetupSection::Eligibility,
            SectionContent::Form { .. } => SetupSection::Form,
            SectionContent::Rounds { .. } => SetupSection::Rounds,
            SectionContent::Prizes { .. } => SetupSection::Prizes,
        }
    }
}

/// Saves a section. A draft may be incomplete; only malformed or over-long values are refused.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SaveSetup {
    pub key: CommandKey,
    pub contest: ContestId,
    pub expected: Version,
    pub content: SectionContent,
}

/// Appoints a judge or changes the seat's chair mark.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AppointJudge {
    pub key: CommandKey,
    pub round: RoundId,
    pub user: UserId,
    pub chair: bool,
}

/// Removes a judge from a jury that has not begun to score.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemoveJudge {
    pub key: CommandKey,
    pub round: RoundId,
    pub user: UserId,
}

/// Opens the contest: freezes the set-up and makes the page public.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenContest {
    pub key: CommandKey,
    pub contest: ContestId,
    pub expected: Version,
}

/// Something that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Pending {
    /// The set-up is incomplete.
    SetupGaps {
        count: u32,
    },
    /// Units that forwarded fewer than the quota asks.
    UnitsBelowQuota {
        units: Vec<String>,
        min: u32,
    },
    /// Entries at units, not forwarded yet.
    EntriesAtUnits {
        count: u32,
    },
    /// Entries the organiser has to check.
    EntriesToCheck {
        count: u32,
    },
    BlindCodesMissing {
        count: u32,
    },
    /// A round can be opened.
    RoundReady {
        round: RoundId,
        name: String,
    },
    /// Judges with ballots to give, and how many each.
    BallotsMissing {
        round: RoundId,
        name: String,
        judges: Vec<(String, u32)>,
    },
    Deliberations {
        round: RoundId,
        name: String,
        count: u32,
    },
    TieToDecide {
        round: RoundId,
        name: String,
        count: u32,
    },
    RoundToLock {
        round: RoundId,
        name: String,
    },
    PrizesToPropose,
    DecisionToRecord,
}

/// Counts by state for the control room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryCounts {
    pub draft: u32,
    pub at_unit: u32,
    pub forwarded: u32,
    pub accepted: u32,
    pub rejected: u32,
    pub withdrawn: u32,
}

/// The organiser's control room: what is due, what is blocked and by whom, the next allowed act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlRoomView {
    pub card: ContestCard,
    pub now: Timestamp,
    pub timetable: Timetable,
    pub pending: Vec<Pending>,
    pub counts: EntryCounts,
    pub rounds: Vec<RoundLine>,
    /// Last ledger lines in words: at, kind, who (system for none). At most 20.
    pub recent: Vec<LedgerNote>,
}

/// A round in the control room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundLine {
    pub round: RoundId,
    pub name: String,
    pub ordinal: u32,
    pub state: RoundState,
    pub judges: u32,
    pub entries: u32,
    pub done: u32,
    pub of: u32,
}

/// A ledger line without its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerNote {
    pub seq: i64,
    pub at: Timestamp,
    pub kind: String,
    pub who: Option<String>,
}

/// Contests.
#[async_trait]
pub trait ContestService: Send + Sync {
    /// The public home page.
    async fn home(&self, actor: &Actor) -> Result<HomeView>;
    /// The public contest page.
    async fn public_contest(&self, actor: &Actor, slug: String) -> Result<PublicContestView>;
    /// Contests the viewer organises, leads, chairs or inspects, drafts included for organisers.
    async fn managed(&self, actor: &Actor) -> Result<Vec<ContestCard>>;
    /// Creates a contest from a preset; the creator becomes its organiser.
    async fn create(&self, actor: &Actor, command: CreateContest) -> Result<String>;
    /// The set-up pages.
    async fn setup(&self, actor: &Actor, slug: String) -> Result<SetupView>;
    /// Saves one section; gives the new version.
    async fn save_setup(&self, actor: &Actor, command: SaveSetup) -> Result<Version>;
    /// Appoints a judge.
    async fn appoint_judge(&self, actor: &Actor, command: AppointJudge) -> Result<()>;
    /// Removes a judge.
    async fn remove_judge(&self, actor: &Actor, command: RemoveJudge) -> Result<()>;
    /// Opens the contest.
    async fn open(&self, actor: &Actor, command: OpenContest) -> Result<()>;
    /// The control room.
    async fn control_room(&self, actor: &Actor, slug: String) -> Result<ControlRoomView>;
}
