//! A judged round (vòng chấm).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "round")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contest_id: Uuid,
    /// From 0.
    pub ordinal: i64,
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// `rules::judging::RoundState`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Frozen at opening.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub rubric: Option<Json>,
    /// Frozen at opening.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub policy: Option<Json>,
    #[sea_orm(column_type = "Text", nullable)]
    pub frozen_hash: Option<String>,
    /// Once locked.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub tally: Option<Json>,
    #[sea_orm(column_type = "Text", nullable)]
    pub tally_hash: Option<String>,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
