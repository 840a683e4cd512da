//! Prize tiers (S0 A-26): counts, names and order are the contest's own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::points::Points;

/// An award tier: Nhất, Nhì, Ba, Khuyến khích.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrizeTier {
    pub code: String,
    pub name: String,
    /// How many prizes of the tier there are.
    pub count: u32,
    /// Money for each prize, in đồng.
    #[serde(default)]
    pub amount: Option<i64>,
    /// Least rounded average for this tier, instead of the policy's prize floor.
    #[serde(default)]
    pub floor: Option<Points>,
}

/// What is wrong with the list of tiers; `tier` is its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum PrizeProblem {
    #[error("tier {tier} has no code or name")]
    Unnamed { tier: usize },
    #[error("tier {tier} repeats a code")]
    DuplicateCode { tier: usize },
    #[error("tier {tier} has no prize")]
    NoPrize { tier: usize },
    #[error("the amount of tier {tier} is negative")]
    NegativeAmount { tier: usize },
}

impl PrizeTier {
    /// A tier without money and with the policy's floor.
    pub fn new(code: &str, name: &str, count: u32) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            count,
            amount: None,
            floor: None,
        }
    }
}

/// Every problem of the tiers, in order.
pub fn check_prizes(tiers: &[PrizeTier]) -> Vec<PrizeProblem> {
    let mut problems = Vec::new();
    let mut codes = BTreeSet::new();
    for (tier, prize) in tiers.iter().enumerate() {
        if prize.code.trim().is_empty() || prize.name.trim().is_empty() {
            problems.push(PrizeProblem::Unnamed { tier });
        } else if !codes.insert(&prize.code) {
            problems.push(PrizeProblem::DuplicateCode { tier });
        }
        if prize.count == 0 {
            problems.push(PrizeProblem::NoPrize { tier });
        }
        if prize.amount.is_some_and(|amount| amount < 0) {
            problems.push(PrizeProblem::NegativeAmount { tier });
        }
    }
    problems
}
