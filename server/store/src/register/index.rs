//! What entries are found by: search terms, and fingerprints of their texts.

use std::collections::BTreeSet;

use rules::contest::ContestPhase;
use rules::id::{ContestId, EntryId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, OnConflict, Order, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::entity::{contest, entry, entry_index, entry_print, entry_term};
use crate::error::Result;
use crate::value::word;

/// Rows of one insert, well below what both engines bind.
const CHUNK: usize = 500;
/// Fingerprints in common that are looked at when candidates are sought.
const MEETINGS_MAX: u64 = 20_000;

/// An entry that shares fingerprints with another.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Candidate {
    pub entry_id: Uuid,
    pub meetings: i64,
}

/// Replaces what an entry is found by.
pub async fn index_entry(
    db: &impl ConnectionTrait,
    contest: ContestId,
    id: EntryId,
    revision: i64,
    terms: BTreeSet<String>,
    prints: Vec<i64>,
) -> Result<()> {
    if revision > 1 {
        // the first submission has nothing to replace
        entry_term::Entity::delete_many()
            .filter(entry_term::Column::EntryId.eq(id.uuid()))
            .exec(db)
            .await?;
        entry_print::Entity::delete_many()
            .filter(entry_print::Column::EntryId.eq(id.uuid()))
            .exec(db)
            .await?;
    }
    let terms: Vec<_> = terms
        .into_iter()
        .map(|term| entry_term::ActiveModel {
            contest_id: Set(contest.uuid()),
            term: Set(term),
            entry_id: Set(id.uuid()),
        })
        .collect();
    for some in terms.chunks(CHUNK) {
        entry_term::Entity::insert_many(some.to_vec())
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
    }
    if !prints.is_empty() {
        let prints = prints.into_iter().map(|print| entry_print::ActiveModel {
            print: Set(print),
            entry_id: Set(id.uuid()),
        });
        entry_print::Entity::insert_many(prints)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
    }
    let row = entry_index::ActiveModel {
        entry_id: Set(id.uuid()),
        contest_id: Set(contest.uuid()),
        revision: Set(revision),
    };
    entry_index::Entity::insert(row)
        .on_conflict(
            OnConflict::column(entry_index::Column::EntryId)
                .update_column(entry_index::Column::Revision)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Entries of the contest and of published ones: those that may be compared.
fn comparable(contest: ContestId) -> Condition {
    let published = Query::select()
        .column(contest::Column::Id)
        .from(contest::Entity)
        .and_where(Expr::col(contest::Column::Phase).eq(word(&ContestPhase::Published)))
        .to_owned();
    Condition::any()
        .add(Expr::col((entry::Entity, entry::Column::ContestId)).eq(contest.uuid()))
        .add(Expr::col((entry::Entity, entry::Column::ContestId)).in_subquery(published))
}

/// Submitted entries of the contest and of published ones whose last submission is not indexed: those of before there
/// was an index. At most `limit`.
pub async fn unindexed(db: &impl ConnectionTrait, contest: ContestId, limit: u64) -> Result<Vec<EntryId>> {
    let known = Query::select()
        .column((entry_index::Entity, entry_index::Column::EntryId))
        .from(entry_index::Entity)
        .and_where(
            Expr::col((entry_index::Entity, entry_index::Column::EntryId))
                .equals((entry::Entity, entry::Column::Id)),
        )
        .and_where(
            Expr::col((entry_index::Entity, entry_index::Column::Revision))
                .equals((entry::Entity, entry::Column::Revision)),
        )
        .to_owned();
    let ids = entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(comparable(contest))
        .filter(entry::Column::Revision.gt(0))
        .filter(Expr::exists(known).not())
        .order_by_asc(entry::Column::Id)
        .limit(limit)
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(EntryId).collect())
}

/// Entries of the same contest and of published ones that share the most fingerprints, most first; at most `limit`.
pub async fn candidates(
    db: &impl ConnectionTrait,
    contest: ContestId,
    id: EntryId,
    prints: &[i64],
    limit: u64,
) -> Result<Vec<Candidate>> {
    if prints.is_empty() {
        return Ok(Vec::new());
    }
    let met = Alias::new("met");
    let entries = Query::select()
        .column(entry::Column::Id)
        .from(entry::Entity)
        .and_where(Expr::col(entry::Column::Revision).gt(0))
        .cond_where(comparable(contest))
        .to_owned();
    let meetings = Query::select()
        .column(entry_print::Column::EntryId)
        .from(entry_print::Entity)
        .and_where(Expr::col(entry_print::Column::Print).is_in(prints.iter().copied()))
        .and_where(Expr::col(entry_print::Column::EntryId).ne(id.uuid()))
        .and_where(Expr::col(entry_print::Column::EntryId).in_subquery(entries))
        .limit(MEETINGS_MAX)
        .to_owned();
    let count = Alias::new("meetings");
    let query = Query::select()
        .column(Alias::new("entry_id"))
        .expr_as(Func::count(Expr::col(Alias::new("entry_id"))), count.clone())
        .from_subquery(meetings, met)
        .group_by_col(Alias::new("entry_id"))
        .order_by(count, Order::Desc)
        .order_by(Alias::new("entry_id"), Order::Asc)
        .limit(limit)
        .to_owned();
    let statement = db.get_database_backend().build(&query);
    Ok(Candidate::find_by_statement(statement).all(db).await?)
}
