//! Forwarding slips. A slip is written once and never changed.

use rules::id::{ContestId, SlipId, UnitId, UserId};
use rules::time::Timestamp;
use rules::unit::Slip;
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entity::forward_slip;
use crate::error::Result;
use crate::value::{from_json, json, micros};

/// Slips of one contest listed at most.
const SLIPS_MAX: u64 = 5_000;

/// A slip as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipRow {
    pub id: SlipId,
    pub contest: ContestId,
    pub unit: UnitId,
    pub slip: Slip,
    /// As written into the ledger, lower-case hex.
    pub hash: String,
    pub forwarded_by: UserId,
}

/// A slip in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipHead {
    pub id: SlipId,
    pub unit: UnitId,
    pub number: u32,
    pub turn: u32,
    pub entries: u32,
    pub reserves: u32,
    pub forwarded_at: Timestamp,
}

/// Stores a slip.
pub async fn insert_slip(db: &impl ConnectionTrait, row: &SlipRow) -> Result<()> {
    let model = forward_slip::ActiveModel {
        id: Set(row.id.uuid()),
        contest_id: Set(row.contest.uuid()),
        unit_id: Set(row.unit.uuid()),
        number: Set(row.slip.number.into()),
        turn: Set(row.slip.turn.into()),
        entries: Set(i64::try_from(row.slip.lines.len()).unwrap_or(i64::MAX)),
        reserves: Set(i64::try_from(row.slip.reserves.len()).unwrap_or(i64::MAX)),
        content: Set(json("slip", &row.slip)?),
        hash: Set(row.hash.clone()),
        forwarded_at: Set(micros(row.slip.forwarded_at)),
        forwarded_by: Set(row.forwarded_by.uuid()),
    };
    forward_slip::Entity::insert(model)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The slip with this id.
pub async fn slip(db: &impl ConnectionTrait, id: SlipId) -> Result<Option<SlipRow>> {
    let row = forward_slip::Entity::find_by_id(id.uuid()).one(db).await?;
    row.map(|row| {
        Ok(SlipRow {
            id: SlipId(row.id),
            contest: ContestId(row.contest_id),
            unit: UnitId(row.unit_id),
            slip: from_json("slip", row.content)?,
            hash: row.hash,
            forwarded_by: UserId(row.forwarded_by),
        })
    })
    .transpose()
}

/// The highest number given to a slip of the contest; 0 before the first.
pub async fn last_number(db: &impl ConnectionTrait, contest: ContestId) -> Result<u32> {
    let number = forward_slip::Entity::find()
        .select_only()
        .column(forward_slip::Column::Number)
        .filter(forward_slip::Column::ContestId.eq(contest.uuid()))
        .order_by_desc(forward_slip::Column::Number)
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(number.map_or(0, count))
}

/// Slips of one unit, first to last.
pub async fn slips_of(db: &impl ConnectionTrait, contest: ContestId, unit: UnitId) -> Result<Vec<SlipHead>> {
    let query = forward_slip::Entity::find()
        .filter(forward_slip::Column::ContestId.eq(contest.uuid()))
        .filter(forward_slip::Column::UnitId.eq(unit.uuid()));
    heads(db, query).await
}

/// Slips of a contest by number.
pub async fn slips_in(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<SlipHead>> {
    let query = forward_slip::Entity::find().filter(forward_slip::Column::ContestId.eq(contest.uuid()));
    heads(db, query).await
}

async fn heads(
    db: &impl ConnectionTrait,
    query: sea_orm::Select<forward_slip::Entity>,
) -> Result<Vec<SlipHead>> {
    use forward_slip::Column as C;
    let rows = query
        .select_only()
        .columns([
            C::Id,
            C::UnitId,
            C::Number,
            C::Turn,
            C::Entries,
            C::Reserves,
            C::ForwardedAt,
        ])
        .order_by_asc(C::Number)
        .limit(SLIPS_MAX)
        .into_model::<HeadRow>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| SlipHead {
            id: SlipId(row.id),
            unit: UnitId(row.unit_id),
            number: count(row.number),
            turn: count(row.turn),
            entries: count(row.entries),
            reserves: count(row.reserves),
            forwarded_at: row.forwarded_at,
        })
        .collect())
}

#[derive(FromQueryResult)]
struct HeadRow {
    id: Uuid,
    unit_id: Uuid,
    number: i64,
    turn: i64,
    entries: i64,
    reserves: i64,
    forwarded_at: Timestamp,
}

fn count(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or(u32::MAX)
}
