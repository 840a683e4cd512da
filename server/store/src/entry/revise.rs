//! Copies authors work on after they have submitted, and the submissions before.

use std::collections::BTreeMap;

use rules::contest::Timeliness;
use rules::entry::{EntryContent, Scan};
use rules::id::{AttachmentId, ContestId, EntryId, UserId, Version};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::files::{Attachment, read};
use crate::entity::{attachment, entry, entry_revision, entry_revision_file, entry_working_copy as copy};
use crate::error::Result;
use crate::value::{from_json, from_word, json, micros, word};

/// What an author is changing in a submitted entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingCopy {
    pub content: EntryContent,
    pub started_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: Version,
}

/// A submission without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionLine {
    pub revision: i64,
    pub content_hash: String,
    pub submitted_at: Timestamp,
    pub submitted_by: UserId,
    pub timeliness: Timeliness,
}

/// A submission found by the entry's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedRevision {
    pub entry: EntryId,
    pub contest: ContestId,
    pub line: RevisionLine,
}

/// The copy of an entry being worked on.
pub async fn working_copy(db: &impl ConnectionTrait, id: EntryId) -> Result<Option<WorkingCopy>> {
    let row = copy::Entity::find_by_id(id.uuid()).one(db).await?;
    row.map(|row| {
        Ok(WorkingCopy {
            content: from_json("entry content", row.content)?,
            started_at: row.started_at,
            updated_at: row.updated_at,
            version: Version(row.version),
        })
    })
    .transpose()
}

/// What is being changed in these entries.
pub async fn working_copies(
    db: &impl ConnectionTrait,
    ids: &[EntryId],
) -> Result<BTreeMap<EntryId, EntryContent>> {
    let rows = copy::Entity::find()
        .filter(copy::Column::EntryId.is_in(ids.iter().map(|id| id.uuid())))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((EntryId(row.entry_id), from_json("entry content", row.content)?)))
        .collect()
}

/// Whether a copy of an entry is being worked on.
pub async fn has_working_copy(db: &impl ConnectionTrait, id: EntryId) -> Result<bool> {
    let found = copy::Entity::find_by_id(id.uuid())
        .select_only()
        .column(copy::Column::EntryId)
        .into_tuple::<Uuid>()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Begins a copy.
pub async fn insert_working_copy(db: &impl ConnectionTrait, id: EntryId, row: &WorkingCopy) -> Result<()> {
    let row = copy::ActiveModel {
        entry_id: Set(id.uuid()),
        content: Set(json("entry content", &row.content)?),
        started_at: Set(micros(row.started_at)),
        updated_at: Set(micros(row.updated_at)),
        version: Set(row.version.0),
    };
    copy::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Saves a copy if its version is still `expected`. False where somebody else was first.
pub async fn save_working_copy(
    db: &impl ConnectionTrait,
    id: EntryId,
    content: &EntryContent,
    now: Timestamp,
    expected: Version,
) -> Result<bool> {
    let done = copy::Entity::update_many()
        .col_expr(
            copy::Column::Content,
            Expr::value(json("entry content", content)?),
        )
        .col_expr(copy::Column::UpdatedAt, Expr::value(micros(now)))
        .col_expr(copy::Column::Version, Expr::value(expected.next().0))
        .filter(copy::Column::EntryId.eq(id.uuid()))
        .filter(copy::Column::Version.eq(expected.0))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Raises the version of a copy; the new one, or `None` where there is no copy.
pub(super) async fn touch_working_copy(
    db: &impl ConnectionTrait,
    id: EntryId,
    now: Timestamp,
) -> Result<Option<Version>> {
    let rows = copy::Entity::update_many()
        .col_expr(copy::Column::Version, Expr::col(copy::Column::Version).add(1))
        .col_expr(copy::Column::UpdatedAt, Expr::value(micros(now)))
        .filter(copy::Column::EntryId.eq(id.uuid()))
        .exec_with_returning(db)
        .await?;
    Ok(rows.first().map(|row| Version(row.version)))
}

/// Ends a copy, once it is submitted or given up, if its version is still `expected`. False where somebody else was
/// first.
pub async fn delete_working_copy(db: &impl ConnectionTrait, id: EntryId, expected: Version) -> Result<bool> {
    let done = copy::Entity::delete_many()
        .filter(copy::Column::EntryId.eq(id.uuid()))
        .filter(copy::Column::Version.eq(expected.0))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Gives an entry the files of a submission back: those removed since are there again, those added since are gone.
pub async fn restore_files(
    db: &impl ConnectionTrait,
    id: EntryId,
    revision: i64,
    now: Timestamp,
) -> Result<()> {
    let submitted = Query::select()
        .column(entry_revision_file::Column::AttachmentId)
        .from(entry_revision_file::Entity)
        .and_where(Expr::col(entry_revision_file::Column::EntryId).eq(id.uuid()))
        .and_where(Expr::col(entry_revision_file::Column::Revision).eq(revision))
        .to_owned();
    attachment::Entity::update_many()
        .col_expr(attachment::Column::RemovedAt, Expr::value(None::<Timestamp>))
        .filter(attachment::Column::EntryId.eq(id.uuid()))
        .filter(attachment::Column::Id.in_subquery(submitted.clone()))
        .filter(attachment::Column::Scan.ne(word(&Scan::Infected)))
        .exec(db)
        .await?;
    attachment::Entity::update_many()
        .col_expr(attachment::Column::RemovedAt, Expr::value(micros(now)))
        .filter(attachment::Column::EntryId.eq(id.uuid()))
        .filter(attachment::Column::RemovedAt.is_null())
        .filter(attachment::Column::Id.not_in_subquery(submitted))
        .exec(db)
        .await?;
    Ok(())
}

/// Files of the last submission of several entries, entry by entry in the order of their ids, which is that of upload.
/// What an author has added or removed since does not show.
pub async fn handed_in(db: &impl ConnectionTrait, entries: &[EntryId]) -> Result<Vec<Attachment>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let rows = attachment::Entity::find()
        .join(
            JoinType::InnerJoin,
            attachment::Entity::belongs_to(entry_revision_file::Entity)
                .from(attachment::Column::Id)
                .to(entry_revision_file::Column::AttachmentId)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            attachment::Entity::belongs_to(entry::Entity)
                .from(attachment::Column::EntryId)
                .to(entry::Column::Id)
                .into(),
        )
        .filter(
            Expr::col((entry_revision_file::Entity, entry_revision_file::Column::Revision))
                .equals((entry::Entity, entry::Column::Revision)),
        )
        .filter(attachment::Column::EntryId.is_in(entries.iter().map(|id| id.uuid())))
        .order_by_asc(attachment::Column::EntryId)
        .order_by_asc(attachment::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Files of every submission of an entry, with the number of the submission.
pub async fn files_by_revision(db: &impl ConnectionTrait, id: EntryId) -> Result<Vec<(i64, Attachment)>> {
    let links = entry_revision_file::Entity::find()
        .filter(entry_revision_file::Column::EntryId.eq(id.uuid()))
        .order_by_asc(entry_revision_file::Column::Revision)
        .order_by_asc(entry_revision_file::Column::AttachmentId)
        .all(db)
        .await?;
    let rows = attachment::Entity::find()
        .filter(attachment::Column::EntryId.eq(id.uuid()))
        .all(db)
        .await?;
    let files = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(links
        .into_iter()
        .filter_map(|link| {
            let file = files
                .iter()
                .find(|file| file.info.id.uuid() == link.attachment_id)?;
            Some((link.revision, file.clone()))
        })
        .collect())
}

/// A file that stands in a submission, removed since or not; `None` for any other.
pub async fn submitted_file(db: &impl ConnectionTrait, id: AttachmentId) -> Result<Option<Attachment>> {
    let submitted = Query::select()
        .column(entry_revision_file::Column::AttachmentId)
        .from(entry_revision_file::Entity)
        .and_where(Expr::col(entry_revision_file::Column::AttachmentId).eq(id.uuid()))
        .to_owned();
    let row = attachment::Entity::find_by_id(id.uuid())
        .filter(attachment::Column::Id.in_subquery(submitted))
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// Keeps which files a submission has: those of the entry now.
pub(super) async fn insert_revision_files(
    db: &impl ConnectionTrait,
    id: EntryId,
    revision: i64,
) -> Result<()> {
    let files = attachment::Entity::find()
        .select_only()
        .column(attachment::Column::Id)
        .filter(attachment::Column::EntryId.eq(id.uuid()))
        .filter(attachment::Column::RemovedAt.is_null())
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    let rows: Vec<entry_revision_file::ActiveModel> = files
        .into_iter()
        .map(|file| entry_revision_file::ActiveModel {
            entry_id: Set(id.uuid()),
            revision: Set(revision),
            attachment_id: Set(file),
        })
        .collect();
    if !rows.is_empty() {
        entry_revision_file::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Submissions of one entry listed at most.
const REVISIONS_MAX: u64 = 500;

/// The submissions of an entry, last first, without content.
pub async fn revision_lines(db: &impl ConnectionTrait, id: EntryId) -> Result<Vec<RevisionLine>> {
    let rows = line_columns(entry_revision::Entity::find())
        .filter(entry_revision::Column::EntryId.eq(id.uuid()))
        .order_by_desc(entry_revision::Column::Revision)
        .limit(REVISIONS_MAX)
        .into_tuple::<LineRow>()
        .all(db)
        .await?;
    rows.into_iter().map(line).collect()
}

/// How the last submission of several entries stood to its deadline; those in time are left out.
pub async fn out_of_time(
    db: &impl ConnectionTrait,
    entries: &[EntryId],
) -> Result<Vec<(EntryId, Timeliness)>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let rows = entry_revision::Entity::find()
        .select_only()
        .column(entry_revision::Column::EntryId)
        .column(entry_revision::Column::Timeliness)
        .join(
            JoinType::InnerJoin,
            entry_revision::Entity::belongs_to(entry::Entity)
                .from(entry_revision::Column::EntryId)
                .to(entry::Column::Id)
                .into(),
        )
        .filter(
            Expr::col((entry_revision::Entity, entry_revision::Column::Revision))
                .equals((entry::Entity, entry::Column::Revision)),
        )
        .filter(entry_revision::Column::EntryId.is_in(entries.iter().map(|id| id.uuid())))
        .filter(entry_revision::Column::Timeliness.ne("in_time"))
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(id, how)| Ok((EntryId(id), from_word("timeliness", &how)?)))
        .collect()
}

/// Submissions whose entry has this code, in whatever contest; the last first.
pub async fn revisions_by_code(db: &impl ConnectionTrait, code: &str) -> Result<Vec<CodedRevision>> {
    let entries = entry::Entity::find()
        .select_only()
        .columns([entry::Column::Id, entry::Column::ContestId])
        .filter(entry::Column::Code.eq(code))
        .limit(20)
        .into_tuple::<(Uuid, Uuid)>()
        .all(db)
        .await?;
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let rows = line_columns(entry_revision::Entity::find())
        .column(entry_revision::Column::EntryId)
        .filter(entry_revision::Column::EntryId.is_in(entries.iter().map(|(id, _)| *id)))
        .order_by_desc(entry_revision::Column::Revision)
        .limit(REVISIONS_MAX)
        .into_tuple::<(i64, String, Timestamp, Uuid, String, Uuid)>()
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|(revision, hash, at, by, how, id)| {
            let (_, contest) = entries.iter().find(|(known, _)| *known == id)?;
            Some(line((revision, hash, at, by, how)).map(|line| CodedRevision {
                entry: EntryId(id),
                contest: ContestId(*contest),
                line,
            }))
        })
        .collect()
}

type LineRow = (i64, String, Timestamp, Uuid, String);

fn line_columns(select: sea_orm::Select<entry_revision::Entity>) -> sea_orm::Select<entry_revision::Entity> {
    select.select_only().columns([
        entry_revision::Column::Revision,
        entry_revision::Column::ContentHash,
        entry_revision::Column::SubmittedAt,
        entry_revision::Column::SubmittedBy,
        entry_revision::Column::Timeliness,
    ])
}

fn line((revision, content_hash, submitted_at, by, how): LineRow) -> Result<RevisionLine> {
    Ok(RevisionLine {
        revision,
        content_hash,
        submitted_at,
        submitted_by: UserId(by),
        timeliness: from_word("timeliness", &how)?,
    })
}
