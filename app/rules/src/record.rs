//! The contest record: one file from which anyone entitled can recompute the published result.

mod replay;

pub use replay::{Difference, Mismatch, Replayed, ReplayedRound, replay};

use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::id::{ContestId, EntryId, UserId};
use crate::results::PrizeTier;
use crate::time::Timestamp;

/// Format name written into every record.
pub const FORMAT: &str = "contest-record/1";

/// One line of the ledger, as stored and hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    pub seq: i64,
    pub at: Timestamp,
    pub actor: Option<UserId>,
    pub event: Event,
    /// Lower-case hex SHA-256 of the line before; 64 zeros for the first.
    pub prev_hash: String,
    pub hash: String,
}

/// A prize as published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedAward {
    pub entry: EntryId,
    pub entry_code: String,
    pub title: String,
    pub tier: String,
}

/// The exportable record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestRecord {
    pub format: String,
    pub contest: ContestId,
    pub code: String,
    pub name: String,
    pub prizes: Vec<PrizeTier>,
    /// How entries reach the next round, per round in order.
    pub advance: Vec<Option<crate::judging::AdvanceRule>>,
    pub ledger: Vec<LedgerLine>,
    pub awards: Vec<PublishedAward>,
    /// Hash of the last line.
    pub head: String,
}
