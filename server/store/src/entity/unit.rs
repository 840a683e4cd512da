//! An organisational unit of the chart (cơ quan, đơn vị), with its validity dates.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short unique code.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    pub parent_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub short_name: String,
    /// Level or sort of unit, as data.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Symbol used in document numbers.
    #[sea_orm(column_type = "Text")]
    pub doc_symbol: String,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    /// Where the unit is known from.
    #[sea_orm(column_type = "Text")]
    pub provenance: String,
    /// Folded name, `rules::text::fold`.
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    /// Order among the units of one parent.
    pub position: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
