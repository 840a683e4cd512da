//! An entry in a round.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "round_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub round_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    /// Blind code or entry code.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    /// `advanced`, `eliminated` or `ranked`, once locked.
    #[sea_orm(column_type = "Text", nullable)]
    pub outcome: Option<String>,
    /// Order in queues.
    pub position: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
