//! Entries as result lines name them.

use std::collections::BTreeMap;

use contract::Result;
use contract::results::AwardLine;
use rules::id::EntryId;
use rules::points::Points;
use rules::results::PrizeTier;
use store::Conn;
use store::results::{AwardRow, ResultEntry};

use crate::error::Fault;

/// Entries with their authors' names.
pub(super) struct Lines {
    entries: BTreeMap<EntryId, (ResultEntry, Vec<String>)>,
}

impl Lines {
    /// Loads what lines show, three queries however many entries.
    pub(super) async fn load(db: &impl Conn, ids: &[EntryId]) -> Result<Self> {
        let mut names: BTreeMap<EntryId, Vec<String>> = BTreeMap::new();
        for author in store::entry::authors(db, ids).await.fault()? {
            names.entry(author.entry).or_default().push(author.full_name);
        }
        let entries = store::results::result_entries(db, ids).await.fault()?;
        let named = |entry: ResultEntry| {
            (
                entry.entry,
                (entry.clone(), names.remove(&entry.entry).unwrap_or_default()),
            )
        };
        Ok(Self {
            entries: entries.into_iter().map(named).collect(),
        })
    }

    /// An entry and its authors.
    pub(super) fn get(&self, entry: EntryId) -> Option<&(ResultEntry, Vec<String>)> {
        self.entries.get(&entry)
    }

    /// The code people know an entry by.
    pub(super) fn code(&self, entry: &EntryId) -> String {
        self.entries
            .get(entry)
            .map(|(entry, _)| entry.code.clone())
            .unwrap_or_default()
    }

    /// A prize line.
    pub(super) fn award(
        &self,
        award: &AwardRow,
        tiers: &[PrizeTier],
        average: Option<Points>,
    ) -> Option<AwardLine> {
        let (entry, authors) = self.get(award.entry)?;
        let tier = tiers.iter().find(|tier| tier.code == award.tier);
        Some(AwardLine {
            tier: award.tier.clone(),
            tier_name: tier.map_or_else(|| award.tier.clone(), |tier| tier.name.clone()),
            entry_code: entry.code.clone(),
            title: entry.title.clone(),
            authors: authors.clone(),
            unit_name: entry.unit_name.clone(),
            average,
            fictional: entry.fictional,
        })
    }
}
