//! The unit's list: what it means to forward, best first, and behind it the reserves.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::EntryId;

/// The list of a unit. Reserves are recorded with the slip and stay at the unit: one is forwarded only by another act of
/// the unit, in time and within its quota, where a place has become free.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitOrder {
    /// To be forwarded, best first.
    pub selected: Vec<EntryId>,
    /// In reserve, first to move up first.
    pub reserves: Vec<EntryId>,
}

impl UnitOrder {
    /// What a list starts from while nobody has made one: the entries as they came in, as many as may still be forwarded
    /// (`room`; `None` for any number), the others in reserve.
    pub fn first(entries: &[EntryId], room: Option<u32>) -> Self {
        let room = room.map_or(entries.len(), |room| room as usize);
        let (selected, reserves) = entries.split_at(room.min(entries.len()));
        Self {
            selected: selected.to_vec(),
            reserves: reserves.to_vec(),
        }
    }

    /// Every entry named, best first.
    pub fn entries(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.selected.iter().chain(&self.reserves).copied()
    }

    /// Whether an entry is named.
    pub fn names(&self, entry: EntryId) -> bool {
        self.entries().any(|named| named == entry)
    }

    /// The place of an entry among the reserves, from 1.
    pub fn reserve_place(&self, entry: EntryId) -> Option<u32> {
        let place = self.reserves.iter().position(|reserve| *reserve == entry)?;
        u32::try_from(place + 1).ok()
    }

    /// The list with each entry once, and only those that can still be forwarded: others have left since it was made.
    #[must_use]
    pub fn among(&self, candidates: &BTreeSet<EntryId>) -> Self {
        let mut seen = BTreeSet::new();
        let mut keep = |entries: &[EntryId]| {
            let kept = entries
                .iter()
                .copied()
                .filter(|entry| candidates.contains(entry) && seen.insert(*entry));
            kept.collect()
        };
        let selected = keep(&self.selected);
        Self {
            selected,
            reserves: keep(&self.reserves),
        }
    }

    /// Candidates the list does not name, in the order given.
    pub fn unplaced(&self, candidates: &[EntryId]) -> Vec<EntryId> {
        let named: BTreeSet<EntryId> = self.entries().collect();
        candidates
            .iter()
            .copied()
            .filter(|entry| !named.contains(entry))
            .collect()
    }

    /// What is left once these entries were forwarded.
    #[must_use]
    pub fn without(&self, forwarded: &BTreeSet<EntryId>) -> Self {
        let keep = |entries: &[EntryId]| {
            let kept = entries.iter().copied().filter(|entry| !forwarded.contains(entry));
            kept.collect()
        };
        Self {
            selected: keep(&self.selected),
            reserves: keep(&self.reserves),
        }
    }
}
