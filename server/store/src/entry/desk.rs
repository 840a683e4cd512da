//! Lists and counts of the unit's board and the organiser's eligibility desk. Drafts never submitted are not in them.

use std::collections::BTreeSet;

use rules::entry::EntryState;
use rules::id::{ContestId, EntryId, UnitId};
use rules::text::fold;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, LikeExpr, Order, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

use super::row::{EntryLine, lines};
use crate::entity::{entry, entry_author, unit};
use crate::error::Result;
use crate::value::word;

/// Most words of a search that are looked at.
const WORDS_MAX: usize = 8;

/// What the eligibility desk asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskQuery<'a> {
    pub contest: ContestId,
    /// Words to be found in title, code, authors or unit, diacritics aside; empty for all.
    pub text: &'a str,
    pub states: &'a [EntryState],
    pub category: Option<&'a str>,
    pub offset: u64,
    pub limit: u64,
}

/// Entries submitted from the given units, in the order they came in.
pub async fn on_board(
    db: &impl ConnectionTrait,
    contest: ContestId,
    units: &[UnitId],
) -> Result<Vec<EntryLine>> {
    let query = submitted(contest)
        .filter(entry::Column::UnitId.is_in(units.iter().map(|unit| unit.uuid())))
        .order_by_asc(entry::Column::SubmittedAt)
        .order_by_asc(entry::Column::Code);
    lines(db, query).await
}

/// Drafts begun in the given units and not submitted yet; how many only.
pub async fn drafts_in(db: &impl ConnectionTrait, contest: ContestId, units: &[UnitId]) -> Result<u64> {
    Ok(entry::Entity::find()
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::State.eq(word(&EntryState::Draft)))
        .filter(entry::Column::UnitId.is_in(units.iter().map(|unit| unit.uuid())))
        .count(db)
        .await?)
}

/// A page of the eligibility desk in order of the codes, and how many there are in all.
pub async fn desk_page(db: &impl ConnectionTrait, query: &DeskQuery<'_>) -> Result<(Vec<EntryLine>, u64)> {
    let mut select =
        submitted(query.contest).filter(entry::Column::State.is_in(query.states.iter().map(word)));
    if let Some(category) = query.category {
        select = select.filter(entry::Column::CategoryCode.eq(category));
    }
    for word in fold(query.text)
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
    {
        select = select.filter(holds(word));
    }
    let total = select.clone().count(db).await?;
    let page = select
        .order_by_asc(entry::Column::Code)
        .order_by_asc(entry::Column::Id)
        .offset(query.offset)
        .limit(query.limit);
    Ok((lines(db, page).await?, total))
}

/// The highest code given out in the contest. Codes count up with three digits or more, so a longer one is higher.
pub async fn last_code(db: &impl ConnectionTrait, contest: ContestId) -> Result<Option<String>> {
    let code = entry::Entity::find()
        .select_only()
        .column(entry::Column::Code)
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::Code.is_not_null())
        .order_by(Func::char_length(Expr::col(entry::Column::Code)), Order::Desc)
        .order_by_desc(entry::Column::Code)
        .limit(1)
        .into_tuple::<String>()
        .one(db)
        .await?;
    Ok(code)
}

/// Accepted entries, by id, each with its blind code where it has one.
pub async fn accepted(
    db: &impl ConnectionTrait,
    contest: ContestId,
) -> Result<Vec<(EntryId, Option<String>)>> {
    let rows = submitted(contest)
        .select_only()
        .columns([entry::Column::Id, entry::Column::BlindCode])
        .filter(entry::Column::State.eq(word(&EntryState::Accepted)))
        .order_by_asc(entry::Column::Id)
        .into_tuple::<(Uuid, Option<String>)>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, code)| (EntryId(id), code)).collect())
}

/// Every blind code given out in the contest, whatever became of its entry.
pub async fn blind_codes(db: &impl ConnectionTrait, contest: ContestId) -> Result<BTreeSet<String>> {
    let codes = entry::Entity::find()
        .select_only()
        .column(entry::Column::BlindCode)
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::BlindCode.is_not_null())
        .into_tuple::<String>()
        .all(db)
        .await?;
    Ok(codes.into_iter().collect())
}

/// Writes blind codes, all in one statement. Looking at an entry with the old version is no conflict: nobody edits codes.
pub async fn assign_blind_codes(db: &impl ConnectionTrait, codes: &[(EntryId, String)]) -> Result<()> {
    if codes.is_empty() {
        return Ok(());
    }
    let assigned = codes.iter().fold(CaseStatement::new(), |case, (id, code)| {
        case.case(Expr::col(entry::Column::Id).eq(id.uuid()), code.as_str())
    });
    entry::Entity::update_many()
        .col_expr(entry::Column::BlindCode, assigned.into())
        .filter(entry::Column::Id.is_in(codes.iter().map(|(id, _)| id.uuid())))
        .exec(db)
        .await?;
    Ok(())
}

fn submitted(contest: ContestId) -> Select<entry::Entity> {
    entry::Entity::find()
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::Revision.gt(0))
}

/// Whether a folded word occurs in title, code, an author's name or the unit's name.
fn holds(folded: &str) -> Condition {
    let pattern = || {
        let escaped = folded
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        LikeExpr::new(format!("%{escaped}%")).escape('\\')
    };
    let authors = Query::select()
        .column(entry_author::Column::EntryId)
        .from(entry_author::Entity)
        .and_where(Expr::col(entry_author::Column::SearchKey).like(pattern()))
        .to_owned();
    let units = Query::select()
        .column(unit::Column::Id)
        .from(unit::Entity)
        .and_where(Expr::col(unit::Column::SearchKey).like(pattern()))
        .to_owned();
    let column = |column: entry::Column| Expr::col((entry::Entity, column));
    Condition::any()
        .add(column(entry::Column::SearchKey).like(pattern()))
        .add(Expr::expr(Func::lower(column(entry::Column::Code))).like(pattern()))
        .add(entry::Column::Id.in_subquery(authors))
        .add(entry::Column::UnitId.in_subquery(units))
}
