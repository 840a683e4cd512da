//! The tie ladder: each step splits what the steps before left equal.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::ranks::places_within;
use super::{ChairDecision, Explanation, OrderBallot, TallyRow};
use crate::judging::policy::TieBreak;
use crate::judging::rubric::CriterionCode;
use crate::points::Fraction;

/// What the steps look at.
pub(super) struct Ladder<'a, E, J> {
    pub(super) rows: &'a [TallyRow<E>],
    pub(super) orders: &'a [OrderBallot<E, J>],
    pub(super) decisions: &'a [ChairDecision<E>],
}

/// Tiers best first, and what separates each from the next.
pub(super) struct Split<E> {
    pub(super) tiers: Vec<Vec<E>>,
    pub(super) between: Vec<Explanation>,
}

impl<E: Clone + Ord, J> Ladder<'_, E, J> {
    /// Splits a group of equals as far as the steps go. `None` past the range of exact arithmetic.
    pub(super) fn split(&self, mut group: Vec<E>, steps: &[TieBreak]) -> Option<Split<E>> {
        group.sort();
        let (Some((step, rest)), true) = (steps.split_first(), group.len() > 1) else {
            return Some(Split {
                tiers: vec![group],
                between: Vec::new(),
            });
        };
        let mut split = Split {
            tiers: Vec::new(),
            between: Vec::new(),
        };
        for (index, (part, why)) in self.step(&group, step).into_iter().enumerate() {
            // `why` separates a part from the one before it
            if index > 0 {
                split.between.extend(why);
            }
            let finer = self.split(part, rest)?;
            split.tiers.extend(finer.tiers);
            split.between.extend(finer.between);
        }
        Some(split)
    }

    /// One step: parts best first, each with what separates it from the part before.
    fn step(&self, group: &[E], step: &TieBreak) -> Vec<(Vec<E>, Option<Explanation>)> {
        match step {
            TieBreak::Criterion { code } => self.by_criterion(group, code),
            TieBreak::OrderBallots => self.by_orders(group),
            TieBreak::ChairDecision => self.by_chair(group),
        }
    }

    fn by_criterion(&self, group: &[E], code: &CriterionCode) -> Vec<(Vec<E>, Option<Explanation>)> {
        let average = |entry: &E| {
            let row = self.rows.iter().find(|row| row.entry == *entry);
            row.and_then(|row| row.criteria.get(code))
                .copied()
                .unwrap_or(Fraction::ZERO)
        };
        let mut parts: BTreeMap<Reverse<Fraction>, Vec<E>> = BTreeMap::new();
        for entry in group {
            parts
                .entry(Reverse(average(entry)))
                .or_default()
                .push(entry.clone());
        }
        let parts = parts
            .into_iter()
            .map(|(Reverse(average), part)| (average, part))
            .collect();
        explained(parts, |above, below| Explanation::Criterion {
            code: code.clone(),
            above,
            below,
        })
    }

    fn by_orders(&self, group: &[E]) -> Vec<(Vec<E>, Option<Explanation>)> {
        let Some((places, ballots)) = places_within(self.orders, group) else {
            return vec![(group.to_vec(), None)];
        };
        let mut parts: BTreeMap<Fraction, Vec<E>> = BTreeMap::new();
        for (entry, place) in places {
            parts.entry(place).or_default().push(entry);
        }
        let parts = parts.into_iter().collect();
        explained(parts, |above, below| Explanation::OrderBallots {
            above,
            below,
            ballots,
        })
    }

    fn by_chair(&self, group: &[E]) -> Vec<(Vec<E>, Option<Explanation>)> {
        let names_all =
            |decision: &&ChairDecision<E>| group.iter().all(|entry| decision.order.contains(entry));
        let Some(decision) = self.decisions.iter().rev().find(names_all) else {
            return vec![(group.to_vec(), None)];
        };
        let settled = decision.order.iter().filter(|entry| group.contains(entry));
        let why = Explanation::Chair {
            reason: decision.reason.clone(),
        };
        settled
            .map(|entry| (vec![entry.clone()], Some(why.clone())))
            .collect()
    }
}

fn explained<E>(
    parts: Vec<(Fraction, Vec<E>)>,
    why: impl Fn(Fraction, Fraction) -> Explanation,
) -> Vec<(Vec<E>, Option<Explanation>)> {
    let mut before = None;
    let explain = |(figure, part)| {
        let reason = before.map(|above| why(above, figure));
        before = Some(figure);
        (part, reason)
    };
    parts.into_iter().map(explain).collect()
}
