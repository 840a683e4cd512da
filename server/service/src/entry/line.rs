//! Entries as desks list them: lines with authors, units and files, loaded for all lines at once.

use std::collections::BTreeMap;

use contract::Result;
use contract::entry::DeskEntry;
use rules::contest::{Category, Timeliness, UnitTree};
use rules::entry::{AttachmentInfo, EntryState};
use rules::id::EntryId;
use store::Conn;
use store::entry::EntryLine;

use super::units;
use crate::error::Fault;

/// The lines of a desk, in the order given. `state` says what the viewer is shown of a state.
pub(crate) async fn desk_entries(
    db: &impl Conn,
    lines: Vec<EntryLine>,
    categories: &[Category],
    tree: &UnitTree,
    state: impl Fn(EntryState) -> EntryState,
) -> Result<Vec<DeskEntry>> {
    let ids: Vec<EntryId> = lines.iter().map(|line| line.id).collect();
    let mut authors: BTreeMap<EntryId, Vec<String>> = BTreeMap::new();
    for author in store::entry::authors(db, &ids).await.fault()? {
        authors.entry(author.entry).or_default().push(author.full_name);
    }
    let mut files: BTreeMap<EntryId, Vec<AttachmentInfo>> = BTreeMap::new();
    for file in store::entry::handed_in(db, &ids).await.fault()? {
        files.entry(file.entry).or_default().push(file.info);
    }
    let late = store::entry::out_of_time(db, &ids).await.fault()?;
    let late: BTreeMap<EntryId, Timeliness> = late.into_iter().collect();
    let lines = lines.into_iter().map(|line| {
        let category = line.category.unwrap_or_default();
        let named = categories.iter().find(|known| known.code == category);
        DeskEntry {
            entry: line.id,
            code: line.code.unwrap_or_default(),
            title: line.title,
            category_name: named.map(|category| category.name.clone()).unwrap_or_default(),
            category,
            authors: authors.remove(&line.id).unwrap_or_default(),
            unit: line.unit,
            unit_name: units::name(tree, line.unit),
            state: state(line.state),
            version: line.version,
            submitted_at: line.submitted_at.unwrap_or(line.updated_at),
            timeliness: late.get(&line.id).copied().unwrap_or_default(),
            attachments: files.remove(&line.id).unwrap_or_default(),
            forward_rank: line.forward_rank,
            reason: line.reason,
            due_at: line.due_at,
        }
    });
    Ok(lines.collect())
}
