//! Copies of the medium that come by hand.

use rules::entry::PhysicalCopy;
use rules::id::EntryId;
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::entity::physical_copy as table;
use crate::error::Result;
use crate::value::micros;

/// The copy of an entry's medium; the default where nothing was said of one.
pub async fn copy(db: &impl ConnectionTrait, entry: EntryId) -> Result<PhysicalCopy> {
    let row = table::Entity::find_by_id(entry.uuid()).one(db).await?;
    Ok(row.map(|row| read(&row)).unwrap_or_default())
}

/// Stores what the author says: a copy is on its way, or is not.
pub async fn promise_copy(db: &impl ConnectionTrait, entry: EntryId, promised: bool) -> Result<()> {
    let row = table::ActiveModel {
        entry_id: Set(entry.uuid()),
        promised: Set(promised),
        received_at: Set(None),
    };
    put(db, row, table::Column::Promised).await
}

/// Stores what the organiser says: a copy came at `received_at`, or the mark was wrong.
pub async fn receive_copy(
    db: &impl ConnectionTrait,
    entry: EntryId,
    received_at: Option<Timestamp>,
) -> Result<()> {
    let row = table::ActiveModel {
        entry_id: Set(entry.uuid()),
        promised: Set(false),
        received_at: Set(received_at.map(micros)),
    };
    put(db, row, table::Column::ReceivedAt).await
}

/// Inserts the row, or changes only `column` of the one that is there.
async fn put(db: &impl ConnectionTrait, row: table::ActiveModel, column: table::Column) -> Result<()> {
    let there = OnConflict::column(table::Column::EntryId)
        .update_column(column)
        .to_owned();
    table::Entity::insert(row)
        .on_conflict(there)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

fn read(row: &table::Model) -> PhysicalCopy {
    PhysicalCopy {
        promised: row.promised,
        received_at: row.received_at,
    }
}
