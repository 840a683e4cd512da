//! What a record can disagree about.

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, UserId};
use crate::judging::{LockProblem, ScoreProblem};
use crate::ledger::{Break, Hash32};
use crate::points::Points;

/// The first thing in which a record differs from what the rules compute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "mismatch", rename_all = "snake_case")]
pub enum Mismatch {
    #[error("the record is of format {found:?}")]
    Format { found: String },
    /// A hash that is no hash.
    #[error("event {seq} cannot be hashed")]
    Unreadable { seq: i64 },
    #[error(transparent)]
    Chain {
        #[from]
        broken: Break,
    },
    #[error("the chain ends with {expected}, the record says {found}")]
    Head { expected: Hash32, found: String },
    #[error("event {seq}: {what}")]
    Event { seq: i64, what: Box<Difference> },
    #[error("published prizes: {what}")]
    Published { what: Box<Difference> },
}

/// What an event, or the published result, should have said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "difference", rename_all = "snake_case")]
pub enum Difference {
    #[error("the contest's code is {expected}, the record says {found}")]
    ContestCode { expected: String, found: String },
    #[error("the entry's code is {expected}, the record says {found}")]
    EntryCode { expected: String, found: String },
    #[error("the round is opened twice")]
    RoundTwice,
    #[error("the round is not open")]
    RoundNotOpen,
    #[error("rubric and policy have the hash {expected}, recorded is {found}")]
    FrozenHash { expected: String, found: String },
    #[error("the round's entries are not those that advanced")]
    RoundEntries,
    #[error("the scorecard of judge {judge} for entry {entry} breaks the rubric")]
    Scores {
        entry: EntryId,
        judge: UserId,
        problems: Vec<ScoreProblem>,
    },
    #[error("the scores add up to {expected}, recorded is {found}")]
    Total { expected: Points, found: Points },
    #[error("the scorecard was handed in before and not reopened")]
    ScorecardTwice { entry: EntryId, judge: UserId },
    #[error("there is no submitted scorecard to reopen")]
    NothingToReopen { entry: EntryId, judge: UserId },
    #[error("the judge has handed in an order before")]
    OrderTwice { judge: UserId },
    #[error("the round could not be locked")]
    NotLockable { problems: Vec<LockProblem> },
    #[error("the ballots cannot be counted: {cause}")]
    NotCountable { cause: String },
    #[error("the round's advance rule is missing")]
    NoAdvanceRule,
    #[error("a tie that decides about advancing or a prize is open")]
    TieUndecided,
    #[error("{list}, place {place}: computed {}, recorded {}", or_nobody(.expected), or_nobody(.found))]
    List {
        list: String,
        place: usize,
        expected: Option<EntryId>,
        found: Option<EntryId>,
    },
    #[error("the tally has the hash {expected}, recorded is {found}")]
    TallyHash { expected: String, found: String },
    #[error("there is no final ranking")]
    NoRanking,
    #[error("no prizes were proposed before")]
    NoProposal,
    #[error("a decision was recorded before")]
    DecidedTwice,
    #[error("entry {entry} has the prize {tier} without having earned it")]
    PrizeNotEarned { entry: EntryId, tier: String },
    #[error("entry {entry} has not the prize {tier} it has earned")]
    PrizeMissing { entry: EntryId, tier: String },
    #[error("a prize is listed twice")]
    PrizeTwice,
}

fn or_nobody(entry: &Option<EntryId>) -> String {
    entry.map_or_else(|| "nobody".to_owned(), |entry| entry.to_string())
}
