//! How many entries a unit forwards: at least, at most.

use serde::{Deserialize, Serialize};

use crate::Violation;

/// The quota of every unit of a contest; 0 stands for "no such limit".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    pub min: u32,
    pub max: u32,
}

/// How a number of entries stands to the quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaStanding {
    /// The contest asks for no number.
    Free,
    /// A warning: so many are missing.
    Below { missing: u32 },
    /// Enough, and more may follow.
    Met,
    /// Enough, and no more may follow.
    Full,
    /// A refusal: so many are too many.
    Over { by: u32 },
}

impl Quota {
    /// How `count` entries stand.
    pub fn standing(self, count: u32) -> QuotaStanding {
        if self.max != 0 && count > self.max {
            QuotaStanding::Over { by: count - self.max }
        } else if count < self.min {
            QuotaStanding::Below {
                missing: self.min - count,
            }
        } else if self.max != 0 && count == self.max {
            QuotaStanding::Full
        } else if self.min == 0 && self.max == 0 {
            QuotaStanding::Free
        } else {
            QuotaStanding::Met
        }
    }

    /// How many more may be forwarded after `forwarded`; `None` for any number.
    pub fn room(self, forwarded: u32) -> Option<u32> {
        (self.max != 0).then(|| self.max.saturating_sub(forwarded))
    }

    /// Whether `more` may be forwarded after `forwarded`; over all slips of the unit.
    ///
    /// # Errors
    /// [`Violation::OverQuota`].
    pub fn admits(self, forwarded: u32, more: u32) -> Result<(), Violation> {
        match self.standing(forwarded.saturating_add(more)) {
            QuotaStanding::Over { .. } => Err(Violation::OverQuota { max: self.max }),
            _ => Ok(()),
        }
    }
}
