//! The entry's own row and its submitted revisions.

use std::collections::BTreeMap;

use rules::contest::Timeliness;
use rules::entry::{EntryContent, EntryState};
use rules::id::{ContestId, EntryId, UnitId, UserId, Version};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entity::{entry, entry_author, entry_registration, entry_revision};
use crate::error::{Error, Result};
use crate::value::{from_json, from_word, json, micros, word};

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    pub contest: ContestId,
    /// From the first submission.
    pub code: Option<String>,
    pub state: EntryState,
    /// The lead author's unit.
    pub unit: Option<UnitId>,
    pub content: EntryContent,
    /// SHA-256 of the last submission, lower-case hex.
    pub content_hash: Option<String>,
    /// Number of submissions; 0 = never submitted.
    pub revision: i64,
    pub blind_code: Option<String>,
    /// Place on the unit's list, from 1.
    pub forward_rank: Option<u32>,
    /// Last reason given for a return, rejection or withdrawal.
    pub reason: Option<String>,
    /// Until when a returned entry is to be completed.
    pub due_at: Option<Timestamp>,
    pub created_by: UserId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub submitted_at: Option<Timestamp>,
    pub forwarded_at: Option<Timestamp>,
    /// Tier of the prize, after the decision.
    pub prize_code: Option<String>,
    pub fictional: bool,
    pub version: Version,
}

/// An entry without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    pub id: EntryId,
    pub contest: ContestId,
    pub code: Option<String>,
    pub state: EntryState,
    pub unit: Option<UnitId>,
    pub title: String,
    pub category: Option<String>,
    pub revision: i64,
    pub forward_rank: Option<u32>,
    pub reason: Option<String>,
    pub due_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    pub submitted_at: Option<Timestamp>,
    pub prize_code: Option<String>,
    pub version: Version,
}

/// What was submitted, as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    pub entry: EntryId,
    /// From 1.
    pub revision: i64,
    pub content: EntryContent,
    pub content_hash: String,
    pub submitted_at: Timestamp,
    pub submitted_by: UserId,
    pub timeliness: Timeliness,
}

impl Entry {
    /// The entry without its content.
    pub fn line(&self) -> EntryLine {
        EntryLine {
            id: self.id,
            contest: self.contest,
            code: self.code.clone(),
            state: self.state,
            unit: self.unit,
            title: self.content.title.clone(),
            category: self.content.category.clone(),
            revision: self.revision,
            forward_rank: self.forward_rank,
            reason: self.reason.clone(),
            due_at: self.due_at,
            updated_at: self.updated_at,
            submitted_at: self.submitted_at,
            prize_code: self.prize_code.clone(),
            version: self.version,
        }
    }
}

/// The entry with this id.
pub async fn find(db: &impl ConnectionTrait, id: EntryId) -> Result<Option<Entry>> {
    entry::Entity::find_by_id(id.uuid())
        .one(db)
        .await?
        .map(read)
        .transpose()
}

/// The entries with these ids, in order of the ids; unknown ones are left out.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[EntryId]) -> Result<Vec<Entry>> {
    let rows = entry::Entity::find()
        .filter(entry::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .order_by_asc(entry::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// The contest an entry belongs to.
pub async fn contest_of(db: &impl ConnectionTrait, id: EntryId) -> Result<Option<ContestId>> {
    let contest = entry::Entity::find_by_id(id.uuid())
        .select_only()
        .column(entry::Column::ContestId)
        .into_tuple::<Uuid>()
        .one(db)
        .await?;
    Ok(contest.map(ContestId))
}

/// Stores a new entry.
pub async fn insert(db: &impl ConnectionTrait, row: &Entry) -> Result<()> {
    entry::Entity::insert(active(row)?)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Replaces the row if its version is still `expected`; `row.version` is the one it gets. False where somebody else was
/// first.
pub async fn update(db: &impl ConnectionTrait, row: &Entry, expected: Version) -> Result<bool> {
    let done = entry::Entity::update_many()
        .set(active(row)?)
        .filter(entry::Column::Id.eq(row.id.uuid()))
        .filter(entry::Column::Version.eq(expected.0))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Raises the version of what the authors write on – the copy being worked on, else the entry – for a change that starts
/// from no version; gives the new one.
///
/// # Errors
/// `Missing` where there is no such entry.
pub async fn touch(db: &impl ConnectionTrait, id: EntryId, now: Timestamp) -> Result<Version> {
    if let Some(version) = super::revise::touch_working_copy(db, id, now).await? {
        return Ok(version);
    }
    let rows = entry::Entity::update_many()
        .col_expr(entry::Column::Version, Expr::col(entry::Column::Version).add(1))
        .col_expr(entry::Column::UpdatedAt, Expr::value(micros(now)))
        .filter(entry::Column::Id.eq(id.uuid()))
        .exec_with_returning(db)
        .await?;
    rows.first()
        .map(|row| Version(row.version))
        .ok_or(Error::Missing("entry"))
}

/// Entries of one person listed at most.
const OWN_MAX: u64 = 500;

/// Entries somebody wrote, alone or with others, or began, and those in `also`; last changed first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: UserId,
    also: &[EntryId],
) -> Result<Vec<EntryLine>> {
    let written = Query::select()
        .column(entry_author::Column::EntryId)
        .from(entry_author::Entity)
        .and_where(entry_author::Column::PersonId.eq(person.uuid()))
        .to_owned();
    // who typed in a paper entry did not write it
    let registered = Query::select()
        .column(entry_registration::Column::EntryId)
        .from(entry_registration::Entity)
        .and_where(Expr::col(entry_registration::Column::RegisteredBy).eq(person.uuid()))
        .to_owned();
    let begun = Condition::all()
        .add(entry::Column::CreatedBy.eq(person.uuid()))
        .add(entry::Column::Id.not_in_subquery(registered));
    let mine = Condition::any()
        .add(begun)
        .add(entry::Column::Id.is_in(also.iter().map(|id| id.uuid())))
        .add(entry::Column::Id.in_subquery(written));
    lines(
        db,
        entry::Entity::find()
            .filter(mine)
            .order_by_desc(entry::Column::UpdatedAt)
            .order_by_desc(entry::Column::Id)
            .limit(OWN_MAX),
    )
    .await
}

/// Drafts somebody began in a contest.
pub async fn count_drafts(db: &impl ConnectionTrait, contest: ContestId, person: UserId) -> Result<u64> {
    Ok(entry::Entity::find()
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::CreatedBy.eq(person.uuid()))
        .filter(entry::Column::State.eq(word(&EntryState::Draft)))
        .count(db)
        .await?)
}

/// Keeps a submission as it was, with the files the entry has now.
pub async fn insert_revision(db: &impl ConnectionTrait, row: &Revision) -> Result<()> {
    let (id, number) = (row.entry, row.revision);
    let row = entry_revision::ActiveModel {
        entry_id: Set(row.entry.uuid()),
        revision: Set(row.revision),
        content: Set(json("entry content", &row.content)?),
        content_hash: Set(row.content_hash.clone()),
        submitted_at: Set(micros(row.submitted_at)),
        submitted_by: Set(row.submitted_by.uuid()),
        timeliness: Set(word(&row.timeliness)),
    };
    entry_revision::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    super::revise::insert_revision_files(db, id, number).await
}

/// One submission of an entry.
pub async fn revision(db: &impl ConnectionTrait, id: EntryId, number: i64) -> Result<Option<Revision>> {
    let row = entry_revision::Entity::find_by_id((id.uuid(), number))
        .one(db)
        .await?;
    row.map(read_revision).transpose()
}

/// One submission each of several entries, by entry; unknown ones are left out.
pub async fn submissions(
    db: &impl ConnectionTrait,
    wanted: &[(EntryId, i64)],
) -> Result<BTreeMap<EntryId, Revision>> {
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let one = |(id, number): &(EntryId, i64)| {
        Condition::all()
            .add(entry_revision::Column::EntryId.eq(id.uuid()))
            .add(entry_revision::Column::Revision.eq(*number))
    };
    let any = wanted
        .iter()
        .fold(Condition::any(), |any, wanted| any.add(one(wanted)));
    let rows = entry_revision::Entity::find().filter(any).all(db).await?;
    rows.into_iter()
        .map(|row| read_revision(row).map(|revision| (revision.entry, revision)))
        .collect()
}

fn read_revision(row: entry_revision::Model) -> Result<Revision> {
    Ok(Revision {
        entry: EntryId(row.entry_id),
        revision: row.revision,
        content: from_json("entry content", row.content)?,
        content_hash: row.content_hash,
        submitted_at: row.submitted_at,
        submitted_by: UserId(row.submitted_by),
        timeliness: from_word("timeliness", &row.timeliness)?,
    })
}

/// These submissions of an entry, first to last; unknown ones are left out.
pub async fn revisions(db: &impl ConnectionTrait, id: EntryId, numbers: &[i64]) -> Result<Vec<Revision>> {
    let rows = entry_revision::Entity::find()
        .filter(entry_revision::Column::EntryId.eq(id.uuid()))
        .filter(entry_revision::Column::Revision.is_in(numbers.iter().copied()))
        .order_by_asc(entry_revision::Column::Revision)
        .all(db)
        .await?;
    rows.into_iter().map(read_revision).collect()
}

/// Runs a query for entries without reading their content.
pub(crate) async fn lines(
    db: &impl ConnectionTrait,
    query: sea_orm::Select<entry::Entity>,
) -> Result<Vec<EntryLine>> {
    use entry::Column as C;
    let rows = query
        .select_only()
        .columns([
            C::Id,
            C::ContestId,
            C::Code,
            C::State,
            C::UnitId,
            C::Title,
            C::CategoryCode,
            C::Revision,
            C::ForwardRank,
            C::Reason,
            C::DueAt,
            C::UpdatedAt,
            C::SubmittedAt,
            C::PrizeCode,
            C::Version,
        ])
        .into_model::<LineRow>()
        .all(db)
        .await?;
    rows.into_iter().map(LineRow::read).collect()
}

#[derive(FromQueryResult)]
struct LineRow {
    id: Uuid,
    contest_id: Uuid,
    code: Option<String>,
    state: String,
    unit_id: Option<Uuid>,
    title: String,
    category_code: Option<String>,
    revision: i64,
    forward_rank: Option<i64>,
    reason: Option<String>,
    due_at: Option<Timestamp>,
    updated_at: Timestamp,
    submitted_at: Option<Timestamp>,
    prize_code: Option<String>,
    version: i64,
}

impl LineRow {
    fn read(self) -> Result<EntryLine> {
        Ok(EntryLine {
            id: EntryId(self.id),
            contest: ContestId(self.contest_id),
            code: self.code,
            state: from_word("entry state", &self.state)?,
            unit: self.unit_id.map(UnitId),
            title: self.title,
            category: self.category_code,
            revision: self.revision,
            forward_rank: rank(self.forward_rank),
            reason: self.reason,
            due_at: self.due_at,
            updated_at: self.updated_at,
            submitted_at: self.submitted_at,
            prize_code: self.prize_code,
            version: Version(self.version),
        })
    }
}

fn read(row: entry::Model) -> Result<Entry> {
    Ok(Entry {
        id: EntryId(row.id),
        contest: ContestId(row.contest_id),
        code: row.code,
        state: from_word("entry state", &row.state)?,
        unit: row.unit_id.map(UnitId),
        content: from_json("entry content", row.content)?,
        content_hash: row.content_hash,
        revision: row.revision,
        blind_code: row.blind_code,
        forward_rank: rank(row.forward_rank),
        reason: row.reason,
        due_at: row.due_at,
        created_by: UserId(row.created_by),
        created_at: row.created_at,
        updated_at: row.updated_at,
        submitted_at: row.submitted_at,
        forwarded_at: row.forwarded_at,
        prize_code: row.prize_code,
        fictional: row.fictional,
        version: Version(row.version),
    })
}

fn active(row: &Entry) -> Result<entry::ActiveModel> {
    Ok(entry::ActiveModel {
        id: Set(row.id.uuid()),
        contest_id: Set(row.contest.uuid()),
        code: Set(row.code.clone()),
        state: Set(word(&row.state)),
        unit_id: Set(row.unit.map(UnitId::uuid)),
        title: Set(row.content.title.clone()),
        search_key: Set(rules::text::fold(&row.content.title)),
        category_code: Set(row.content.category.clone()),
        content: Set(json("entry content", &row.content)?),
        content_hash: Set(row.content_hash.clone()),
        revision: Set(row.revision),
        declaration_version: Set(row.content.declaration.map(i64::from)),
        blind_code: Set(row.blind_code.clone()),
        forward_rank: Set(row.forward_rank.map(i64::from)),
        reason: Set(row.reason.clone()),
        due_at: Set(row.due_at.map(micros)),
        created_by: Set(row.created_by.uuid()),
        created_at: Set(micros(row.created_at)),
        updated_at: Set(micros(row.updated_at)),
        submitted_at: Set(row.submitted_at.map(micros)),
        forwarded_at: Set(row.forwarded_at.map(micros)),
        prize_code: Set(row.prize_code.clone()),
        fictional: Set(row.fictional),
        version: Set(row.version.0),
    })
}

fn rank(stored: Option<i64>) -> Option<u32> {
    stored.and_then(|rank| u32::try_from(rank).ok())
}
