//! What an author is changing in a submitted entry; nobody else sees it before it is submitted.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry_working_copy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    /// `rules::entry::EntryContent`.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: Json,
    pub started_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// Counts on from the entry's own, apart from it: saving here is no change of what was submitted.
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
