//! A message to one reader.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contest_id: Uuid,
    /// What makes it this message and no second one; unique in the contest.
    #[sea_orm(column_type = "Text")]
    pub once: String,
    /// `rules::message::MessageKind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The reader, where they have an account.
    pub person_id: Option<Uuid>,
    /// The reader's e-mail address, where they have none.
    #[sea_orm(column_type = "Text", nullable)]
    pub address: Option<String>,
    pub entry_id: Option<Uuid>,
    /// `rules::message::MessageBody`.
    #[sea_orm(column_type = "JsonBinary")]
    pub body: Json,
    /// When it happened, on the contest's own clock.
    pub at: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub read_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
