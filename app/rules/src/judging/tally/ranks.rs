//! Ranks with the middle shared by equals, and their scale where a judge left entries out.

use std::collections::BTreeMap;

use super::OrderBallot;
use crate::points::{Fraction, Points};

/// Ranks of each entry over the order ballots.
///
/// A recused judge orders fewer entries. A place among `m` of `n` entries counts as place × (n + 1) / (m + 1), what it
/// would be on average with the missing entries put in at random; a full ballot is unchanged.
/// `None` past the range of exact arithmetic.
pub(super) fn order_ranks<E: Clone + Ord, J>(
    ballots: &[OrderBallot<E, J>],
    entries: usize,
) -> Option<BTreeMap<E, Vec<Fraction>>> {
    let mut ranks = BTreeMap::new();
    for ballot in ballots {
        add_ranks(&ballot.order.tiers, entries, &mut ranks)?;
    }
    Some(ranks)
}

/// Ranks of each entry over the judges' totals, higher totals first.
pub(super) fn scorecard_ranks<E: Clone + Ord, J>(
    totals: BTreeMap<J, Vec<(E, Points)>>,
    entries: usize,
) -> Option<BTreeMap<E, Vec<Fraction>>> {
    let mut ranks = BTreeMap::new();
    for totals in totals.into_values() {
        let mut tiers: BTreeMap<Points, Vec<E>> = BTreeMap::new();
        for (entry, total) in totals {
            tiers.entry(total).or_default().push(entry);
        }
        let tiers: Vec<Vec<E>> = tiers.into_values().rev().collect();
        add_ranks(&tiers, entries, &mut ranks)?;
    }
    Some(ranks)
}

/// Mean places of the `group` over the ballots that order all of it, each ballot cut down to the group, and the number
/// of those ballots. `None` without such a ballot or past the range.
pub(super) fn places_within<E: Clone + Ord, J>(
    ballots: &[OrderBallot<E, J>],
    group: &[E],
) -> Option<(BTreeMap<E, Fraction>, u32)> {
    let mut ranks: BTreeMap<E, Vec<Fraction>> = BTreeMap::new();
    let mut used = 0;
    for ballot in ballots {
        let within = |tier: &Vec<E>| -> Vec<E> {
            tier.iter()
                .filter(|entry| group.contains(entry))
                .cloned()
                .collect()
        };
        let tiers: Vec<Vec<E>> = ballot
            .order
            .tiers
            .iter()
            .map(within)
            .filter(|tier| !tier.is_empty())
            .collect();
        if tiers.iter().map(Vec::len).sum::<usize>() == group.len() {
            add_ranks(&tiers, group.len(), &mut ranks)?;
            used += 1;
        }
    }
    let means = ranks
        .into_iter()
        .map(|(entry, ranks)| Some((entry, Fraction::mean_of(&ranks)?)));
    let means: BTreeMap<E, Fraction> = means.collect::<Option<_>>()?;
    (used > 0).then_some((means, used))
}

fn add_ranks<E: Clone + Ord>(
    tiers: &[Vec<E>],
    entries: usize,
    ranks: &mut BTreeMap<E, Vec<Fraction>>,
) -> Option<()> {
    let ordered = i128::try_from(tiers.iter().map(Vec::len).sum::<usize>()).ok()?;
    let entries = i128::try_from(entries).ok()?;
    let mut first = 1;
    for tier in tiers {
        let size = i128::try_from(tier.len()).ok()?;
        // places first … first+size-1 share their middle
        let doubled = 2 * first + size - 1;
        let rank = Fraction::new(doubled * (entries + 1), 2 * (ordered + 1)).ok()?;
        for entry in tier {
            ranks.entry(entry.clone()).or_default().push(rank);
        }
        first += size;
    }
    Some(())
}
