//! A file on its way, in pieces; the bytes lie in the data folder.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub entry_id: Uuid,
    /// Of the command that adds the file; unique.
    pub key: Uuid,
    /// `rules::entry::AttachmentKind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// As the client wrote it.
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    /// Declared length in bytes.
    pub size: i64,
    /// Bytes on disk and synced.
    pub received: i64,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    /// The finished file.
    pub attachment_id: Option<Uuid>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
