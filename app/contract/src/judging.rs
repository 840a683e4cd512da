//! Judging: the judge's queue and scorecard, the order by hand, the round desk.
//!
//! While a round is judged entries are named by their label (blind code) only: neither the judge's views nor the
//! desk's carry an entry's id, so that nothing on the wire joins a code to a name.

use async_trait::async_trait;
use rules::account::Actor;
use rules::contest::ContestPhase;
use rules::entry::{AnswerLine, AttachmentInfo, EntryScope, Maturity, Statement};
use rules::event::{EntryLabel, Progress, RoundProgress, SeatLabel};
use rules::id::{CommandKey, ContestId, RoundId, Version};
use rules::judging::{Advance, RoundState, Rubric, Scores, ScoringPolicy, Tally};
use rules::points::Points;
use rules::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::contest::ContestCard;

/// Opens a round: freezes rubric and policy, recuses by rule, brings the entries in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenRound {
    pub key: CommandKey,
    pub round: RoundId,
}

/// State of the viewer's own scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnCardState {
    Empty,
    Draft,
    Submitted,
    Recused,
    /// Reopened for a deliberation.
    Reopened,
}

/// An entry in a judge's queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueEntry {
    pub label: EntryLabel,
    pub title: String,
    pub category_name: String,
    pub state: OwnCardState,
    /// Own total, once anything is scored.
    pub total: Option<Points>,
}

/// One round in which the viewer judges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    pub round: RoundId,
    pub round_name: String,
    pub state: RoundState,
    pub contest_slug: String,
    pub contest_name: String,
    pub seat: SeatLabel,
    pub chair: bool,
    pub principles_confirmed: bool,
    pub entries: Vec<QueueEntry>,
    pub done: u32,
    /// The ballot asks for an order, and the viewer's was submitted.
    pub wants_order: bool,
    pub order_submitted: bool,
    /// The ballot asks for scorecards.
    pub wants_scores: bool,
    pub key: CommandKey,
}

/// Confirms the marking principles before the first scorecard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfirmPrinciples {
    pub key: CommandKey,
    pub round: RoundId,
}

/// The viewer's own scorecard of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCard {
    pub state: OwnCardState,
    pub version: Version,
    pub scores: Scores,
    pub comment: String,
    pub total: Points,
    pub saved_at: Option<Timestamp>,
    pub submitted_at: Option<Timestamp>,
    /// Why it was recused or reopened.
    pub reason: Option<String>,
}

/// An entry without its authors, beside the viewer's scorecard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgeEntryView {
    pub round: RoundId,
    pub round_name: String,
    pub round_state: RoundState,
    pub contest_name: String,
    pub label: EntryLabel,
    pub title: String,
    pub category_name: String,
    pub scope: Option<EntryScope>,
    pub maturity: Option<Maturity>,
    pub statement: Statement,
    /// Answers to the contest's own questions, but those that could tell who wrote it.
    pub answers: Vec<AnswerLine>,
    /// Names replaced by the label and a number.
    pub attachments: Vec<AttachmentInfo>,
    pub rubric: Rubric,
    pub card: OwnCard,
    pub principles_confirmed: bool,
    pub wants_scores: bool,
    pub previous: Option<EntryLabel>,
    pub next: Option<EntryLabel>,
    /// Place in the queue, from 1, and its length.
    pub position: (u32, u32),
    pub zone: Zone,
    pub key: CommandKey,
}

/// Saves a draft or submits a scorecard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutScorecard {
    pub key: CommandKey,
    pub round: RoundId,
    pub label: EntryLabel,
    pub expected: Version,
    pub scores: Scores,
    pub comment: String,
}

/// Declares a conflict of interest: the judge is recused from the entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclareConflict {
    pub key: CommandKey,
    pub round: RoundId,
    pub label: EntryLabel,
    pub expected: Version,
    pub reason: String,
}

/// An entry on the comparison board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderEntry {
    pub label: EntryLabel,
    pub title: String,
    /// Own total.
    pub total: Option<Points>,
    pub recused: bool,
}

/// The viewer's own order of a round, best first; entries in one tier are equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    pub round: RoundId,
    pub round_name: String,
    pub contest_name: String,
    pub state: RoundState,
    pub version: Version,
    pub tiers: Vec<Vec<EntryLabel>>,
    pub entries: Vec<OrderEntry>,
    pub submitted_at: Option<Timestamp>,
    pub can_edit: bool,
    pub zone: Zone,
    pub key: CommandKey,
}

/// Saves or submits an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutOrder {
    pub key: CommandKey,
    pub round: RoundId,
    pub expected: Version,
    pub tiers: Vec<Vec<EntryLabel>>,
    pub submit: bool,
}

/// An open or closed deliberation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliberationView {
    pub label: EntryLabel,
    /// Spread that opened it, hundredths.
    pub spread: Points,
    pub open: bool,
    /// Seats whose ballots are the highest and the lowest; shown to the desk so that it knows whom to ask, without points.
    pub seats: Vec<SeatLabel>,
    pub reopened: Vec<SeatLabel>,
    pub rescored: Option<bool>,
    pub explanation: Option<String>,
}

/// The round desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundDeskView {
    pub contest: ContestId,
    pub contest_slug: String,
    pub contest_name: String,
    pub phase: ContestPhase,
    pub round: RoundId,
    pub round_name: String,
    pub state: RoundState,
    pub version: Version,
    pub rubric: Rubric,
    pub policy: ScoringPolicy,
    /// `judging::frozen_hash`, from the opening of the round.
    pub frozen_hash: Option<String>,
    pub progress: Option<RoundProgress>,
    /// Sequence number of the last event in `progress`: live frames go on after it.
    pub seq: i64,
    /// Real names of seats; people, not entries, and known from the appointment.
    pub seats: Vec<(SeatLabel, String)>,
    pub deliberations: Vec<DeliberationView>,
    /// Only once every ballot is in and no deliberation is open; points absent before.
    pub tally: Option<Tally<EntryLabel>>,
    pub advance: Option<Advance<EntryLabel>>,
    /// Why the round cannot be locked yet.
    pub blocks: Vec<rules::Violation>,
    /// What is known of entries by label; titles only once the round is locked.
    pub titles: Vec<(EntryLabel, String)>,
    pub other_rounds: Vec<(RoundId, String, RoundState)>,
    pub can_open: bool,
    pub can_lock: bool,
    /// The viewer chairs this jury and may settle ties.
    pub is_chair: bool,
    pub zone: Zone,
    pub key: CommandKey,
}

/// Opens a deliberation on an entry whose spread is over the threshold; reopens the named seats' scorecards.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenDeliberation {
    pub key: CommandKey,
    pub round: RoundId,
    pub label: EntryLabel,
    pub reopen: Vec<SeatLabel>,
    pub reason: String,
}

/// Closes a deliberation: rescored, or kept with an explanation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConcludeDeliberation {
    pub key: CommandKey,
    pub round: RoundId,
    pub label: EntryLabel,
    pub explanation: String,
}

/// The chair's recorded decision on equal entries, best first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DecideTie {
    pub key: CommandKey,
    pub round: RoundId,
    pub order: Vec<EntryLabel>,
    pub reason: String,
}

/// Locks a round: the tally is final, the top N advance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LockRound {
    pub key: CommandKey,
    pub round: RoundId,
    pub expected: Version,
}

/// The live board (leader, organiser, chair).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardView {
    pub card: ContestCard,
    pub now: Timestamp,
    pub progress: Progress,
    /// Names of rounds and units for what [`Progress`] names by id.
    pub round_names: Vec<(RoundId, String)>,
    pub unit_names: Vec<(String, String)>,
    pub min_quota: u32,
}

/// Judging.
#[async_trait]
pub trait JudgingService: Send + Sync {
    /// Rounds in which the viewer judges, newest first.
    async fn queues(&self, actor: &Actor) -> Result<Vec<QueueView>>;
    /// The queue of one round.
    async fn queue(&self, actor: &Actor, round: RoundId) -> Result<QueueView>;
    /// Confirms the principles.
    async fn confirm_principles(&self, actor: &Actor, command: ConfirmPrinciples) -> Result<()>;
    /// An entry beside the viewer's scorecard.
    async fn judge_entry(&self, actor: &Actor, round: RoundId, label: EntryLabel) -> Result<JudgeEntryView>;
    /// Saves a scorecard as a draft.
    async fn save_scorecard(&self, actor: &Actor, command: PutScorecard) -> Result<OwnCard>;
    /// Submits a scorecard.
    async fn submit_scorecard(&self, actor: &Actor, command: PutScorecard) -> Result<OwnCard>;
    /// Declares a conflict.
    async fn declare_conflict(&self, actor: &Actor, command: DeclareConflict) -> Result<()>;
    /// The viewer's order of a round.
    async fn order(&self, actor: &Actor, round: RoundId) -> Result<OrderView>;
    /// Saves or submits the order.
    async fn put_order(&self, actor: &Actor, command: PutOrder) -> Result<OrderView>;
    /// The round desk.
    async fn round_desk(&self, actor: &Actor, round: RoundId) -> Result<RoundDeskView>;
    /// Opens a round.
    async fn open_round(&self, actor: &Actor, command: OpenRound) -> Result<()>;
    /// Opens a deliberation.
    async fn open_deliberation(&self, actor: &Actor, command: OpenDeliberation) -> Result<()>;
    /// Closes a deliberation.
    async fn conclude_deliberation(&self, actor: &Actor, command: ConcludeDeliberation) -> Result<()>;
    /// Settles a tie.
    async fn decide_tie(&self, actor: &Actor, command: DecideTie) -> Result<()>;
    /// Locks the round.
    async fn lock_round(&self, actor: &Actor, command: LockRound) -> Result<()>;
    /// The live board.
    async fn board(&self, actor: &Actor, slug: String) -> Result<BoardView>;
}
