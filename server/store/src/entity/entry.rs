//! An entry (bài dự thi).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contest_id: Uuid,
    /// From the first submission; unique in the contest.
    #[sea_orm(column_type = "Text", nullable)]
    pub code: Option<String>,
    /// `rules::entry::EntryState`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub unit_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Folded title.
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub category_code: Option<String>,
    /// `rules::entry::EntryContent`.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: Json,
    /// Of the last submission.
    #[sea_orm(column_type = "Text", nullable)]
    pub content_hash: Option<String>,
    /// 0 = never submitted.
    pub revision: i64,
    pub declaration_version: Option<i64>,
    /// Unique in the contest.
    #[sea_orm(column_type = "Text", nullable)]
    pub blind_code: Option<String>,
    pub forward_rank: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub due_at: Option<DateTimeUtc>,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub submitted_at: Option<DateTimeUtc>,
    pub forwarded_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub prize_code: Option<String>,
    pub fictional: bool,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
