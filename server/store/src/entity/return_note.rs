//! A comment of a return beside one field.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "return_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i64,
    /// From 1, in the order of the wizard.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    /// `rules::entry::EntryField`.
    #[sea_orm(column_type = "JsonBinary")]
    pub field: Json,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// When an author ticked it off.
    pub mended_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
