//! The organiser's check of an entry.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    pub contest_id: Uuid,
    /// Submission that was checked.
    pub revision: i64,
    pub checklist_version: i64,
    /// `BTreeMap<String, ItemAnswer>`.
    #[sea_orm(column_type = "JsonBinary")]
    pub answers: Json,
    /// `rules::register::CheckStanding`, when saved.
    #[sea_orm(column_type = "Text")]
    pub standing: String,
    pub checked_by: Uuid,
    pub checked_at: DateTimeUtc,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
