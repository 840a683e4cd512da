//! Seats on juries.

use rules::event::SeatLabel;
use rules::id::{RoundId, UserId};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::seat;
use crate::error::Result;

/// A seat as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    pub id: Uuid,
    pub round: RoundId,
    pub person: UserId,
    /// From 1.
    pub number: u32,
    pub chair: bool,
    pub label: SeatLabel,
    /// When the marking principles were confirmed.
    pub principles_at: Option<Timestamp>,
}

/// A seat to be stored.
#[derive(Clone, Debug)]
pub struct NewSeat {
    pub id: Uuid,
    pub round: RoundId,
    pub person: UserId,
    pub number: u32,
    pub chair: bool,
    pub label: SeatLabel,
}

/// The jury of a round, by seat number.
pub async fn seats(db: &impl ConnectionTrait, round: RoundId) -> Result<Vec<SeatRow>> {
    seats_of(db, [round]).await
}

/// The juries of several rounds, each by seat number.
pub async fn seats_of(
    db: &impl ConnectionTrait,
    rounds: impl IntoIterator<Item = RoundId>,
) -> Result<Vec<SeatRow>> {
    let rounds: Vec<_> = rounds.into_iter().map(RoundId::uuid).collect();
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    let rows = seat::Entity::find()
        .filter(seat::Column::RoundId.is_in(rounds))
        .order_by_asc(seat::Column::RoundId)
        .order_by_asc(seat::Column::Number)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| SeatRow {
            id: row.id,
            round: RoundId(row.round_id),
            person: UserId(row.person_id),
            number: u32::try_from(row.number).unwrap_or_default(),
            chair: row.chair,
            label: SeatLabel(row.label),
            principles_at: row.principles_at,
        })
        .collect())
}

/// Stores a seat.
///
/// # Errors
/// `Unique` where the person sits on the jury already or the number is taken.
pub async fn insert_seat(db: &impl ConnectionTrait, new: NewSeat) -> Result<()> {
    let row = seat::ActiveModel {
        id: Set(new.id),
        round_id: Set(new.round.uuid()),
        person_id: Set(new.person.uuid()),
        number: Set(i64::from(new.number)),
        chair: Set(new.chair),
        label: Set(new.label.0),
        principles_at: Set(None),
    };
    seat::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Makes a seat the chair's, or takes that back.
pub async fn set_chair(db: &impl ConnectionTrait, id: Uuid, chair: bool) -> Result<()> {
    seat::Entity::update_many()
        .col_expr(seat::Column::Chair, Expr::value(chair))
        .filter(seat::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes a seat.
pub async fn remove_seat(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    seat::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
