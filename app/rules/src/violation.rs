//! Why a rule says no, one variant a reason, with what the sentence needs. The UI translates; nothing here is prose.

use serde::{Deserialize, Serialize};

use crate::account::PasswordProblem;
use crate::contest::{ContestPhase, Exclusion, MilestoneCode, PhaseError, SetupGap};
use crate::entry::{
    AttachmentKind, EntryGap, EntryState, EntryStep, FormRefusal, InvitationProblem, StateError,
};
use crate::event::EntryLabel;
use crate::judging::{RoundState, ScoreProblem};
use crate::time::{Timestamp, Zone};

/// A refusal by a rule of the contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "violation", rename_all = "snake_case")]
pub enum Violation {
    /// Server time `now` is past `deadline` and, where the contest has one, past the grace; all are shown in `zone`.
    #[error("past the deadline of {milestone:?}")]
    DeadlinePassed {
        milestone: MilestoneCode,
        deadline: Timestamp,
        #[serde(default)]
        grace_until: Option<Timestamp>,
        zone: Zone,
        now: Timestamp,
    },
    /// A file that begins to come in after `deadline`, or one begun in time that would end after the grace.
    #[error("uploads have ended")]
    UploadsEnded {
        deadline: Timestamp,
        grace_until: Option<Timestamp>,
        zone: Zone,
        now: Timestamp,
    },
    /// An extension that would give no more time than there is.
    #[error("the extension does not reach past {until}")]
    ExtensionTooShort { until: Timestamp, zone: Zone },
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
    /// Authors are filling the form in: what may not change any more.
    #[error("the form is in use")]
    FormInUse { refusals: Vec<FormRefusal> },
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
    /// Asked to be completed after the units' deadline, when nobody could forward it.
    #[error("due after the units' deadline")]
    DueTooLate { deadline: Timestamp, zone: Zone },
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
    #[error("the contest takes no files of this kind")]
    FileKind { kind: AttachmentKind },
    /// An archive that would unpack to far more than it looks.
    #[error("unpacks to far more than it holds")]
    FileBomb,
    /// The server has other bytes than the client thinks: `expected` of them.
    #[error("the upload goes on at byte {expected}")]
    UploadOffset { expected: u64 },
    /// More bytes than were declared.
    #[error("more than the declared {size} bytes")]
    UploadOverrun { size: u64 },
    #[error("the piece does not have its checksum")]
    UploadChecksum,
    /// The virus scanner has not looked at it yet.
    #[error("the file is being scanned")]
    FileHeld,
    /// An entry that came on paper, none of whose authors has an account: nobody could complete it.
    #[error("none of the authors can complete the entry")]
    NobodyToComplete,
    #[error("the upload has expired")]
    UploadExpired,
    /// Another request writes to the same upload.
    #[error("the upload is being written to")]
    UploadBusy,
    /// A-10, when eligibility is decided.
    #[error("the category's medium is missing")]
    MediumMissing,
    #[error("too many files")]
    TooManyFiles { max: u32 },
    #[error("nothing was chosen")]
    NothingChosen,
    /// Labels of the checklist's items that are not answered, and of those answered no.
    #[error("the checklist is incomplete")]
    ChecklistIncomplete { open: Vec<String>, failing: Vec<String> },
    /// Registering an entry received after the deadline needs a reason.
    #[error("received after the deadline, no reason given")]
    LateWithoutReason { deadline: Timestamp, zone: Zone },
    /// Rows of a table to import that have errors.
    #[error("{rows} rows have errors")]
    ImportRows { rows: u32 },
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
