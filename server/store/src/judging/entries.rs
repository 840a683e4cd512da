//! Entries in rounds: who comes in, under which label, and what becomes of them.

use std::collections::BTreeMap;

use rules::entry::EntryState;
use rules::event::EntryLabel;
use rules::id::{ContestId, EntryId, RoundId, UnitId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entity::{entry, round_entry};
use crate::error::Result;
use crate::value::{from_word, word};

/// What a locked round made of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Advanced,
    Eliminated,
    Ranked,
}

/// An entry that may come into a first round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub entry: EntryId,
    pub code: Option<String>,
    pub blind_code: Option<String>,
    pub state: EntryState,
}

/// An entry in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundEntryRow {
    pub round: RoundId,
    pub entry: EntryId,
    pub label: EntryLabel,
    pub outcome: Option<Outcome>,
    /// Order in queues.
    pub position: i64,
    pub state: EntryState,
    pub code: String,
    pub title: String,
    pub category: Option<String>,
    pub unit: Option<UnitId>,
    pub fictional: bool,
}

/// A contest's submitted entries, by code.
pub async fn candidates(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<Candidate>> {
    let found = entry::Entity::find()
        .select_only()
        .columns([
            entry::Column::Id,
            entry::Column::Code,
            entry::Column::BlindCode,
            entry::Column::State,
        ])
        .filter(Expr::col(entry::Column::ContestId).eq(contest.uuid()))
        .filter(Expr::col(entry::Column::Code).is_not_null())
        .order_by_asc(entry::Column::Code)
        .into_tuple::<(Uuid, Option<String>, Option<String>, String)>()
        .all(db)
        .await?;
    found
        .into_iter()
        .map(|(id, code, blind_code, state)| {
            Ok(Candidate {
                entry: EntryId(id),
                code,
                blind_code,
                state: from_word("entry state", &state)?,
            })
        })
        .collect()
}

/// Entries of the rounds, by round and place in the queue.
pub async fn round_entries(db: &impl ConnectionTrait, rounds: &[RoundId]) -> Result<Vec<RoundEntryRow>> {
    round_entries_where(db, rounds, None).await
}

/// As [`round_entries`], of one label only where `label` is given.
pub async fn round_entries_where(
    db: &impl ConnectionTrait,
    rounds: &[RoundId],
    label: Option<&EntryLabel>,
) -> Result<Vec<RoundEntryRow>> {
    let mut query = round_entry::Entity::find()
        .filter(Expr::col(round_entry::Column::RoundId).is_in(rounds.iter().map(|id| id.uuid())));
    if let Some(label) = label {
        query = query.filter(Expr::col(round_entry::Column::Label).eq(label.0.clone()));
    }
    let found = query
        .order_by_asc(round_entry::Column::RoundId)
        .order_by_asc(round_entry::Column::Position)
        .all(db)
        .await?;
    type Columns = (
        Uuid,
        String,
        Option<String>,
        String,
        Option<String>,
        Option<Uuid>,
        bool,
    );
    let entries: BTreeMap<Uuid, Columns> = entry::Entity::find()
        .select_only()
        .columns([
            entry::Column::Id,
            entry::Column::State,
            entry::Column::Code,
            entry::Column::Title,
            entry::Column::CategoryCode,
            entry::Column::UnitId,
            entry::Column::Fictional,
        ])
        .filter(Expr::col(entry::Column::Id).is_in(found.iter().map(|row| row.entry_id)))
        .into_tuple::<Columns>()
        .all(db)
        .await?
        .into_iter()
        .map(|columns| (columns.0, columns))
        .collect();
    found
        .into_iter()
        .filter_map(|row| entries.get(&row.entry_id).cloned().map(|columns| (row, columns)))
        .map(|(row, (id, state, code, title, category, unit, fictional))| {
            Ok(RoundEntryRow {
                round: RoundId(row.round_id),
                entry: EntryId(id),
                label: EntryLabel(row.label),
                outcome: row
                    .outcome
                    .map(|outcome| from_word("outcome", &outcome))
                    .transpose()?,
                position: row.position,
                state: from_word("entry state", &state)?,
                code: code.unwrap_or_default(),
                title,
                category,
                unit: unit.map(UnitId),
                fictional,
            })
        })
        .collect()
}

/// Entries of a round and what they are called in it, in the order of the queue.
pub async fn labels(db: &impl ConnectionTrait, round: RoundId) -> Result<Vec<(EntryId, EntryLabel)>> {
    let found = round_entry::Entity::find()
        .filter(Expr::col(round_entry::Column::RoundId).eq(round.uuid()))
        .order_by_asc(round_entry::Column::Position)
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|row| (EntryId(row.entry_id), EntryLabel(row.label)))
        .collect())
}

/// Brings entries into a round, in the order given.
pub async fn add_round_entries(
    db: &impl ConnectionTrait,
    round: RoundId,
    entries: &[(EntryId, EntryLabel)],
) -> Result<()> {
    let rows = (1..)
        .zip(entries)
        .map(|(position, (entry, label))| round_entry::ActiveModel {
            round_id: Set(round.uuid()),
            entry_id: Set(entry.uuid()),
            label: Set(label.0.clone()),
            outcome: Set(None),
            position: Set(position),
        });
    round_entry::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Notes what a round made of some of its entries.
pub async fn set_outcomes(
    db: &impl ConnectionTrait,
    round: RoundId,
    entries: &[EntryId],
    outcome: Outcome,
) -> Result<()> {
    round_entry::Entity::update_many()
        .col_expr(round_entry::Column::Outcome, Expr::value(word(&outcome)))
        .filter(Expr::col(round_entry::Column::RoundId).eq(round.uuid()))
        .filter(Expr::col(round_entry::Column::EntryId).is_in(entries.iter().map(|id| id.uuid())))
        .exec(db)
        .await?;
    Ok(())
}

/// Moves entries to a state. Their versions stay: authors and units see those, and would read from them who advanced.
/// Nothing is lost, as the contest's lock is held and none of these states can be edited.
pub async fn set_entry_states(
    db: &impl ConnectionTrait,
    entries: &[EntryId],
    state: EntryState,
) -> Result<()> {
    entry::Entity::update_many()
        .col_expr(entry::Column::State, Expr::value(word(&state)))
        .filter(Expr::col(entry::Column::Id).is_in(entries.iter().map(|id| id.uuid())))
        .exec(db)
        .await?;
    Ok(())
}
