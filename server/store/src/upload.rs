//! Files on their way, in pieces. Rows only; the bytes lie in the data folder.

use rules::entry::AttachmentKind;
use rules::id::{AttachmentId, CommandKey, EntryId, UploadId, UserId};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::upload as table;
use crate::error::Result;
use crate::value::{from_word, micros, word};

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    pub person: UserId,
    pub entry: EntryId,
    /// Of the command that adds the file at the end.
    pub key: CommandKey,
    pub kind: AttachmentKind,
    /// As the client wrote it.
    pub file_name: String,
    /// Declared length in bytes.
    pub size: u64,
    /// Bytes on disk and synced; never ahead of the disk.
    pub received: u64,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// The finished file.
    pub attachment: Option<AttachmentId>,
}

/// Stores a new upload.
///
/// # Errors
/// [`crate::Error::Unique`] where the key is taken.
pub async fn insert(db: &impl ConnectionTrait, upload: &Upload) -> Result<()> {
    let row = table::ActiveModel {
        id: Set(upload.id.uuid()),
        person_id: Set(upload.person.uuid()),
        entry_id: Set(upload.entry.uuid()),
        key: Set(upload.key.uuid()),
        kind: Set(word(&upload.kind)),
        file_name: Set(upload.file_name.clone()),
        size: Set(bytes(upload.size)),
        received: Set(bytes(upload.received)),
        created_at: Set(micros(upload.created_at)),
        expires_at: Set(micros(upload.expires_at)),
        attachment_id: Set(upload.attachment.map(AttachmentId::uuid)),
    };
    table::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// An upload.
pub async fn find(db: &impl ConnectionTrait, id: UploadId) -> Result<Option<Upload>> {
    let row = table::Entity::find_by_id(id.uuid()).one(db).await?;
    row.map(read).transpose()
}

/// The upload begun with a key.
pub async fn by_key(db: &impl ConnectionTrait, key: CommandKey) -> Result<Option<Upload>> {
    let row = table::Entity::find()
        .filter(table::Column::Key.eq(key.uuid()))
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// Somebody's unfinished uploads to an entry that have not expired, oldest first, at most `limit`.
pub async fn unfinished(
    db: &impl ConnectionTrait,
    entry: EntryId,
    person: UserId,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Upload>> {
    let rows = table::Entity::find()
        .filter(table::Column::EntryId.eq(entry.uuid()))
        .filter(table::Column::PersonId.eq(person.uuid()))
        .filter(table::Column::AttachmentId.is_null())
        .filter(table::Column::ExpiresAt.gt(micros(now)))
        .order_by_asc(table::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Notes how many bytes lie synced on disk, and until when the upload is kept.
pub async fn advance(
    db: &impl ConnectionTrait,
    id: UploadId,
    received: u64,
    expires_at: Timestamp,
) -> Result<()> {
    table::Entity::update_many()
        .col_expr(table::Column::Received, Expr::value(bytes(received)))
        .col_expr(table::Column::ExpiresAt, Expr::value(micros(expires_at)))
        .filter(table::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that the upload became a file of the entry.
pub async fn finish(db: &impl ConnectionTrait, id: UploadId, attachment: AttachmentId) -> Result<()> {
    table::Entity::update_many()
        .col_expr(table::Column::AttachmentId, Expr::value(Some(attachment.uuid())))
        .filter(table::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets uploads.
pub async fn remove(db: &impl ConnectionTrait, ids: &[UploadId]) -> Result<()> {
    if !ids.is_empty() {
        table::Entity::delete_many()
            .filter(table::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Uploads that expired before `now`, finished ones too, at most `limit`.
pub async fn expired(db: &impl ConnectionTrait, now: Timestamp, limit: u64) -> Result<Vec<UploadId>> {
    let ids = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::ExpiresAt.lte(micros(now)))
        .order_by_asc(table::Column::ExpiresAt)
        .limit(limit)
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(UploadId).collect())
}

/// Which of `ids` are there and not finished.
pub async fn known(db: &impl ConnectionTrait, ids: &[UploadId]) -> Result<Vec<UploadId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .filter(table::Column::AttachmentId.is_null())
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(found.into_iter().map(UploadId).collect())
}

fn bytes(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn read(row: table::Model) -> Result<Upload> {
    Ok(Upload {
        id: UploadId(row.id),
        person: UserId(row.person_id),
        entry: EntryId(row.entry_id),
        key: CommandKey(row.key),
        kind: from_word("attachment kind", &row.kind)?,
        file_name: row.file_name,
        size: u64::try_from(row.size).unwrap_or_default(),
        received: u64::try_from(row.received).unwrap_or_default(),
        created_at: row.created_at,
        expires_at: row.expires_at,
        attachment: row.attachment_id.map(AttachmentId),
    })
}
