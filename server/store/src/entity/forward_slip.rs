//! A forwarding slip (phiếu gửi bài).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "forward_slip")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contest_id: Uuid,
    pub unit_id: Uuid,
    /// In the contest, from 1.
    pub number: i64,
    /// Of the unit, from 1.
    pub turn: i64,
    pub entries: i64,
    pub reserves: i64,
    /// `rules::unit::Slip`.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: Json,
    /// SHA-256 of the content's canonical JSON, lower-case hex.
    #[sea_orm(column_type = "Text")]
    pub hash: String,
    pub forwarded_at: DateTimeUtc,
    pub forwarded_by: Uuid,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
