//! Proposed and given prizes, the decision, and what a result line shows.

use rules::contest::SignedDocument;
use rules::entry::EntryState;
use rules::id::{ContestId, DocumentId, EntryId, UnitId, UserId};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{award, decision, entry, event, unit};
use crate::error::Result;
use crate::value::{micros, word};

/// A prize, proposed or given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardRow {
    pub entry: EntryId,
    pub tier: String,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    pub contest: ContestId,
    pub document: SignedDocument,
    pub file: Option<DocumentId>,
    pub recorded_at: Timestamp,
    pub recorded_by: UserId,
}

/// An entry on a result line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultEntry {
    pub entry: EntryId,
    pub code: String,
    pub title: String,
    pub unit: Option<UnitId>,
    pub unit_name: Option<String>,
    pub fictional: bool,
}

/// Prizes of a contest, best first.
pub async fn awards(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<AwardRow>> {
    let found = award::Entity::find()
        .filter(Expr::col(award::Column::ContestId).eq(contest.uuid()))
        .order_by_asc(award::Column::Ordinal)
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|row| AwardRow {
            entry: EntryId(row.entry_id),
            tier: row.tier_code,
        })
        .collect())
}

/// Replaces the proposed prizes of a contest, best first.
pub async fn propose(db: &impl ConnectionTrait, contest: ContestId, awards: &[AwardRow]) -> Result<()> {
    award::Entity::delete_many()
        .filter(Expr::col(award::Column::ContestId).eq(contest.uuid()))
        .exec(db)
        .await?;
    if !awards.is_empty() {
        let rows = (1..).zip(awards).map(|(ordinal, new)| award::ActiveModel {
            contest_id: Set(contest.uuid()),
            entry_id: Set(new.entry.uuid()),
            tier_code: Set(new.tier.clone()),
            ordinal: Set(ordinal),
        });
        award::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Gives entries their prizes for good.
pub async fn give(db: &impl ConnectionTrait, awards: &[AwardRow]) -> Result<()> {
    // as many updates as the contest has tiers, not as it has prizes
    let mut tiers: Vec<&str> = awards.iter().map(|award| award.tier.as_str()).collect();
    tiers.dedup();
    for tier in tiers {
        let winners = awards
            .iter()
            .filter(|award| award.tier == tier)
            .map(|award| award.entry.uuid());
        entry::Entity::update_many()
            .col_expr(entry::Column::State, Expr::value(word(&EntryState::Awarded)))
            .col_expr(entry::Column::PrizeCode, Expr::value(tier))
            .col_expr(entry::Column::Version, Expr::col(entry::Column::Version).add(1))
            .filter(Expr::col(entry::Column::Id).is_in(winners))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// The decision of a contest.
pub async fn decision(db: &impl ConnectionTrait, contest: ContestId) -> Result<Option<DecisionRow>> {
    let found = decision::Entity::find_by_id(contest.uuid()).one(db).await?;
    Ok(found.map(|row| DecisionRow {
        contest: ContestId(row.contest_id),
        document: SignedDocument {
            number: row.number,
            symbol: row.symbol,
            issued_on: Some(row.issued_on),
            signer: row.signer,
            signer_position: row.signer_position,
        },
        file: row.file_id.map(DocumentId),
        recorded_at: row.recorded_at,
        recorded_by: UserId(row.recorded_by),
    }))
}

/// Records the decision; a contest has one. A document without its date is not recorded: `false`.
pub async fn add_decision(db: &impl ConnectionTrait, new: &DecisionRow) -> Result<bool> {
    let Some(issued_on) = new.document.issued_on else {
        return Ok(false);
    };
    let row = decision::ActiveModel {
        contest_id: Set(new.contest.uuid()),
        number: Set(new.document.number.clone()),
        symbol: Set(new.document.symbol.clone()),
        issued_on: Set(issued_on),
        signer: Set(new.document.signer.clone()),
        signer_position: Set(new.document.signer_position.clone()),
        file_id: Set(new.file.map(DocumentId::uuid)),
        recorded_at: Set(micros(new.recorded_at)),
        recorded_by: Set(new.recorded_by.uuid()),
    };
    decision::Entity::insert(row).exec_without_returning(db).await?;
    Ok(true)
}

/// What result lines show of the entries.
pub async fn result_entries(db: &impl ConnectionTrait, ids: &[EntryId]) -> Result<Vec<ResultEntry>> {
    type Columns = (Uuid, Option<String>, String, Option<Uuid>, bool);
    let found = entry::Entity::find()
        .select_only()
        .columns([
            entry::Column::Id,
            entry::Column::Code,
            entry::Column::Title,
            entry::Column::UnitId,
            entry::Column::Fictional,
        ])
        .filter(Expr::col(entry::Column::Id).is_in(ids.iter().map(|id| id.uuid())))
        .into_tuple::<Columns>()
        .all(db)
        .await?;
    let names: Vec<(Uuid, String)> = unit::Entity::find()
        .select_only()
        .columns([unit::Column::Id, unit::Column::Name])
        .filter(Expr::col(unit::Column::Id).is_in(found.iter().filter_map(|row| row.3)))
        .into_tuple()
        .all(db)
        .await?;
    let line = |(id, code, title, unit, fictional): Columns| ResultEntry {
        entry: EntryId(id),
        code: code.unwrap_or_default(),
        title,
        unit: unit.map(UnitId),
        unit_name: unit.and_then(|unit| {
            names
                .iter()
                .find(|name| name.0 == unit)
                .map(|name| name.1.clone())
        }),
        fictional,
    };
    Ok(found.into_iter().map(line).collect())
}

/// When the last event of a kind was recorded in a contest.
pub async fn last_event_at(
    db: &impl ConnectionTrait,
    contest: ContestId,
    kind: &str,
) -> Result<Option<Timestamp>> {
    let found = event::Entity::find()
        .select_only()
        .column(event::Column::At)
        .filter(Expr::col(event::Column::ContestId).eq(contest.uuid()))
        .filter(Expr::col(event::Column::Kind).eq(kind))
        .order_by_desc(event::Column::Seq)
        .limit(1)
        .into_tuple::<Timestamp>()
        .one(db)
        .await?;
    Ok(found)
}

/// Entries of a contest in one of the states.
pub async fn entries_in(
    db: &impl ConnectionTrait,
    contest: ContestId,
    states: &[EntryState],
) -> Result<Vec<EntryId>> {
    let found = entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(Expr::col(entry::Column::ContestId).eq(contest.uuid()))
        .filter(Expr::col(entry::Column::State).is_in(states.iter().map(word)))
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(found.into_iter().map(EntryId).collect())
}

/// Entries received, and units they came from.
pub async fn received(db: &impl ConnectionTrait, contest: ContestId) -> Result<(u64, u64)> {
    let taken = || {
        entry::Entity::find()
            .filter(Expr::col(entry::Column::ContestId).eq(contest.uuid()))
            .filter(
                Expr::col(entry::Column::State)
                    .is_not_in([word(&EntryState::Draft), word(&EntryState::Withdrawn)]),
            )
    };
    let entries = taken().count(db).await?;
    let units = taken()
        .select_only()
        .column(entry::Column::UnitId)
        .filter(Expr::col(entry::Column::UnitId).is_not_null())
        .distinct()
        .count(db)
        .await?;
    Ok((entries, units))
}
