//! The list of entries as the desk shows it, all of it at once.

use std::collections::BTreeMap;

use contract::Result;
use contract::entry::DeskFilter;
use contract::register::{ExportRow, ExportView};
use rules::account::{Action, Actor};
use rules::id::{EntryId, UnitId};

use super::marks;
use super::wanted::Wanted;
use crate::actor::in_contest;
use crate::ctx::Ctx;
use crate::entry::case::unit_tree;
use crate::entry::desk::visible;
use crate::entry::line::desk_entries;
use crate::error::Fault;

/// Entries of one table at most.
const ROWS_MAX: u64 = 10_000;
/// Entries loaded at a time, below what both engines bind.
const CHUNK: u64 = 1_000;

/// The rows under the filter, in order of the codes.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, slug: &str, filter: DeskFilter) -> Result<ExportView> {
    let db = ctx.store.read();
    let contest = visible(actor, store::contest::by_slug(db, slug).await.fault()?)?;
    in_contest(actor, Action::ExportEntries, contest.id, contest.phase)?;
    let tree = unit_tree(db).await?;
    let wanted = Wanted::of(ctx, &contest, &tree, filter).await?;
    let units = store::register::units_with_codes(db).await.fault()?;
    let codes: BTreeMap<UnitId, String> = units.into_iter().map(|unit| (unit.id, unit.code)).collect();
    let mut rows = Vec::new();
    let left_out = loop {
        let query = wanted.query(rows.len() as u64, CHUNK);
        let (lines, total) = store::entry::desk_page(db, &query).await.fault()?;
        let ids: Vec<EntryId> = lines.iter().map(|line| line.id).collect();
        let mut marks = marks::of(db, wanted.checklist_version(), &lines).await?;
        let registrations = store::register::registrations(db, &ids).await.fault()?;
        let entries = desk_entries(db, lines, &contest.setup.categories, &tree, |state| state).await?;
        rows.extend(entries.into_iter().map(|line| {
            let registration = registrations.iter().find(|row| row.entry == line.entry);
            ExportRow {
                unit_code: line
                    .unit
                    .and_then(|unit| codes.get(&unit).cloned())
                    .unwrap_or_default(),
                marks: marks.remove(&line.entry).unwrap_or_default(),
                receipt_number: registration.map(|row| row.receipt_number.clone()),
                late_reason: registration.and_then(|row| row.late_reason.clone()),
                line,
            }
        }));
        if ids.is_empty() || rows.len() as u64 >= total.min(ROWS_MAX) {
            break total.saturating_sub(rows.len() as u64);
        }
    };
    Ok(ExportView {
        zone: contest.setup.timetable.zone.clone(),
        contest_code: contest.code,
        contest_name: contest.name,
        rows,
        left_out,
    })
}
