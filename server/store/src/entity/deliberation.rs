//! A recorded discussion of a score deviation (hội ý).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliberation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub round_id: Uuid,
    pub entry_id: Uuid,
    /// `open` or `closed`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Hundredths of a point.
    pub spread: i64,
    pub rescored: Option<bool>,
    #[sea_orm(column_type = "Text", nullable)]
    pub explanation: Option<String>,
    /// Person ids.
    #[sea_orm(column_type = "JsonBinary")]
    pub reopened: Json,
    pub opened_at: DateTimeUtc,
    pub closed_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
