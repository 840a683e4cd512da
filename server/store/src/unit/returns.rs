//! Returns for completion and their comments.

use rules::entry::EntryField;
use rules::id::{EntryId, UserId};
use rules::time::Timestamp;
use rules::unit::ReturnNote;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::{entry_return, return_note};
use crate::error::Result;
use crate::value::{from_json, json, micros};

/// Returns of one entry read at most, the last ones.
const RETURNS_MAX: u64 = 50;

/// One return of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRow {
    pub entry: EntryId,
    /// The submission that was returned, from 1.
    pub revision: i64,
    pub reason: String,
    pub due_at: Option<Timestamp>,
    pub returned_at: Timestamp,
    pub returned_by: UserId,
}

/// One comment of a return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    pub revision: i64,
    /// From 1.
    pub ordinal: i64,
    pub field: EntryField,
    pub text: String,
    /// When an author ticked it off.
    pub mended_at: Option<Timestamp>,
}

/// Stores a return with its comments.
pub async fn insert_return(db: &impl ConnectionTrait, row: &ReturnRow, notes: &[ReturnNote]) -> Result<()> {
    let model = entry_return::ActiveModel {
        entry_id: Set(row.entry.uuid()),
        revision: Set(row.revision),
        reason: Set(row.reason.clone()),
        due_at: Set(row.due_at.map(micros)),
        returned_at: Set(micros(row.returned_at)),
        returned_by: Set(row.returned_by.uuid()),
    };
    entry_return::Entity::insert(model)
        .exec_without_returning(db)
        .await?;
    let mut rows = Vec::with_capacity(notes.len());
    for (ordinal, note) in (1..).zip(notes) {
        rows.push(return_note::ActiveModel {
            entry_id: Set(row.entry.uuid()),
            revision: Set(row.revision),
            ordinal: Set(ordinal),
            field: Set(json("entry field", &note.field)?),
            note: Set(note.text.clone()),
            mended_at: Set(None),
        });
    }
    if !rows.is_empty() {
        return_note::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The returns of an entry, last first.
pub async fn returns_of(db: &impl ConnectionTrait, entry: EntryId) -> Result<Vec<ReturnRow>> {
    let rows = entry_return::Entity::find()
        .filter(entry_return::Column::EntryId.eq(entry.uuid()))
        .order_by_desc(entry_return::Column::Revision)
        .limit(RETURNS_MAX)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ReturnRow {
            entry: EntryId(row.entry_id),
            revision: row.revision,
            reason: row.reason,
            due_at: row.due_at,
            returned_at: row.returned_at,
            returned_by: UserId(row.returned_by),
        })
        .collect())
}

/// The comments of these returns of an entry, in order.
pub async fn notes_of(db: &impl ConnectionTrait, entry: EntryId, revisions: &[i64]) -> Result<Vec<NoteRow>> {
    let rows = return_note::Entity::find()
        .filter(return_note::Column::EntryId.eq(entry.uuid()))
        .filter(return_note::Column::Revision.is_in(revisions.iter().copied()))
        .order_by_asc(return_note::Column::Revision)
        .order_by_asc(return_note::Column::Ordinal)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(NoteRow {
                revision: row.revision,
                ordinal: row.ordinal,
                field: from_json("entry field", row.field)?,
                text: row.note,
                mended_at: row.mended_at,
            })
        })
        .collect()
}

/// Ticks a comment off, or takes the tick back; false where there is no such comment.
pub async fn mend_note(
    db: &impl ConnectionTrait,
    entry: EntryId,
    revision: i64,
    ordinal: i64,
    mended_at: Option<Timestamp>,
) -> Result<bool> {
    let done = return_note::Entity::update_many()
        .col_expr(return_note::Column::MendedAt, Expr::value(mended_at.map(micros)))
        .filter(return_note::Column::EntryId.eq(entry.uuid()))
        .filter(return_note::Column::Revision.eq(revision))
        .filter(return_note::Column::Ordinal.eq(ordinal))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
