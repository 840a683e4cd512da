//! What judging changes of a round: opened with everything frozen, scored, locked with its tally.

use rules::id::{ContestId, EntryId, RoundId};
use rules::judging::{RoundState, Rubric, ScoringPolicy, Tally};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::entity::round;
use crate::error::Result;
use crate::value::{json, word};

/// What is fixed when a round opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    pub rubric: Rubric,
    pub policy: ScoringPolicy,
    /// `rules::judging::frozen_hash` of both, hex.
    pub hash: String,
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
pub async fn freeze(db: &impl ConnectionTrait, id: RoundId, state: RoundState, frozen: &Frozen) -> Result<()> {
    round::Entity::update_many()
        .col_expr(round::Column::State, Expr::value(word(&state)))
        .col_expr(round::Column::Rubric, Expr::value(json("round.rubric", &frozen.rubric)?))
        .col_expr(round::Column::Policy, Expr::value(json("round.policy", &frozen.policy)?))
        .col_expr(round::Column::FrozenHash, Expr::value(frozen.hash.clone()))
        .col_expr(round::Column::Version, Expr::col(round::Column::Version).add(1))
        .filter(round::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Moves a round to another state. `desk_changed` raises the version the round desk works from; the first ballot, of
/// which the desk decides nothing, leaves it.
pub async fn set_state(db: &impl ConnectionTrait, id: RoundId, state: RoundState, desk_changed: bool) -> Result<()> {
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
