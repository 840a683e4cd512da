//! How an entry came in that a desk registered.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry_registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    pub contest_id: Uuid,
    /// `rules::register::Channel`.
    #[sea_orm(column_type = "Text")]
    pub channel: String,
    pub received_at: DateTimeUtc,
    /// Unique in the contest.
    #[sea_orm(column_type = "Text")]
    pub receipt_number: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub late_reason: Option<String>,
    pub registered_by: Uuid,
    pub registered_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
