//! Deliberations of deviations, and the chair's decisions on equal entries.

use rules::id::{DeliberationId, EntryId, RoundId, UserId};
use rules::judging::ChairDecision;
use rules::points::Points;
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::{deliberation, tie_decision};
use crate::error::Result;
use crate::value::{from_json, json, micros};

/// A recorded discussion (hội ý).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliberationRow {
    pub id: DeliberationId,
    pub round: RoundId,
    pub entry: EntryId,
    pub open: bool,
    /// Spread of totals that opened it.
    pub spread: Points,
    /// Whether points changed; `None` while open.
    pub rescored: Option<bool>,
    pub explanation: Option<String>,
    /// Judges whose scorecards were reopened.
    pub reopened: Vec<UserId>,
    pub opened_at: Timestamp,
}

/// A decision of the chair, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieRow {
    pub id: Uuid,
    pub round: RoundId,
    /// From 1, in the order taken.
    pub position: i64,
    pub decision: ChairDecision<EntryId>,
    pub by: UserId,
    pub at: Timestamp,
}

/// Deliberations of a round, oldest first.
pub async fn deliberations(db: &impl ConnectionTrait, round: RoundId) -> Result<Vec<DeliberationRow>> {
    let found = deliberation::Entity::find()
        .filter(Expr::col(deliberation::Column::RoundId).eq(round.uuid()))
        .order_by_asc(deliberation::Column::OpenedAt)
        .order_by_asc(deliberation::Column::Id)
        .all(db)
        .await?;
    let row = |row: deliberation::Model| {
        Ok(DeliberationRow {
            id: DeliberationId(row.id),
            round: RoundId(row.round_id),
            entry: EntryId(row.entry_id),
            open: row.state == OPEN,
            spread: Points(row.spread),
            rescored: row.rescored,
            explanation: row.explanation,
            reopened: from_json("reopened judges", row.reopened)?,
            opened_at: row.opened_at,
        })
    };
    found.into_iter().map(row).collect()
}

/// Opens a deliberation.
pub async fn add_deliberation(db: &impl ConnectionTrait, new: &DeliberationRow) -> Result<()> {
    let row = deliberation::ActiveModel {
        id: Set(new.id.uuid()),
        round_id: Set(new.round.uuid()),
        entry_id: Set(new.entry.uuid()),
        state: Set(OPEN.to_owned()),
        spread: Set(new.spread.hundredths()),
        rescored: Set(None),
        explanation: Set(None),
        reopened: Set(json("reopened judges", &new.reopened)?),
        opened_at: Set(micros(new.opened_at)),
        closed_at: Set(None),
    };
    deliberation::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Closes a deliberation.
pub async fn close_deliberation(
    db: &impl ConnectionTrait,
    id: DeliberationId,
    rescored: bool,
    explanation: &str,
    at: Timestamp,
) -> Result<()> {
    deliberation::Entity::update_many()
        .col_expr(deliberation::Column::State, Expr::value(CLOSED))
        .col_expr(deliberation::Column::Rescored, Expr::value(rescored))
        .col_expr(deliberation::Column::Explanation, Expr::value(explanation))
        .col_expr(deliberation::Column::ClosedAt, Expr::value(micros(at)))
        .filter(Expr::col(deliberation::Column::Id).eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// The chair's decisions of a round, in the order taken.
pub async fn tie_decisions(db: &impl ConnectionTrait, round: RoundId) -> Result<Vec<TieRow>> {
    let found = tie_decision::Entity::find()
        .filter(Expr::col(tie_decision::Column::RoundId).eq(round.uuid()))
        .order_by_asc(tie_decision::Column::Position)
        .all(db)
        .await?;
    let row = |row: tie_decision::Model| {
        Ok(TieRow {
            id: row.id,
            round: RoundId(row.round_id),
            position: row.position,
            decision: ChairDecision {
                order: from_json("decided order", row.entry_order)?,
                reason: row.reason,
            },
            by: UserId(row.decided_by),
            at: row.decided_at,
        })
    };
    found.into_iter().map(row).collect()
}

/// Records a decision of the chair.
pub async fn add_tie_decision(db: &impl ConnectionTrait, new: &TieRow) -> Result<()> {
    let row = tie_decision::ActiveModel {
        id: Set(new.id),
        round_id: Set(new.round.uuid()),
        position: Set(new.position),
        entry_order: Set(json("decided order", &new.decision.order)?),
        reason: Set(new.decision.reason.clone()),
        decided_by: Set(new.by.uuid()),
        decided_at: Set(micros(new.at)),
    };
    tie_decision::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

const OPEN: &str = "open";
const CLOSED: &str = "closed";
