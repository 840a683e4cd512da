//! The forwarding slip: what a unit handed over in one act, kept as it was so that it prints the same for ever.

use serde::{Deserialize, Serialize};

use super::Quota;
use crate::id::EntryId;
use crate::ledger::{Hash32, NotCanonical, canonical_json};
use crate::time::{Timestamp, Zone};

/// One entry on a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipLine {
    /// Place on the unit's list over all its slips, from 1; among the reserves their own place.
    pub rank: u32,
    pub entry: EntryId,
    pub code: String,
    pub title: String,
    pub authors: Vec<String>,
    pub category_name: String,
    /// Files handed in with it.
    pub files: u32,
}

/// A forwarding slip (phiếu gửi bài).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// Number in the contest, from 1.
    pub number: u32,
    /// [`slip_code`] of the number.
    pub code: String,
    /// First, second … slip of the unit.
    pub turn: u32,
    pub contest_code: String,
    pub contest_name: String,
    pub unit_name: String,
    /// Server time of the act.
    pub forwarded_at: Timestamp,
    pub zone: Zone,
    /// The unit's deadline at that time.
    pub deadline: Option<Timestamp>,
    /// Who forwarded.
    pub maker: String,
    pub maker_position: String,
    pub quota: Quota,
    /// Entries the unit had forwarded before.
    pub forwarded_before: u32,
    /// Best first.
    pub lines: Vec<SlipLine>,
    /// Entries the unit keeps in reserve; not forwarded.
    pub reserves: Vec<SlipLine>,
}

impl Slip {
    /// SHA-256 of the slip's canonical JSON; written into the ledger.
    ///
    /// # Errors
    /// [`NotCanonical`], which no slip is.
    pub fn hash(&self) -> Result<Hash32, NotCanonical> {
        let value = serde_json::to_value(self).map_err(|cause| NotCanonical::NotJson {
            cause: cause.to_string(),
        })?;
        Ok(Hash32::of(&canonical_json(&value)?))
    }
}

/// How a slip is cited: `PG-PT-2023-007`.
pub fn slip_code(contest_code: &str, number: u32) -> String {
    format!("PG-{contest_code}-{number:03}")
}
