//! A judge's order of entries, best first, equal entries side by side. Drag, up/down and typing a number all end in
//! these operations.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Entries in order; entries of one tier are equal. Never holds an empty tier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderList<E> {
    pub tiers: Vec<Vec<E>>,
}

/// What is wrong with an order ballot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum OrderProblem<E> {
    #[error("an entry stands twice")]
    Twice { entry: E },
    #[error("an entry is missing")]
    Missing { entry: E },
    #[error("an entry that is not to be ordered")]
    Unknown { entry: E },
    #[error("an empty tier")]
    EmptyTier,
}

impl<E: Clone + Eq> OrderList<E> {
    /// An order without equals.
    pub fn strict(entries: impl IntoIterator<Item = E>) -> Self {
        Self {
            tiers: entries.into_iter().map(|entry| vec![entry]).collect(),
        }
    }

    /// Every entry from best to last.
    pub fn entries(&self) -> impl Iterator<Item = &E> {
        self.tiers.iter().flatten()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.tiers.iter().map(Vec::len).sum()
    }

    /// Whether nothing is ordered yet.
    pub fn is_empty(&self) -> bool {
        self.tiers.iter().all(Vec::is_empty)
    }

    /// The place of an entry: 1 for the best; equals share the best of their places.
    pub fn place(&self, entry: &E) -> Option<usize> {
        let tier = self.tier_of(entry)?;
        Some(self.tiers[..tier].iter().map(Vec::len).sum::<usize>() + 1)
    }

    /// Moves the entry at index `from` of the list to index `to` (both from 0, as dragged). It stands alone there; a
    /// tier of equals is never split by what is dropped on it. Indexes past the end are taken as the end.
    #[must_use]
    pub fn move_item(&self, from: usize, to: usize) -> Self {
        let Some(entry) = self.entries().nth(from).cloned() else {
            return self.clone();
        };
        let mut tiers = self.without(&entry);
        let mut before = 0;
        let mut at = tiers.len();
        for (index, tier) in tiers.iter().enumerate() {
            // moving down lands below a tier that reaches across `to`, moving up lands above it
            let passed = if to > from {
                before >= to
            } else {
                before + tier.len() > to
            };
            if passed {
                at = index;
                break;
            }
            before += tier.len();
        }
        tiers.insert(at, vec![entry]);
        Self { tiers }
    }

    /// Gives an entry place `place` (from 1), as typed. Unknown entries change nothing.
    #[must_use]
    pub fn set_position(&self, entry: &E, place: usize) -> Self {
        match self.entries().position(|known| known == entry) {
            Some(from) => self.move_item(from, place.max(1) - 1),
            None => self.clone(),
        }
    }

    /// One place up: out of a tier of equals, or above the tier above.
    #[must_use]
    pub fn move_up(&self, entry: &E) -> Self {
        self.step(
            entry,
            |tier, alone| if alone { tier.checked_sub(1) } else { Some(tier) },
        )
    }

    /// One place down: out of a tier of equals, or below the tier below.
    #[must_use]
    pub fn move_down(&self, entry: &E) -> Self {
        let last = self.tiers.len().saturating_sub(1);
        self.step(entry, |tier, alone| {
            if alone {
                (tier < last).then_some(tier + 1)
            } else {
                Some(tier + 1)
            }
        })
    }

    /// Makes an entry equal to those just above it. The first tier stays as it is.
    #[must_use]
    pub fn tie_with_above(&self, entry: &E) -> Self {
        match self.tier_of(entry) {
            None | Some(0) => self.clone(),
            Some(tier) => {
                let mut tiers = self.tiers.clone();
                tiers[tier].retain(|known| known != entry);
                tiers[tier - 1].push(entry.clone());
                tiers.retain(|tier| !tier.is_empty());
                Self { tiers }
            }
        }
    }

    fn tier_of(&self, entry: &E) -> Option<usize> {
        self.tiers.iter().position(|tier| tier.contains(entry))
    }

    fn without(&self, entry: &E) -> Vec<Vec<E>> {
        let mut tiers = self.tiers.clone();
        for tier in &mut tiers {
            tier.retain(|known| known != entry);
        }
        tiers.retain(|tier| !tier.is_empty());
        tiers
    }

    /// Takes the entry out and puts it in as a tier of its own at the index `target` names.
    fn step(&self, entry: &E, target: impl Fn(usize, bool) -> Option<usize>) -> Self {
        let Some(tier) = self.tier_of(entry) else {
            return self.clone();
        };
        let Some(target) = target(tier, self.tiers[tier].len() == 1) else {
            return self.clone();
        };
        let mut tiers = self.without(entry);
        tiers.insert(target.min(tiers.len()), vec![entry.clone()]);
        Self { tiers }
    }
}

/// Checks a ballot against the entries its judge has to order (all of the round but those recused from).
pub fn check_order<E: Clone + Ord>(ballot: &OrderList<E>, expected: &BTreeSet<E>) -> Vec<OrderProblem<E>> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in ballot.entries() {
        if !seen.insert(entry) {
            problems.push(OrderProblem::Twice { entry: entry.clone() });
        } else if !expected.contains(entry) {
            problems.push(OrderProblem::Unknown { entry: entry.clone() });
        }
    }
    if ballot.tiers.iter().any(Vec::is_empty) {
        problems.push(OrderProblem::EmptyTier);
    }
    let missing = expected.iter().filter(|entry| !seen.contains(entry));
    problems.extend(missing.map(|entry| OrderProblem::Missing { entry: entry.clone() }));
    problems
}
