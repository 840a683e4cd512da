//! More time given to one entry, or to one unit for forwarding.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deadline_extension")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contest_id: Uuid,
    /// Exactly one of entry and unit is set.
    pub entry_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub until: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub given_by: Uuid,
    pub given_at: DateTimeUtc,
    /// When it was taken back or another took its place.
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
