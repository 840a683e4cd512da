//! Seats of juries, with the people on them.

use std::collections::BTreeMap;

use rules::event::SeatLabel;
use rules::id::{RoundId, UnitId, UserId};
use rules::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{person, seat};
use crate::error::Result;
use crate::value::micros;

/// A judge on a seat: the seat with what is known of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Juror {
    pub round: RoundId,
    pub person: UserId,
    /// From 1.
    pub number: u32,
    pub chair: bool,
    pub label: SeatLabel,
    pub principles_at: Option<Timestamp>,
    pub full_name: String,
    pub unit: Option<UnitId>,
}

/// Juries of the rounds, by round and number.
pub async fn jurors(db: &impl ConnectionTrait, rounds: &[RoundId]) -> Result<Vec<Juror>> {
    let found = seat::Entity::find()
        .filter(Expr::col(seat::Column::RoundId).is_in(rounds.iter().map(|id| id.uuid())))
        .order_by_asc(seat::Column::RoundId)
        .order_by_asc(seat::Column::Number)
        .all(db)
        .await?;
    with_people(db, found).await
}

/// A person's seats.
pub async fn seats_of_person(db: &impl ConnectionTrait, person: UserId) -> Result<Vec<Juror>> {
    let found = seat::Entity::find()
        .filter(Expr::col(seat::Column::PersonId).eq(person.uuid()))
        .order_by_asc(seat::Column::RoundId)
        .all(db)
        .await?;
    with_people(db, found).await
}

/// Notes that a judge confirmed the principles. The first confirmation stays.
pub async fn confirm_principles(
    db: &impl ConnectionTrait,
    round: RoundId,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    seat::Entity::update_many()
        .col_expr(seat::Column::PrinciplesAt, Expr::value(micros(at)))
        .filter(Expr::col(seat::Column::RoundId).eq(round.uuid()))
        .filter(Expr::col(seat::Column::PersonId).eq(person.uuid()))
        .filter(Expr::col(seat::Column::PrinciplesAt).is_null())
        .exec(db)
        .await?;
    Ok(())
}

async fn with_people(db: &impl ConnectionTrait, seats: Vec<seat::Model>) -> Result<Vec<Juror>> {
    let people: BTreeMap<Uuid, (String, Option<Uuid>)> = person::Entity::find()
        .select_only()
        .columns([
            person::Column::Id,
            person::Column::FullName,
            person::Column::UnitId,
        ])
        .filter(Expr::col(person::Column::Id).is_in(seats.iter().map(|seat| seat.person_id)))
        .into_tuple::<(Uuid, String, Option<Uuid>)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, name, unit)| (id, (name, unit)))
        .collect();
    let with_person = |seat: seat::Model| {
        let (full_name, unit) = people.get(&seat.person_id).cloned().unwrap_or_default();
        Juror {
            round: RoundId(seat.round_id),
            person: UserId(seat.person_id),
            number: u32::try_from(seat.number).unwrap_or_default(),
            chair: seat.chair,
            label: SeatLabel(seat.label),
            principles_at: seat.principles_at,
            full_name,
            unit: unit.map(UnitId),
        }
    };
    Ok(seats.into_iter().map(with_person).collect())
}
