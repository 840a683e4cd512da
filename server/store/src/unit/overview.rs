//! How the entries of every unit stand, counted in the database.

use rules::entry::EntryState;
use rules::id::{ContestId, EntryId, UnitId};
use rules::time::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::entity::entry;
use crate::error::Result;
use crate::value::{from_word, word};

/// Entries of one unit in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitCount {
    pub unit: UnitId,
    pub state: EntryState,
    pub count: u32,
    /// When one of them last changed.
    pub changed_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    unit_id: Uuid,
    state: String,
    entries: i64,
    changed_at: Timestamp,
}

/// Entries of a contest by unit and state; those of authors outside the organisation chart have no unit.
pub async fn unit_counts(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<UnitCount>> {
    let rows = entry::Entity::find()
        .select_only()
        .columns([entry::Column::UnitId, entry::Column::State])
        .column_as(entry::Column::Id.count(), "entries")
        .column_as(entry::Column::UpdatedAt.max(), "changed_at")
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::UnitId.is_not_null())
        .group_by(entry::Column::UnitId)
        .group_by(entry::Column::State)
        .into_model::<Row>()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(UnitCount {
                unit: UnitId(row.unit_id),
                state: from_word("entry state", &row.state)?,
                count: u32::try_from(row.entries).unwrap_or(u32::MAX),
                changed_at: row.changed_at,
            })
        })
        .collect()
}

/// Entries of a contest in one of these states, by id: what lists of units may name.
pub async fn entries_in(
    db: &impl ConnectionTrait,
    contest: ContestId,
    states: &[EntryState],
) -> Result<Vec<EntryId>> {
    let ids = entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::State.is_in(states.iter().map(word)))
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(EntryId).collect())
}
