//! What the desk shows beside entries, for all of them at once.

use std::collections::BTreeMap;

use contract::Result;
use contract::register::DeskMarks;
use rules::id::{EntryId, Version};
use store::Conn;
use store::entry::EntryLine;

use super::check::current_standing;
use crate::error::Fault;

/// Marks of these lines.
pub(crate) async fn of(
    db: &impl Conn,
    checklist: Version,
    lines: &[EntryLine],
) -> Result<BTreeMap<EntryId, DeskMarks>> {
    let ids: Vec<EntryId> = lines.iter().map(|line| line.id).collect();
    let checks = store::register::checks_of(db, &ids).await.fault()?;
    let registrations = store::register::registrations(db, &ids).await.fault()?;
    let marks = lines.iter().map(|line| {
        let check = checks
            .iter()
            .find(|check| check.entry == line.id)
            .and_then(|check| current_standing(check, line.revision, checklist));
        let registration = registrations.iter().find(|row| row.entry == line.id);
        (
            line.id,
            DeskMarks {
                check,
                after_deadline: registration.is_some_and(|row| row.late_reason.is_some()),
                channel: registration.map(|row| row.channel),
            },
        )
    });
    Ok(marks.collect())
}
