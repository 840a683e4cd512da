//! Checklists of contests and checks of entries.

use std::collections::BTreeMap;

use rules::id::{ContestId, EntryId, UserId, Version};
use rules::register::{CheckStanding, Checklist, ItemAnswer};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{contest_checklist, entry, entry_check};
use crate::error::Result;
use crate::value::{from_json, from_word, json, micros, word};

/// The checklist of a contest; version 0 where none was ever set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistRow {
    pub checklist: Checklist,
    pub version: Version,
}

/// The check of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryCheck {
    pub entry: EntryId,
    pub contest: ContestId,
    /// Submission that was checked.
    pub revision: i64,
    pub checklist_version: Version,
    pub answers: BTreeMap<String, ItemAnswer>,
    /// When saved, against the checklist of that version.
    pub standing: CheckStanding,
    pub checked_by: UserId,
    pub checked_at: Timestamp,
    pub version: Version,
}

/// The checklist of a contest.
pub async fn checklist(db: &impl ConnectionTrait, contest: ContestId) -> Result<ChecklistRow> {
    let row = contest_checklist::Entity::find_by_id(contest.uuid())
        .one(db)
        .await?;
    row.map_or_else(
        || {
            Ok(ChecklistRow {
                checklist: Checklist::default(),
                version: Version(0),
            })
        },
        |row| {
            Ok(ChecklistRow {
                checklist: from_json("checklist", row.items)?,
                version: Version(row.version),
            })
        },
    )
}

/// Replaces the checklist; the caller holds the contest's lock and has compared the version.
pub async fn save_checklist(
    db: &impl ConnectionTrait,
    contest: ContestId,
    row: &ChecklistRow,
    now: Timestamp,
) -> Result<()> {
    use contest_checklist::Column as C;
    let row = contest_checklist::ActiveModel {
        contest_id: Set(contest.uuid()),
        items: Set(json("checklist", &row.checklist)?),
        version: Set(row.version.0),
        updated_at: Set(micros(now)),
    };
    contest_checklist::Entity::insert(row)
        .on_conflict(
            OnConflict::column(C::ContestId)
                .update_columns([C::Items, C::Version, C::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The check of an entry.
pub async fn check_of(db: &impl ConnectionTrait, id: EntryId) -> Result<Option<EntryCheck>> {
    let row = entry_check::Entity::find_by_id(id.uuid()).one(db).await?;
    row.map(read).transpose()
}

/// The checks of these entries.
pub async fn checks_of(db: &impl ConnectionTrait, ids: &[EntryId]) -> Result<Vec<EntryCheck>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = entry_check::Entity::find()
        .filter(entry_check::Column::EntryId.is_in(ids.iter().map(|id| id.uuid())))
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Entries of the contest that wait for a decision in one of `states` and whose check was complete when saved, in order
/// of their codes; at most `limit`.
pub async fn complete_in(
    db: &impl ConnectionTrait,
    contest: ContestId,
    states: &[rules::entry::EntryState],
    limit: u64,
) -> Result<Vec<EntryId>> {
    let complete = entry_check::Entity::find()
        .select_only()
        .column(entry_check::Column::EntryId)
        .filter(entry_check::Column::ContestId.eq(contest.uuid()))
        .filter(entry_check::Column::Standing.eq(word(&CheckStanding::Complete)));
    let ids = entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::State.is_in(states.iter().map(word)))
        .filter(entry::Column::Id.in_subquery(sea_orm::QueryTrait::into_query(complete)))
        .order_by_asc(entry::Column::Code)
        .limit(limit)
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(EntryId).collect())
}

/// Stores a check where its version is still `expected` (0: there is none yet); `row.version` is the one it gets. False
/// where somebody else was first.
pub async fn save_check(db: &impl ConnectionTrait, row: &EntryCheck, expected: Version) -> Result<bool> {
    let answers = json("check answers", &row.answers)?;
    if expected.0 == 0 {
        let row = entry_check::ActiveModel {
            entry_id: Set(row.entry.uuid()),
            contest_id: Set(row.contest.uuid()),
            revision: Set(row.revision),
            checklist_version: Set(row.checklist_version.0),
            answers: Set(answers),
            standing: Set(word(&row.standing)),
            checked_by: Set(row.checked_by.uuid()),
            checked_at: Set(micros(row.checked_at)),
            version: Set(row.version.0),
        };
        let stored = entry_check::Entity::insert_many([row])
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
        return Ok(stored == 1);
    }
    use entry_check::Column as C;
    let done = entry_check::Entity::update_many()
        .col_expr(C::Revision, Expr::value(row.revision))
        .col_expr(C::ChecklistVersion, Expr::value(row.checklist_version.0))
        .col_expr(C::Answers, Expr::value(answers))
        .col_expr(C::Standing, Expr::value(word(&row.standing)))
        .col_expr(C::CheckedBy, Expr::value(row.checked_by.uuid()))
        .col_expr(C::CheckedAt, Expr::value(micros(row.checked_at)))
        .col_expr(C::Version, Expr::value(row.version.0))
        .filter(Expr::col(C::EntryId).eq(row.entry.uuid()))
        .filter(Expr::col(C::Version).eq(expected.0))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

fn read(row: entry_check::Model) -> Result<EntryCheck> {
    Ok(EntryCheck {
        entry: EntryId(row.entry_id),
        contest: ContestId(row.contest_id),
        revision: row.revision,
        checklist_version: Version(row.checklist_version),
        answers: from_json("check answers", row.answers)?,
        standing: from_word("check standing", &row.standing)?,
        checked_by: UserId(row.checked_by),
        checked_at: row.checked_at,
        version: Version(row.version),
    })
}
