//! Order ballots.

use rules::id::{EntryId, RoundId, UserId, Version};
use rules::judging::OrderList;
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::order_ballot;
use crate::error::Result;
use crate::value::{from_json, json, micros};

/// A judge's order of a round's entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub round: RoundId,
    pub person: UserId,
    pub order: OrderList<EntryId>,
    /// Once handed in.
    pub submitted_at: Option<Timestamp>,
    pub version: Version,
    pub saved_at: Timestamp,
}

/// Orders of a round, drafts included.
pub async fn orders(db: &impl ConnectionTrait, round: RoundId) -> Result<Vec<OrderRow>> {
    let found = order_ballot::Entity::find()
        .filter(Expr::col(order_ballot::Column::RoundId).eq(round.uuid()))
        .order_by_asc(order_ballot::Column::PersonId)
        .all(db)
        .await?;
    found.into_iter().map(row).collect()
}

/// One judge's orders in the rounds.
pub async fn orders_of(
    db: &impl ConnectionTrait,
    rounds: &[RoundId],
    person: UserId,
) -> Result<Vec<OrderRow>> {
    let found = order_ballot::Entity::find()
        .filter(Expr::col(order_ballot::Column::RoundId).is_in(rounds.iter().map(|id| id.uuid())))
        .filter(Expr::col(order_ballot::Column::PersonId).eq(person.uuid()))
        .all(db)
        .await?;
    found.into_iter().map(row).collect()
}

/// One judge's order of a round.
pub async fn order_of(db: &impl ConnectionTrait, round: RoundId, person: UserId) -> Result<Option<OrderRow>> {
    Ok(orders_of(db, &[round], person).await?.pop())
}

/// Stores an order, new or not.
pub async fn put_order(db: &impl ConnectionTrait, order: &OrderRow) -> Result<()> {
    let row = order_ballot::ActiveModel {
        round_id: Set(order.round.uuid()),
        person_id: Set(order.person.uuid()),
        tiers: Set(json("order", &order.order)?),
        submitted_at: Set(order.submitted_at.map(micros)),
        version: Set(order.version.0),
        saved_at: Set(micros(order.saved_at)),
    };
    let replace = OnConflict::columns([order_ballot::Column::RoundId, order_ballot::Column::PersonId])
        .update_columns([
            order_ballot::Column::Tiers,
            order_ballot::Column::SubmittedAt,
            order_ballot::Column::Version,
            order_ballot::Column::SavedAt,
        ])
        .to_owned();
    order_ballot::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

fn row(row: order_ballot::Model) -> Result<OrderRow> {
    Ok(OrderRow {
        round: RoundId(row.round_id),
        person: UserId(row.person_id),
        order: from_json("order", row.tiers)?,
        submitted_at: row.submitted_at,
        version: Version(row.version),
        saved_at: row.saved_at,
    })
}
