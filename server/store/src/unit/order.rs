//! The list of a unit.

use rules::id::{ContestId, UnitId, UserId, Version};
use rules::time::Timestamp;
use rules::unit::UnitOrder;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::unit_order;
use crate::error::Result;
use crate::value::{from_json, json, micros};

/// A list as saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub contest: ContestId,
    pub unit: UnitId,
    pub order: UnitOrder,
    pub saved_at: Timestamp,
    pub saved_by: UserId,
    pub version: Version,
}

/// The list of one unit; `None` while nobody saved one.
pub async fn order_of(
    db: &impl ConnectionTrait,
    contest: ContestId,
    unit: UnitId,
) -> Result<Option<OrderRow>> {
    unit_order::Entity::find_by_id((contest.uuid(), unit.uuid()))
        .one(db)
        .await?
        .map(read)
        .transpose()
}

/// Every list of a contest.
pub async fn orders_in(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<OrderRow>> {
    let rows = unit_order::Entity::find()
        .filter(unit_order::Column::ContestId.eq(contest.uuid()))
        .order_by_asc(unit_order::Column::UnitId)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Stores a list, new or not. The caller holds the contest's lock and has compared the version.
pub async fn put_order(db: &impl ConnectionTrait, row: &OrderRow) -> Result<()> {
    use unit_order::Column as C;
    let model = unit_order::ActiveModel {
        contest_id: Set(row.contest.uuid()),
        unit_id: Set(row.unit.uuid()),
        entries: Set(json("unit order", &row.order)?),
        saved_at: Set(micros(row.saved_at)),
        saved_by: Set(row.saved_by.uuid()),
        version: Set(row.version.0),
    };
    let replace = OnConflict::columns([C::ContestId, C::UnitId])
        .update_columns([C::Entries, C::SavedAt, C::SavedBy, C::Version])
        .to_owned();
    unit_order::Entity::insert(model)
        .on_conflict(replace)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

fn read(row: unit_order::Model) -> Result<OrderRow> {
    Ok(OrderRow {
        contest: ContestId(row.contest_id),
        unit: UnitId(row.unit_id),
        order: from_json("unit order", row.entries)?,
        saved_at: row.saved_at,
        saved_by: UserId(row.saved_by),
        version: Version(row.version),
    })
}
