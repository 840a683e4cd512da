//! The remembered outcome of an idempotent write.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "command")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Uuid,
    pub person_id: Option<Uuid>,
    pub at: DateTimeUtc,
    /// Hash of the command, hex: a key answers for one command only.
    pub fingerprint: String,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
