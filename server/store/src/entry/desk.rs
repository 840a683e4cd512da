//! Lists and counts of the unit's board and the organiser's eligibility desk. Drafts never submitted are not in them.

use std::collections::BTreeSet;

use rules::entry::{AttachmentKind, EntryState};
use rules::id::{ContestId, EntryId, UnitId, Version};
use rules::register::{CheckStanding, SearchTerm};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::row::{EntryLine, lines};
use crate::entity::{attachment, entry, entry_check, entry_registration, entry_revision_file, entry_term};
use crate::error::Result;
use crate::value::word;

/// What the eligibility desk asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskQuery<'a> {
    pub contest: ContestId,
    /// Terms the entry must be found by, all of them.
    pub terms: &'a [SearchTerm],
    pub states: &'a [EntryState],
    pub category: Option<&'a str>,
    /// Units the entry comes from; empty for all.
    pub units: &'a [UnitId],
    /// With or without picture, video or software.
    pub medium: Option<bool>,
    /// Registered after its deadline (true) or taken in time (false).
    pub late: Option<bool>,
    /// With such a check of the last submission by the checklist of that version; `None` inside for no such check.
    pub check: Option<(Option<CheckStanding>, Version)>,
    /// Registered by a desk (true) or submitted by the author (false).
    pub registered: Option<bool>,
    pub offset: u64,
    pub limit: u64,
}

impl<'a> DeskQuery<'a> {
    /// Every entry of a contest in these states, whatever else it is.
    pub fn of_states(contest: ContestId, states: &'a [EntryState], offset: u64, limit: u64) -> Self {
        Self {
            contest,
            terms: &[],
            states,
            category: None,
            units: &[],
            medium: None,
            late: None,
            check: None,
            registered: None,
            offset,
            limit,
        }
    }
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
    if !query.units.is_empty() {
        select = select.filter(entry::Column::UnitId.is_in(query.units.iter().map(|unit| unit.uuid())));
    }
    if let Some(wanted) = query.medium {
        select = select.filter(is(wanted, Expr::exists(media())));
    }
    let registrations = || {
        Query::select()
            .column(entry_registration::Column::EntryId)
            .from(entry_registration::Entity)
            .and_where(Expr::col(entry_registration::Column::ContestId).eq(query.contest.uuid()))
            .to_owned()
    };
    if let Some(wanted) = query.late {
        let late = registrations()
            .and_where(Expr::col(entry_registration::Column::LateReason).is_not_null())
            .to_owned();
        select = select.filter(is(
            wanted,
            Expr::col((entry::Entity, entry::Column::Id)).in_subquery(late),
        ));
    }
    if let Some(wanted) = query.registered {
        let registered = registrations();
        select = select.filter(is(
            wanted,
            Expr::col((entry::Entity, entry::Column::Id)).in_subquery(registered),
        ));
    }
    if let Some((standing, version)) = query.check {
        let found = Expr::exists(checked(standing, version));
        select = select.filter(is(standing.is_some(), found));
    }
    for term in query.terms {
        select = select.filter(holds(query.contest, term));
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

/// The condition, or its opposite.
fn is(wanted: bool, condition: Expr) -> Expr {
    if wanted { condition } else { condition.not() }
}

/// Whether the entry is found by the term.
fn holds(contest: ContestId, term: &SearchTerm) -> Expr {
    let column = || Expr::col(entry_term::Column::Term);
    let mut found = Query::select();
    found
        .column(entry_term::Column::EntryId)
        .from(entry_term::Entity)
        .and_where(Expr::col(entry_term::Column::ContestId).eq(contest.uuid()));
    match term {
        SearchTerm::Exact(term) => found.and_where(column().eq(term.as_str())),
        // a range of the index, which both engines order byte by byte
        SearchTerm::Prefix(start) => found
            .and_where(column().gte(start.as_str()))
            .and_where(column().lt(format!("{start}{}", char::MAX))),
    };
    Expr::col((entry::Entity, entry::Column::Id)).in_subquery(found)
}

/// The media of the entry at hand that were handed in.
fn media() -> SelectStatement {
    let column = |column| Expr::col((attachment::Entity, column));
    let kinds = AttachmentKind::ALL.into_iter().filter(|kind| kind.is_medium());
    Query::select()
        .column((attachment::Entity, attachment::Column::Id))
        .from(attachment::Entity)
        .inner_join(
            entry_revision_file::Entity,
            Expr::col((
                entry_revision_file::Entity,
                entry_revision_file::Column::AttachmentId,
            ))
            .equals((attachment::Entity, attachment::Column::Id)),
        )
        .and_where(column(attachment::Column::EntryId).equals((entry::Entity, entry::Column::Id)))
        .and_where(
            Expr::col((entry_revision_file::Entity, entry_revision_file::Column::Revision))
                .equals((entry::Entity, entry::Column::Revision)),
        )
        .and_where(column(attachment::Column::Kind).is_in(kinds.map(|kind| word(&kind))))
        .to_owned()
}

/// The check of the entry at hand, made of its last submission by the checklist of that version.
fn checked(standing: Option<CheckStanding>, version: Version) -> SelectStatement {
    let column = |column| Expr::col((entry_check::Entity, column));
    let mut check = Query::select();
    check
        .column((entry_check::Entity, entry_check::Column::EntryId))
        .from(entry_check::Entity)
        .and_where(column(entry_check::Column::EntryId).equals((entry::Entity, entry::Column::Id)))
        .and_where(column(entry_check::Column::Revision).equals((entry::Entity, entry::Column::Revision)))
        .and_where(column(entry_check::Column::ChecklistVersion).eq(version.0));
    if let Some(standing) = standing {
        check.and_where(column(entry_check::Column::Standing).eq(word(&standing)));
    }
    check.to_owned()
}
