//! A person with an account.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Lower case, unique.
    #[sea_orm(column_type = "Text")]
    pub user_name: String,
    /// Lower case, unique; none where not given.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub full_name: String,
    /// `rules::text::name_sort_key`.
    #[sea_orm(column_type = "Text")]
    pub sort_key: String,
    /// Folded full name and user name.
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    /// Job title.
    #[sea_orm(column_type = "Text")]
    pub position: String,
    pub unit_id: Option<Uuid>,
    /// Argon2id string; none for people who cannot sign in.
    #[sea_orm(column_type = "Text", nullable)]
    pub password_hash: Option<String>,
    /// Wrong passwords in a row.
    pub failures: i64,
    pub locked_until: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub version: i64,
    /// `rules::text::Locale` the person is written to in.
    #[sea_orm(column_type = "Text")]
    pub language: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
