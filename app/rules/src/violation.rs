//! Why a rule says no, one variant a reason, with what the sentence needs. The UI translates; nothing here is prose.

use serde::{Deserialize, Serialize};

use crate::account::PasswordProblem;
use crate::contest::{ContestPhase, Exclusion, MilestoneCode, PhaseError, SetupGap};
use crate::entry::{EntryGap, EntryState, EntryStep, InvitationProblem, StateError};
use crate::event::EntryLabel;
use crate::judging::{RoundState, ScoreProblem};
use crate::time::{Timestamp, Zone};

/// A refusal by a rule of the contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "violation", rename_all = "snake_case")]
pub enum Violation {
    /// Server time `now` is past `deadline`; both are shown in `zone`.
    #[error("past the deadline of {milestone:?}")]
    DeadlinePassed {
        milestone: MilestoneCode,
        deadline: Timestamp,
        zone: Zone,
        now: Timestamp,
    },
    /// Something that must wait for the deadline.
    #[error("before the deadline of {milestone:?}")]
    BeforeDeadline {
        milestone: MilestoneCode,
        deadline: Timestamp,
        zone: Zone,
    },
    #[error("the contest cannot go from {from:?} to {to:?}")]
    Phase { from: ContestPhase, to: ContestPhase },
    #[error("the set-up is incomplete")]
    SetupIncomplete { gaps: Vec<SetupGap> },
    #[error("the entry is incomplete")]
    EntryIncomplete { gaps: Vec<EntryGap> },
    #[error("{step:?} is not possible from {from:?}")]
    EntryStep { from: EntryState, step: EntryStep },
    /// A-07, in both directions.
    #[error("excluded")]
    Excluded { exclusion: Exclusion },
    /// Somebody appointed is an author of a submitted entry.
    #[error("an author cannot be appointed")]
    AuthorCannotJudge { full_name: String, entry_code: String },
    #[error("already appointed")]
    AlreadyAppointed { full_name: String },
    #[error("forwarding more than the unit's quota of {max}")]
    OverQuota { max: u32 },
    /// Entries still waiting for a decision of the organiser.
    #[error("{count} entries are not checked yet")]
    EntriesUnchecked { count: u32 },
    #[error("only {count} entries accepted")]
    TooFewEntries { count: u32 },
    #[error("blind codes are not assigned")]
    BlindCodesMissing,
    #[error("blind codes are assigned already")]
    BlindCodesAssigned,
    #[error("the earlier round is not locked")]
    EarlierRoundOpen,
    #[error("the round is {state:?}")]
    RoundState { state: RoundState },
    #[error("the scorecard has problems")]
    Scorecard { problems: Vec<ScoreProblem> },
    #[error("the scorecard was submitted")]
    ScorecardSubmitted,
    #[error("the judge is recused from this entry")]
    Recused,
    #[error("the principles are not confirmed")]
    PrinciplesNotConfirmed,
    #[error("the order must hold every entry of the round exactly once")]
    OrderIncomplete { missing: u32 },
    #[error("{missing} ballots are missing")]
    BallotsMissing { missing: u32 },
    #[error("{missing} order ballots are missing")]
    OrdersMissing { missing: u32 },
    #[error("deliberations are open")]
    DeliberationOpen { entries: Vec<EntryLabel> },
    #[error("a deviation was not deliberated")]
    DeviationUndecided { entries: Vec<EntryLabel> },
    #[error("a tie is undecided")]
    TieUndecided { entries: Vec<EntryLabel> },
    #[error("the decision does not settle the open tie")]
    TieDecisionWrong,
    #[error("entries without quorum")]
    QuorumNotMet { entries: Vec<EntryLabel> },
    #[error("no open deliberation")]
    NoDeliberation,
    /// A reason or explanation is compulsory and was empty.
    #[error("a reason is required")]
    ReasonRequired,
    #[error("a tie at a prize's edge is undecided")]
    PrizeTieUndecided { entries: Vec<String> },
    #[error("the prizes were not proposed yet")]
    PrizesMissing,
    #[error("the password does not do")]
    Password { problem: PasswordProblem },
    /// Bytes allowed.
    #[error("larger than {limit} bytes")]
    FileTooLarge { limit: u64 },
    #[error("empty file")]
    FileEmpty,
    /// The content is of a type that is not allowed, or not of the type its name promises.
    #[error("file type not allowed")]
    FileType { found: String },
    #[error("too many files")]
    TooManyFiles { max: u32 },
    #[error("nothing was chosen")]
    NothingChosen,
    /// Drafts one person may keep in one contest.
    #[error("more than {max} drafts")]
    TooManyDrafts { max: u32 },
    /// An invitation to be a co-author is not sent, taken back or answered.
    #[error("invitation: {problem}")]
    Invitation { problem: InvitationProblem },
}

impl From<PhaseError> for Violation {
    fn from(error: PhaseError) -> Self {
        Violation::Phase {
            from: error.from,
            to: error.to,
        }
    }
}

impl From<InvitationProblem> for Violation {
    fn from(problem: InvitationProblem) -> Self {
        Violation::Invitation { problem }
    }
}

impl From<StateError> for Violation {
    fn from(error: StateError) -> Self {
        Violation::EntryStep {
            from: error.from,
            step: error.step,
        }
    }
}
