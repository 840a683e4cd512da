//! A judge's seat on a jury.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub round_id: Uuid,
    pub person_id: Uuid,
    /// From 1.
    pub number: i64,
    pub chair: bool,
    /// As shown on boards, e.g. "GK 3".
    #[sea_orm(column_type = "Text")]
    pub label: String,
    /// When the marking principles were confirmed.
    pub principles_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
