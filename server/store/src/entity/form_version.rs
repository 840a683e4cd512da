//! An entry form that another version has replaced.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "form_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contest_id: Uuid,
    /// Unique in the contest.
    pub version: i64,
    /// `Vec<rules::entry::FormField>`.
    #[sea_orm(column_type = "JsonBinary")]
    pub fields: Json,
    pub replaced_at: DateTimeUtc,
    pub replaced_by: Uuid,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
