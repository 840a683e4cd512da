//! A table read from an uploaded file, to be looked through and imported.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `rules::register::ImportKind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub contest_id: Option<Uuid>,
    /// Who uploaded it.
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    #[sea_orm(column_type = "Text")]
    pub sha256: String,
    /// Rows of cells, the first the headings.
    #[sea_orm(column_type = "JsonBinary")]
    pub sheet: Json,
    pub uploaded_at: DateTimeUtc,
    pub imported_at: Option<DateTimeUtc>,
    /// Ids of what was created.
    #[sea_orm(column_type = "JsonBinary")]
    pub created: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
