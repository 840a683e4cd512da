//! Extensions of deadlines: for one entry, or for one unit's forwarding. The ledger tells their story; the rows say which
//! are in force.

use rules::contest::Extensions;
use rules::entry::EntryState;
use rules::id::{ContestId, EntryId, ExtensionId, UnitId, UserId};
use rules::text::fold;
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::entity::{deadline_extension as table, entry, entry_author};
use crate::entry::EntryLine;
use crate::error::Result;
use crate::value::{micros, word};

/// More time for one entry or one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub id: ExtensionId,
    pub contest: ContestId,
    pub entry: Option<EntryId>,
    pub unit: Option<UnitId>,
    pub until: Timestamp,
    pub reason: String,
    pub given_by: UserId,
    pub given_at: Timestamp,
    /// When it was taken back or another took its place.
    pub ended_at: Option<Timestamp>,
}

/// Stores a new one; whatever was in force for the same entry or unit has ended then.
pub async fn give(db: &impl ConnectionTrait, row: &Extension) -> Result<()> {
    table::Entity::update_many()
        .col_expr(table::Column::EndedAt, Expr::value(micros(row.given_at)))
        .filter(of(row.contest, row.entry, row.unit))
        .filter(table::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    let row = table::ActiveModel {
        id: Set(row.id.uuid()),
        contest_id: Set(row.contest.uuid()),
        entry_id: Set(row.entry.map(EntryId::uuid)),
        unit_id: Set(row.unit.map(UnitId::uuid)),
        until: Set(micros(row.until)),
        reason: Set(row.reason.clone()),
        given_by: Set(row.given_by.uuid()),
        given_at: Set(micros(row.given_at)),
        ended_at: Set(row.ended_at.map(micros)),
    };
    table::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Ends one that is in force; false where it has ended already.
pub async fn end(db: &impl ConnectionTrait, id: ExtensionId, now: Timestamp) -> Result<bool> {
    let done = table::Entity::update_many()
        .col_expr(table::Column::EndedAt, Expr::value(micros(now)))
        .filter(table::Column::Id.eq(id.uuid()))
        .filter(table::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// An extension.
pub async fn find(db: &impl ConnectionTrait, id: ExtensionId) -> Result<Option<Extension>> {
    Ok(table::Entity::find_by_id(id.uuid()).one(db).await?.map(read))
}

/// Extensions listed at most.
pub const LISTED_MAX: u64 = 200;

/// Those of a contest, in force or not, the last given first.
pub async fn of_contest(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<Extension>> {
    let rows = table::Entity::find()
        .filter(table::Column::ContestId.eq(contest.uuid()))
        .order_by_desc(table::Column::GivenAt)
        .order_by_desc(table::Column::Id)
        .limit(LISTED_MAX)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The ones in force for some entries of a contest and for any of its units, whether or not their time has run out.
pub async fn in_force(
    db: &impl ConnectionTrait,
    contest: ContestId,
    entries: &[EntryId],
) -> Result<Vec<Extension>> {
    let rows = touching(contest, entries)
        .filter(table::Column::EndedAt.is_null())
        .all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The ones that were in force at a moment for some entries of a contest and for any of its units.
pub async fn in_force_at(
    db: &impl ConnectionTrait,
    contest: ContestId,
    entries: &[EntryId],
    at: Timestamp,
) -> Result<Vec<Extension>> {
    let not_ended = Condition::any()
        .add(table::Column::EndedAt.is_null())
        .add(table::Column::EndedAt.gt(micros(at)));
    let rows = touching(contest, entries)
        .filter(table::Column::GivenAt.lte(micros(at)))
        .filter(not_ended)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

fn touching(contest: ContestId, entries: &[EntryId]) -> Select<table::Entity> {
    let wanted = Condition::any()
        .add(table::Column::EntryId.is_in(entries.iter().map(|id| id.uuid())))
        .add(table::Column::UnitId.is_not_null());
    table::Entity::find()
        .filter(table::Column::ContestId.eq(contest.uuid()))
        .filter(wanted)
        .order_by_asc(table::Column::GivenAt)
}

/// The ones in force for entries of whatever contest; for a person's own list.
pub async fn of_entries(db: &impl ConnectionTrait, entries: &[EntryId]) -> Result<Vec<Extension>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let rows = table::Entity::find()
        .filter(table::Column::EntryId.is_in(entries.iter().map(|id| id.uuid())))
        .filter(table::Column::EndedAt.is_null())
        .all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The last instant any extension in force reaches; `None` where there is none.
pub async fn last_until(db: &impl ConnectionTrait, contest: ContestId) -> Result<Option<Timestamp>> {
    Ok(table::Entity::find()
        .select_only()
        .column(table::Column::Until)
        .filter(table::Column::ContestId.eq(contest.uuid()))
        .filter(table::Column::EndedAt.is_null())
        .order_by_desc(table::Column::Until)
        .limit(1)
        .into_tuple::<Timestamp>()
        .one(db)
        .await?)
}

/// What the rows mean for one entry of one unit.
pub fn extensions(rows: &[Extension], entry: EntryId, units: &[UnitId]) -> Extensions {
    let until =
        |mine: &dyn Fn(&Extension) -> bool| rows.iter().filter(|row| mine(row)).map(|row| row.until).max();
    Extensions {
        entry: until(&|row| row.entry == Some(entry)),
        unit: until(&|row| row.unit.is_some_and(|unit| units.contains(&unit))),
    }
}

/// Found entries listed at most.
pub const FOUND_MAX: u64 = 30;

/// Entries an extension may be given to – those not handed in, or still with their author or unit – by code, title or
/// author, diacritics aside; without content.
pub async fn candidates(db: &impl ConnectionTrait, contest: ContestId, text: &str) -> Result<Vec<EntryLine>> {
    let open = [
        EntryState::Draft,
        EntryState::ReturnedForSupplement,
        EntryState::SubmittedToUnit,
        EntryState::UnitScreening,
        EntryState::NotSelectedByUnit,
    ];
    let mut select = entry::Entity::find()
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::State.is_in(open.iter().map(word)));
    for word in fold(text).split(' ').filter(|word| !word.is_empty()).take(8) {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = || LikeExpr::new(format!("%{escaped}%")).escape('\\');
        let authors = Query::select()
            .column(entry_author::Column::EntryId)
            .from(entry_author::Entity)
            .and_where(Expr::col(entry_author::Column::SearchKey).like(pattern()))
            .to_owned();
        let column = |column: entry::Column| Expr::col((entry::Entity, column));
        select = select.filter(
            Condition::any()
                .add(column(entry::Column::SearchKey).like(pattern()))
                .add(Expr::expr(sea_orm::sea_query::Func::lower(column(entry::Column::Code))).like(pattern()))
                .add(entry::Column::Id.in_subquery(authors)),
        );
    }
    let page = select
        .order_by_desc(entry::Column::UpdatedAt)
        .order_by_asc(entry::Column::Id)
        .limit(FOUND_MAX);
    crate::entry::lines(db, page).await
}

fn of(contest: ContestId, entry: Option<EntryId>, unit: Option<UnitId>) -> Condition {
    let same = Condition::all().add(table::Column::ContestId.eq(contest.uuid()));
    match (entry, unit) {
        (Some(entry), _) => same.add(table::Column::EntryId.eq(entry.uuid())),
        (None, Some(unit)) => same.add(table::Column::UnitId.eq(unit.uuid())),
        // one for nobody is in the way of none
        (None, None) => same.add(Expr::value(false)),
    }
}

fn read(row: table::Model) -> Extension {
    Extension {
        id: ExtensionId(row.id),
        contest: ContestId(row.contest_id),
        entry: row.entry_id.map(EntryId),
        unit: row.unit_id.map(UnitId),
        until: row.until,
        reason: row.reason,
        given_by: UserId(row.given_by),
        given_at: row.given_at,
        ended_at: row.ended_at,
    }
}
