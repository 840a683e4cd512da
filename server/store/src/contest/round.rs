//! Rounds of a contest.

use rules::id::{ContestId, RoundId, Version};
use rules::judging::{RoundState, Rubric, ScoringPolicy};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::round;
use crate::error::Result;
use crate::value::{from_json, from_word, word};

/// A round as stored.
#[derive(Clone, Debug)]
pub struct RoundRow {
    pub id: RoundId,
    pub contest: ContestId,
    /// From 0.
    pub ordinal: u32,
    pub code: String,
    pub name: String,
    pub state: RoundState,
    /// Frozen at opening.
    pub rubric: Option<Rubric>,
    /// Frozen at opening.
    pub policy: Option<ScoringPolicy>,
    pub frozen_hash: Option<String>,
    /// The locked tally's JSON.
    pub tally: Option<serde_json::Value>,
    pub tally_hash: Option<String>,
    pub version: Version,
}

/// A planned round to be stored.
#[derive(Clone, Debug)]
pub struct NewRound {
    pub id: RoundId,
    pub contest: ContestId,
    pub ordinal: u32,
    pub code: String,
    pub name: String,
}

/// The round with this id.
pub async fn round(db: &impl ConnectionTrait, id: RoundId) -> Result<Option<RoundRow>> {
    round::Entity::find_by_id(id.uuid())
        .one(db)
        .await?
        .map(row_of)
        .transpose()
}

/// The contest a round belongs to.
pub async fn round_of(db: &impl ConnectionTrait, id: RoundId) -> Result<Option<ContestId>> {
    let contest = round::Entity::find_by_id(id.uuid())
        .select_only()
        .column(round::Column::ContestId)
        .into_tuple::<uuid::Uuid>()
        .one(db)
        .await?;
    Ok(contest.map(ContestId))
}

/// The rounds of a contest in order.
pub async fn rounds(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<RoundRow>> {
    rounds_of(db, [contest]).await
}

/// The rounds of several contests, each contest's in order.
pub async fn rounds_of(
    db: &impl ConnectionTrait,
    contests: impl IntoIterator<Item = ContestId>,
) -> Result<Vec<RoundRow>> {
    let contests: Vec<_> = contests.into_iter().map(ContestId::uuid).collect();
    if contests.is_empty() {
        return Ok(Vec::new());
    }
    let rows = round::Entity::find()
        .filter(round::Column::ContestId.is_in(contests))
        .order_by_asc(round::Column::ContestId)
        .order_by_asc(round::Column::Ordinal)
        .all(db)
        .await?;
    rows.into_iter().map(row_of).collect()
}

/// Stores a planned round.
pub async fn insert_round(db: &impl ConnectionTrait, new: NewRound) -> Result<()> {
    let row = round::ActiveModel {
        id: Set(new.id.uuid()),
        contest_id: Set(new.contest.uuid()),
        ordinal: Set(i64::from(new.ordinal)),
        code: Set(new.code),
        name: Set(new.name),
        state: Set(word(&RoundState::Planned)),
        rubric: Set(None),
        policy: Set(None),
        frozen_hash: Set(None),
        tally: Set(None),
        tally_hash: Set(None),
        version: Set(1),
    };
    round::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Gives a planned round another place and name.
pub async fn replan_round(db: &impl ConnectionTrait, id: RoundId, ordinal: u32, name: &str) -> Result<()> {
    round::Entity::update_many()
        .col_expr(round::Column::Ordinal, Expr::value(i64::from(ordinal)))
        .col_expr(round::Column::Name, Expr::value(name))
        .col_expr(round::Column::Version, Expr::col(round::Column::Version).add(1))
        .filter(round::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes a planned round with its jury.
pub async fn delete_round(db: &impl ConnectionTrait, id: RoundId) -> Result<()> {
    round::Entity::delete_by_id(id.uuid()).exec(db).await?;
    Ok(())
}

fn row_of(row: round::Model) -> Result<RoundRow> {
    Ok(RoundRow {
        id: RoundId(row.id),
        contest: ContestId(row.contest_id),
        ordinal: u32::try_from(row.ordinal).unwrap_or_default(),
        code: row.code,
        name: row.name,
        state: from_word("round.state", &row.state)?,
        rubric: row
            .rubric
            .map(|rubric| from_json("round.rubric", rubric))
            .transpose()?,
        policy: row
            .policy
            .map(|policy| from_json("round.policy", policy))
            .transpose()?,
        frozen_hash: row.frozen_hash,
        tally: row.tally,
        tally_hash: row.tally_hash,
        version: Version(row.version),
    })
}
