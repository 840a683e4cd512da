//! The ledger's arithmetic: canonical bytes of an event, and the hash chain of a contest.
//!
//! An event's hash is the SHA-256 of one canonical JSON object with the keys `actor`, `at` (microseconds since 1970,
//! UTC), `body`, `contest`, `kind`, `prev`, `seq`: keys sorted by their UTF-8 bytes, no white space, whole numbers
//! only, strings escaped as `serde_json` does. The first event's `prev` is 64 zeros and its `seq` is 1.

mod canonical;
mod hash;

pub use canonical::{NotCanonical, canonical_json};
pub use hash::Hash32;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::id::{ContestId, UserId};
use crate::time::Timestamp;

/// An event before it has a place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsealed {
    pub contest: ContestId,
    /// 1, 2, 3 … within the contest.
    pub seq: i64,
    pub at: Timestamp,
    /// Who did it; `None` for the system itself.
    pub actor: Option<UserId>,
    /// The event's kind, a stable word.
    pub kind: String,
    pub body: Value,
}

/// An event in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    #[serde(flatten)]
    pub event: Unsealed,
    /// Hash of the event before; zeros for the first.
    pub prev_hash: Hash32,
    pub hash: Hash32,
}

impl Unsealed {
    /// The bytes that are hashed.
    ///
    /// # Errors
    /// [`NotCanonical`] where the body holds a number that is not whole.
    pub fn canonical_bytes(&self, prev_hash: Hash32) -> Result<Vec<u8>, NotCanonical> {
        canonical_json(&json!({
            "actor": self.actor,
            "at": self.at.timestamp_micros(),
            "body": self.body,
            "contest": self.contest,
            "kind": self.kind,
            "prev": prev_hash,
            "seq": self.seq,
        }))
    }

    /// Puts the event after the one with `prev_hash`.
    ///
    /// # Errors
    /// [`NotCanonical`], as for [`Unsealed::canonical_bytes`].
    pub fn seal(self, prev_hash: Hash32) -> Result<LedgerRow, NotCanonical> {
        let hash = Hash32::of(&self.canonical_bytes(prev_hash)?);
        Ok(LedgerRow {
            event: self,
            prev_hash,
            hash,
        })
    }
}

/// What is wrong with a chain at a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakKind {
    /// The row's content does not give its hash.
    Content,
    /// The row does not name the hash of the row before it.
    Link,
    /// The row's number does not follow, or it belongs to another contest.
    Order,
}

/// The first row at which a chain breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the chain breaks at event {seq} ({kind:?}): expected {expected}, found {found}")]
pub struct Break {
    pub seq: i64,
    pub kind: BreakKind,
    pub expected: Hash32,
    pub found: Hash32,
}

/// Walks a contest's events from the first and returns the last hash; zeros for none.
///
/// # Errors
/// The first [`Break`].
pub fn verify_chain<'a>(rows: impl IntoIterator<Item = &'a LedgerRow>) -> Result<Hash32, Break> {
    let mut before: Option<&LedgerRow> = None;
    for row in rows {
        let seq = row.event.seq;
        let prev_hash = before.map_or(Hash32::ZERO, |row| row.hash);
        if row.prev_hash != prev_hash {
            return Err(Break {
                seq,
                kind: BreakKind::Link,
                expected: prev_hash,
                found: row.prev_hash,
            });
        }
        // a body that has no canonical form cannot have been sealed: no hash is right for it
        let hash = row
            .event
            .canonical_bytes(prev_hash)
            .map_or(Hash32::ZERO, |bytes| Hash32::of(&bytes));
        if row.hash != hash {
            return Err(Break {
                seq,
                kind: BreakKind::Content,
                expected: hash,
                found: row.hash,
            });
        }
        let follows = before.map_or(seq == 1, |before| {
            before.event.seq.checked_add(1) == Some(seq) && before.event.contest == row.event.contest
        });
        if !follows {
            return Err(Break {
                seq,
                kind: BreakKind::Order,
                expected: prev_hash,
                found: row.prev_hash,
            });
        }
        before = Some(row);
    }
    Ok(before.map_or(Hash32::ZERO, |row| row.hash))
}
