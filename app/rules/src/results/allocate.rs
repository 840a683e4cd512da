//! Prizes go down the final ranking, tier by tier. A tier may stay unfilled; a tie at its edge is never cut silently.

use serde::{Deserialize, Serialize};

use super::prize::PrizeTier;
use crate::judging::{ScoringPolicy, Tally, TallyRow, TieBreak};
use crate::points::Points;

/// A prize proposed for an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award<E> {
    pub entry: E,
    /// Code of the tier.
    pub tier: String,
    /// The rounded average the floor was compared with.
    pub average: Option<Points>,
    /// The tier was declared shared and more entries hold it than it has prizes.
    pub shared: bool,
}

/// Why prizes stay unawarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum UnfilledReason {
    /// The next entry is under the floor.
    BelowFloor { floor: Points, best: Points },
    /// No ranked entry is left.
    NoEntryLeft,
}

/// Prizes of a tier that are not awarded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfilled {
    pub tier: String,
    pub left: u32,
    pub why: UnfilledReason,
}

/// Equal entries for fewer prizes: the chair decides, or the organiser declares the tier shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrizeTie<E> {
    pub tier: String,
    /// Prizes of the tier still to give.
    pub left: u32,
    pub entries: Vec<E>,
}

/// The proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation<E> {
    /// Best first.
    pub awards: Vec<Award<E>>,
    pub unfilled: Vec<Unfilled>,
    /// Where set, the allocation stops there: lower tiers depend on the answer.
    pub tie: Option<PrizeTie<E>>,
}

/// Proposes prizes from a final ranking.
///
/// The floor (`prize_floor`, or the tier's own) is compared with the *rounded* average, the figure of the signed
/// table; where a round has no points no floor applies. `shared` names tiers whose edge ties are shared: all equal
/// entries receive the tier.
pub fn allocate<E: Clone + Ord>(
    tally: &Tally<E>,
    tiers: &[PrizeTier],
    prize_floor: Option<Points>,
    shared: &[String],
) -> Allocation<E> {
    let ranked: Vec<&TallyRow<E>> = tally.ranked().collect();
    let mut rest = ranked.as_slice();
    let mut allocation = Allocation {
        awards: Vec::new(),
        unfilled: Vec::new(),
        tie: None,
    };
    for tier in tiers {
        let floor = tier.floor.or(prize_floor);
        let mut left = tier.count as usize;
        while left > 0 {
            let equal = rest.iter().take_while(|row| row.rank == rest[0].rank).count();
            let (group, others) = rest.split_at(equal);
            if let Some(why) = refusal(group, floor) {
                let left = left as u32;
                allocation.unfilled.push(Unfilled {
                    tier: tier.code.clone(),
                    left,
                    why,
                });
                break;
            }
            let share = group.len() > left;
            if share && !shared.contains(&tier.code) {
                let entries = group.iter().map(|row| row.entry.clone()).collect();
                allocation.tie = Some(PrizeTie {
                    tier: tier.code.clone(),
                    left: left as u32,
                    entries,
                });
                return allocation;
            }
            allocation.awards.extend(group.iter().map(|row| Award {
                entry: row.entry.clone(),
                tier: tier.code.clone(),
                average: row.rounded,
                shared: share,
            }));
            left = left.saturating_sub(group.len());
            rest = others;
        }
    }
    allocation
}

/// Codes of the tiers that equals at their edge share: all of them where the tie ladder has no decision of the chair, or
/// where `somebody_left` after the lock – the chair decided between the entries there were, and nobody may be left
/// without a prize because another withdrew.
pub fn shared_tiers(policy: &ScoringPolicy, tiers: &[PrizeTier], somebody_left: bool) -> Vec<String> {
    let chair = policy.tie_break.contains(&TieBreak::ChairDecision);
    if chair && !somebody_left {
        Vec::new()
    } else {
        tiers.iter().map(|tier| tier.code.clone()).collect()
    }
}

/// Why the next entries do not get a prize; equal entries have one figure, so the first speaks for all.
fn refusal<E>(group: &[&TallyRow<E>], floor: Option<Points>) -> Option<UnfilledReason> {
    let Some(first) = group.first() else {
        return Some(UnfilledReason::NoEntryLeft);
    };
    let (floor, best) = floor.zip(first.rounded)?;
    (best < floor).then_some(UnfilledReason::BelowFloor { floor, best })
}
