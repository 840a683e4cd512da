//! The organisation chart.

use chrono::NaiveDate;
use rules::contest::UnitNode;
use rules::id::UnitId;
use rules::text::fold;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::unit;
use crate::error::Result;

/// A unit to be stored.
#[derive(Clone, Debug)]
pub struct NewUnit {
    pub id: UnitId,
    pub code: String,
    pub parent: Option<UnitId>,
    pub name: String,
    pub short_name: String,
    /// Level or sort of unit, as data.
    pub kind: String,
    /// Symbol in document numbers; may be empty.
    pub doc_symbol: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// Where the unit is known from.
    pub provenance: String,
    /// Order among the units of one parent.
    pub position: i64,
}

/// Stores units; parents before children.
pub async fn insert_units(db: &impl ConnectionTrait, units: Vec<NewUnit>) -> Result<()> {
    let rows = units.into_iter().map(|new| unit::ActiveModel {
        id: Set(new.id.uuid()),
        search_key: Set(fold(&format!("{} {}", new.name, new.short_name))),
        code: Set(new.code),
        parent_id: Set(new.parent.map(UnitId::uuid)),
        name: Set(new.name),
        short_name: Set(new.short_name),
        kind: Set(new.kind),
        doc_symbol: Set(new.doc_symbol),
        valid_from: Set(new.valid_from),
        valid_to: Set(new.valid_to),
        provenance: Set(new.provenance),
        position: Set(new.position),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        unit::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Every unit, ended ones too, siblings in their order.
pub async fn units(db: &impl ConnectionTrait) -> Result<Vec<UnitNode>> {
    let rows = unit::Entity::find()
        .order_by_asc(unit::Column::Position)
        .order_by_asc(unit::Column::Code)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(node).collect())
}

/// The unit with this code.
pub async fn unit_by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<UnitNode>> {
    Ok(unit::Entity::find()
        .filter(unit::Column::Code.eq(code))
        .one(db)
        .await?
        .map(node))
}

fn node(row: unit::Model) -> UnitNode {
    UnitNode {
        id: UnitId(row.id),
        parent: row.parent_id.map(UnitId),
        name: row.name,
        short_name: row.short_name,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
    }
}
