//! What judging changes of a round: opened with everything frozen, scored, locked with its tally.

use rules::id::{ContestId, EntryId, RoundId};
use rules::judging::{RoundState, Rubric, ScoringPolicy, Tally};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::round;
use crate::error::Result;
use crate::value::{from_json, json, word};

/// What is fixed when a round opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    pub rubric: Rubric,
    pub policy: ScoringPolicy,
    /// `rules::judging::frozen_hash` of both, hex.
    pub hash: String,
}

/// A round and the tally it was locked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundResult {
    pub id: RoundId,
    pub ordinal: u32,
    /// `None` until locked.
    pub tally: Option<Tally<EntryId>>,
}

/// A contest's rounds in order, with their results.
pub async fn rounds_of(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<RoundResult>> {
    let found = round::Entity::find()
        .select_only()
        .columns([round::Column::Id, round::Column::Ordinal, round::Column::Tally])
        .filter(round::Column::ContestId.eq(contest.uuid()))
        .order_by_asc(round::Column::Ordinal)
        .into_tuple::<(Uuid, i64, Option<serde_json::Value>)>()
        .all(db)
        .await?;
    let result = |(id, ordinal, tally): (Uuid, i64, Option<serde_json::Value>)| {
        Ok(RoundResult {
            id: RoundId(id),
            ordinal: u32::try_from(ordinal).unwrap_or_default(),
            tally: tally.map(|tally| from_json("round.tally", tally)).transpose()?,
        })
    };
    found.into_iter().map(result).collect()
}

/// The contests that the rounds belong to, each once.
pub async fn contests_of(db: &impl ConnectionTrait, rounds: &[RoundId]) -> Result<Vec<ContestId>> {
    let found = round::Entity::find()
        .select_only()
        .column(round::Column::ContestId)
        .distinct()
        .filter(round::Column::Id.is_in(rounds.iter().map(|id| id.uuid())))
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(found.into_iter().map(ContestId).collect())
}

/// Opens a round with what is frozen.
pub async fn freeze(
    db: &impl ConnectionTrait,
    id: RoundId,
    state: RoundState,
    frozen: &Frozen,
) -> Result<()> {
    round::Entity::update_many()
        .col_expr(round::Column::State, Expr::value(word(&state)))
        .col_expr(
            round::Column::Rubric,
            Expr::value(json("round.rubric", &frozen.rubric)?),
        )
        .col_expr(
            round::Column::Policy,
            Expr::value(json("round.policy", &frozen.policy)?),
        )
        .col_expr(round::Column::FrozenHash, Expr::value(frozen.hash.clone()))
        .col_expr(round::Column::Version, Expr::col(round::Column::Version).add(1))
        .filter(round::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Moves a round to another state. `desk_changed` raises the version the round desk works from; the first ballot, of
/// which the desk decides nothing, leaves it.
pub async fn set_state(
    db: &impl ConnectionTrait,
    id: RoundId,
    state: RoundState,
    desk_changed: bool,
) -> Result<()> {
    let mut update = round::Entity::update_many()
        .col_expr(round::Column::State, Expr::value(word(&state)))
        .filter(round::Column::Id.eq(id.uuid()));
    if desk_changed {
        update = update.col_expr(round::Column::Version, Expr::col(round::Column::Version).add(1));
    }
    update.exec(db).await?;
    Ok(())
}

/// Locks a round with its tally.
pub async fn lock(db: &impl ConnectionTrait, id: RoundId, tally: &Tally<EntryId>, hash: &str) -> Result<()> {
    round::Entity::update_many()
        .col_expr(round::Column::State, Expr::value(word(&RoundState::Locked)))
        .col_expr(round::Column::Tally, Expr::value(json("round.tally", tally)?))
        .col_expr(round::Column::TallyHash, Expr::value(hash))
        .col_expr(round::Column::Version, Expr::col(round::Column::Version).add(1))
        .filter(round::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}
