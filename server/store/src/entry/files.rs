//! Files of entries and signed documents of contests. Rows only; the bytes lie in the data folder.

use rules::entry::{AttachmentInfo, AttachmentKind, Scan};
use rules::id::{AttachmentId, ContestId, DocumentId, EntryId, RoundId, UserId};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{
    attachment as attachment_table, document as document_table, entry_revision_file, round_entry, scorecard,
    seat,
};
use crate::error::Result;
use crate::value::{from_word, micros, word};

/// A file of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub entry: EntryId,
    pub info: AttachmentInfo,
    /// Where the bytes lie below the folder of blobs.
    pub storage_key: String,
}

/// A signed file kept with a contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub id: DocumentId,
    pub contest: ContestId,
    pub file_name: String,
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// Lower-case hex.
    pub sha256: String,
    pub storage_key: String,
    pub uploaded_by: UserId,
    pub uploaded_at: Timestamp,
}

/// What a judge may open of a labelled entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlindFile {
    pub entry: EntryId,
    /// Every file of the entry in the order of their ids, which is that of upload, so that a file's number is its place.
    pub files: Vec<Attachment>,
    /// State of the judge's scorecard, where there is one.
    pub card: Option<rules::judging::ScorecardState>,
}

/// Files of several entries that were not removed, entry by entry in the order of their ids, which is that of upload.
pub async fn attachments(db: &impl ConnectionTrait, entries: &[EntryId]) -> Result<Vec<Attachment>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let rows = attachment_table::Entity::find()
        .filter(attachment_table::Column::EntryId.is_in(entries.iter().map(|id| id.uuid())))
        .filter(attachment_table::Column::RemovedAt.is_null())
        .order_by_asc(attachment_table::Column::EntryId)
        .order_by_asc(attachment_table::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// A file that was not removed.
pub async fn attachment(db: &impl ConnectionTrait, id: AttachmentId) -> Result<Option<Attachment>> {
    let row = attachment_table::Entity::find_by_id(id.uuid())
        .filter(attachment_table::Column::RemovedAt.is_null())
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// Stores a new file's row.
pub async fn insert_attachment(db: &impl ConnectionTrait, file: &Attachment) -> Result<()> {
    let row = attachment_table::ActiveModel {
        id: Set(file.info.id.uuid()),
        entry_id: Set(file.entry.uuid()),
        kind: Set(word(&file.info.kind)),
        file_name: Set(file.info.file_name.clone()),
        media_type: Set(file.info.media_type.clone()),
        size: Set(i64::try_from(file.info.size).unwrap_or(i64::MAX)),
        sha256: Set(file.info.sha256.clone()),
        storage_key: Set(file.storage_key.clone()),
        uploaded_at: Set(micros(file.info.uploaded_at)),
        removed_at: Set(None),
        scan: Set(word(&file.info.scan)),
    };
    attachment_table::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Marks a file of an entry as removed; false where it is not there.
pub async fn remove_attachment(
    db: &impl ConnectionTrait,
    entry: EntryId,
    id: AttachmentId,
    now: Timestamp,
) -> Result<bool> {
    let done = attachment_table::Entity::update_many()
        .col_expr(attachment_table::Column::RemovedAt, Expr::value(micros(now)))
        .filter(attachment_table::Column::Id.eq(id.uuid()))
        .filter(attachment_table::Column::EntryId.eq(entry.uuid()))
        .filter(attachment_table::Column::RemovedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes what the scanner said of a file; false where it was removed and stands in no submission.
pub async fn set_scan(db: &impl ConnectionTrait, id: AttachmentId, scan: Scan) -> Result<bool> {
    let done = attachment_table::Entity::update_many()
        .col_expr(attachment_table::Column::Scan, Expr::value(word(&scan)))
        .filter(attachment_table::Column::Id.eq(id.uuid()))
        .filter(counts())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Not removed, or of a submission: desks go on reading those.
fn counts() -> Condition {
    let submitted = Query::select()
        .column(entry_revision_file::Column::AttachmentId)
        .from(entry_revision_file::Entity)
        .to_owned();
    Condition::any()
        .add(attachment_table::Column::RemovedAt.is_null())
        .add(attachment_table::Column::Id.in_subquery(submitted))
}

/// Files that wait for the scanner, those of submissions among them though removed since, oldest first, at most `limit`.
pub async fn held_attachments(
    db: &impl ConnectionTrait,
    after: Option<AttachmentId>,
    limit: u64,
) -> Result<Vec<Attachment>> {
    let mut select = attachment_table::Entity::find();
    if let Some(after) = after {
        select = select.filter(attachment_table::Column::Id.gt(after.uuid()));
    }
    let rows = select
        .filter(attachment_table::Column::Scan.eq(word(&Scan::Held)))
        .filter(counts())
        .order_by_asc(attachment_table::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Whether something was found in a file with this storage key.
pub async fn is_infected(db: &impl ConnectionTrait, storage_key: &str) -> Result<bool> {
    let found = attachment_table::Entity::find()
        .select_only()
        .column(attachment_table::Column::Id)
        .filter(attachment_table::Column::StorageKey.eq(storage_key))
        .filter(attachment_table::Column::Scan.eq(word(&Scan::Infected)))
        .into_tuple::<uuid::Uuid>()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Names of an entry's files in which the scanner found something, in the order of upload; at most 50.
pub async fn infected_names(db: &impl ConnectionTrait, entry: EntryId) -> Result<Vec<String>> {
    Ok(attachment_table::Entity::find()
        .select_only()
        .column(attachment_table::Column::FileName)
        .filter(attachment_table::Column::EntryId.eq(entry.uuid()))
        .filter(attachment_table::Column::Scan.eq(word(&Scan::Infected)))
        .order_by_asc(attachment_table::Column::Id)
        .limit(50)
        .into_tuple::<String>()
        .all(db)
        .await?)
}

/// The files of the entry called `label` in a round; `None` unless the round holds it and `judge` has a seat there.
pub async fn blind_files(
    db: &impl ConnectionTrait,
    round: RoundId,
    label: &str,
    judge: UserId,
) -> Result<Option<BlindFile>> {
    let seated = seat::Entity::find()
        .select_only()
        .column(seat::Column::Id)
        .filter(seat::Column::RoundId.eq(round.uuid()))
        .filter(seat::Column::PersonId.eq(judge.uuid()))
        .into_tuple::<Uuid>()
        .one(db)
        .await?;
    let entry = round_entry::Entity::find()
        .select_only()
        .column(round_entry::Column::EntryId)
        .filter(round_entry::Column::RoundId.eq(round.uuid()))
        .filter(round_entry::Column::Label.eq(label))
        .into_tuple::<Uuid>()
        .one(db)
        .await?;
    let (Some(_), Some(entry)) = (seated, entry) else {
        return Ok(None);
    };
    let card = scorecard::Entity::find()
        .select_only()
        .column(scorecard::Column::State)
        .filter(scorecard::Column::RoundId.eq(round.uuid()))
        .filter(scorecard::Column::EntryId.eq(entry))
        .filter(scorecard::Column::PersonId.eq(judge.uuid()))
        .into_tuple::<String>()
        .one(db)
        .await?;
    let files = super::handed_in(db, &[EntryId(entry)]).await?;
    let card = card
        .map(|state| from_word("scorecard state", &state))
        .transpose()?;
    Ok(Some(BlindFile {
        entry: EntryId(entry),
        files,
        card,
    }))
}

/// Stores a new document's row.
pub async fn insert_document(db: &impl ConnectionTrait, file: &Document) -> Result<()> {
    let row = document_table::ActiveModel {
        id: Set(file.id.uuid()),
        contest_id: Set(file.contest.uuid()),
        file_name: Set(file.file_name.clone()),
        media_type: Set(file.media_type.clone()),
        size: Set(i64::try_from(file.size).unwrap_or(i64::MAX)),
        sha256: Set(file.sha256.clone()),
        storage_key: Set(file.storage_key.clone()),
        uploaded_by: Set(file.uploaded_by.uuid()),
        uploaded_at: Set(micros(file.uploaded_at)),
    };
    document_table::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// A document.
pub async fn document(db: &impl ConnectionTrait, id: DocumentId) -> Result<Option<Document>> {
    let row = document_table::Entity::find_by_id(id.uuid()).one(db).await?;
    Ok(row.map(|row| Document {
        id: DocumentId(row.id),
        contest: ContestId(row.contest_id),
        file_name: row.file_name,
        media_type: row.media_type,
        size: u64::try_from(row.size).unwrap_or_default(),
        sha256: row.sha256,
        storage_key: row.storage_key,
        uploaded_by: UserId(row.uploaded_by),
        uploaded_at: row.uploaded_at,
    }))
}

pub(super) fn read(row: attachment_table::Model) -> Result<Attachment> {
    Ok(Attachment {
        entry: EntryId(row.entry_id),
        info: AttachmentInfo {
            id: AttachmentId(row.id),
            kind: from_word::<AttachmentKind>("attachment kind", &row.kind)?,
            file_name: row.file_name,
            media_type: row.media_type,
            size: u64::try_from(row.size).unwrap_or_default(),
            sha256: row.sha256,
            uploaded_at: row.uploaded_at,
            scan: from_word::<Scan>("scan", &row.scan)?,
        },
        storage_key: row.storage_key,
    })
}
