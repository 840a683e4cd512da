//! An invitation to be a co-author of an entry.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub entry_id: Uuid,
    /// The account invited, or linked when the invitation was accepted.
    pub person_id: Option<Uuid>,
    /// Lower case; none where the invitation went to a person of the directory.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub full_name: String,
    /// SHA-256 of the link's secret, lower-case hex; unique. The secret itself is stored nowhere.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// `rules::entry::InvitationState`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub invited_by: Uuid,
    /// Each sending has a secret of its own; the ones before open nothing any more.
    pub sendings: i64,
    pub created_at: DateTimeUtc,
    pub sent_at: DateTimeUtc,
    pub answered_at: Option<DateTimeUtc>,
    pub expires_at: DateTimeUtc,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
