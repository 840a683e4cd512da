//! Contests, rounds and juries.

mod card;
mod form;
mod historical;
mod round;
mod seat;

pub use card::{
    EntryTally, author_of_submitted, authors_of_submitted, awards_proposed, entry_tallies, has_scored,
    quota_counts,
};
pub use form::{keep_form, kept_form};
pub use historical::{HistoricalEntryRow, HistoricalRows, insert_historical};
pub use round::{
    NewRound, RoundRow, delete_round, insert_round, replan_round, round, round_of, rounds, rounds_of,
};
pub use seat::{NewSeat, SeatRow, insert_seat, remove_seat, seats, seats_of, set_chair};

use chrono::TimeDelta;
use rules::contest::{ContestPhase, ContestSetup};
use rules::id::{ContestId, UnitId, Version};
use rules::ledger::Hash32;
use rules::time::{Timestamp, Zone};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::contest;
use crate::error::{Error, Result};
use crate::value::{from_json, from_word, json, micros, word};

/// A contest as stored.
#[derive(Clone, Debug)]
pub struct ContestRow {
    pub id: ContestId,
    pub slug: String,
    pub code: String,
    pub name: String,
    pub year: i32,
    pub organiser: UnitId,
    pub phase: ContestPhase,
    pub setup: ContestSetup,
    /// Frozen when the contest opened.
    pub setup_hash: Option<String>,
    pub historical: bool,
    pub fictional: bool,
    pub created_at: Timestamp,
    pub published_at: Option<Timestamp>,
    pub version: Version,
    /// Number of the last ledger event.
    pub last_seq: i64,
    /// Hash of the last ledger event, hex.
    pub last_hash: String,
    /// Microseconds by which the contest's own clock is behind; 0 but in the demo.
    pub clock_shift: i64,
}

impl ContestRow {
    /// The time on the contest's own clock: the real time, but in a demo that stays in the middle of its campaign.
    pub fn now(&self, real: Timestamp) -> Timestamp {
        real.checked_sub_signed(TimeDelta::microseconds(self.clock_shift))
            .unwrap_or(real)
    }

    /// The real time at which the contest's own clock will show `own`.
    pub fn real(&self, own: Timestamp) -> Timestamp {
        own.checked_add_signed(TimeDelta::microseconds(self.clock_shift))
            .unwrap_or(own)
    }
}

/// A contest to be stored, in phase draft.
#[derive(Clone, Debug)]
pub struct NewContest {
    pub id: ContestId,
    pub slug: String,
    pub code: String,
    pub name: String,
    pub year: i32,
    pub organiser: UnitId,
    pub setup: ContestSetup,
    pub historical: bool,
    pub fictional: bool,
}

/// The contest with this id.
pub async fn by_id(db: &impl ConnectionTrait, id: ContestId) -> Result<Option<ContestRow>> {
    contest::Entity::find_by_id(id.uuid())
        .one(db)
        .await?
        .map(row_of)
        .transpose()
}

/// The contest with this address part.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<ContestRow>> {
    contest::Entity::find()
        .filter(contest::Column::Slug.eq(slug))
        .one(db)
        .await?
        .map(row_of)
        .transpose()
}

/// The contests with these ids, newest year first.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ContestId>,
) -> Result<Vec<ContestRow>> {
    let ids: Vec<_> = ids.into_iter().map(ContestId::uuid).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    rows(db, contest::Column::Id.is_in(ids)).await
}

/// Contests listed at most: decades of them.
const LISTED_MAX: u64 = 200;

/// Contests in one of these phases, newest year first.
pub async fn in_phases(db: &impl ConnectionTrait, phases: &[ContestPhase]) -> Result<Vec<ContestRow>> {
    rows(db, contest::Column::Phase.is_in(phases.iter().map(word))).await
}

/// Every contest, newest year first.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<ContestRow>> {
    in_phases(db, &ContestPhase::ALL).await
}

async fn rows(db: &impl ConnectionTrait, filter: Expr) -> Result<Vec<ContestRow>> {
    let rows = contest::Entity::find()
        .filter(filter)
        .order_by_desc(contest::Column::Year)
        .order_by_asc(contest::Column::Code)
        .limit(LISTED_MAX)
        .all(db)
        .await?;
    rows.into_iter().map(row_of).collect()
}

/// Address parts that are taken among those beginning with `slug`.
pub async fn slugs_like(db: &impl ConnectionTrait, slug: &str) -> Result<Vec<String>> {
    let found = contest::Entity::find()
        .select_only()
        .column(contest::Column::Slug)
        .filter(contest::Column::Slug.starts_with(slug))
        .into_tuple::<String>()
        .all(db)
        .await?;
    Ok(found)
}

/// Stores a new contest with an empty ledger.
///
/// # Errors
/// `Unique` naming `slug` or `code`.
pub async fn insert(db: &impl ConnectionTrait, new: NewContest, now: Timestamp) -> Result<()> {
    let row = contest::ActiveModel {
        id: Set(new.id.uuid()),
        slug: Set(new.slug),
        code: Set(new.code),
        name: Set(new.name),
        year: Set(i64::from(new.year)),
        organiser_unit_id: Set(new.organiser.uuid()),
        phase: Set(word(&ContestPhase::Draft)),
        setup: Set(json("contest.setup", &new.setup)?),
        setup_hash: Set(None),
        historical: Set(new.historical),
        fictional: Set(new.fictional),
        created_at: Set(micros(now)),
        published_at: Set(None),
        version: Set(1),
        last_seq: Set(0),
        last_hash: Set(Hash32::ZERO.to_string()),
        clock_shift: Set(0),
    };
    contest::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Replaces the set-up where the version is still `expected`; gives whether it was.
pub async fn save_setup(
    db: &impl ConnectionTrait,
    id: ContestId,
    expected: Version,
    setup: &ContestSetup,
) -> Result<bool> {
    let outcome = contest::Entity::update_many()
        .col_expr(contest::Column::Setup, Expr::value(json("contest.setup", setup)?))
        .col_expr(contest::Column::Version, Expr::value(expected.next().0))
        .filter(contest::Column::Id.eq(id.uuid()))
        .filter(contest::Column::Version.eq(expected.0))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Puts a contest into a phase; its version goes up. Publishing also notes when.
pub async fn set_phase(
    db: &impl ConnectionTrait,
    id: ContestId,
    phase: ContestPhase,
    now: Timestamp,
) -> Result<()> {
    let mut update = contest::Entity::update_many()
        .col_expr(contest::Column::Phase, Expr::value(word(&phase)))
        .col_expr(
            contest::Column::Version,
            Expr::col(contest::Column::Version).add(1),
        )
        .filter(contest::Column::Id.eq(id.uuid()));
    if phase == ContestPhase::Published {
        update = update.col_expr(contest::Column::PublishedAt, Expr::value(micros(now)));
    }
    update.exec(db).await?;
    Ok(())
}

/// Raises a contest's version without changing its phase (a change that others must notice).
pub async fn bump_version(db: &impl ConnectionTrait, id: ContestId) -> Result<()> {
    contest::Entity::update_many()
        .col_expr(
            contest::Column::Version,
            Expr::col(contest::Column::Version).add(1),
        )
        .filter(contest::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes the hash of the set-up a contest was opened with.
pub async fn freeze_setup(db: &impl ConnectionTrait, id: ContestId, hash: &str) -> Result<()> {
    contest::Entity::update_many()
        .col_expr(contest::Column::SetupHash, Expr::value(hash))
        .filter(contest::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Labels a contest as invented data.
pub async fn mark_fictional(db: &impl ConnectionTrait, id: ContestId) -> Result<()> {
    contest::Entity::update_many()
        .col_expr(contest::Column::Fictional, Expr::value(true))
        .filter(contest::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Sets the contest's own clock: it shows `own` when the real time is `real`, and runs on from there (demo).
pub async fn set_clock(
    db: &impl ConnectionTrait,
    id: ContestId,
    own: Timestamp,
    real: Timestamp,
) -> Result<()> {
    let shift = (real - own).num_microseconds().unwrap_or(0);
    contest::Entity::update_many()
        .col_expr(contest::Column::ClockShift, Expr::value(shift))
        .filter(contest::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// The number of the contest's last event, and its zone.
pub async fn ledger_head(db: &impl ConnectionTrait, id: ContestId) -> Result<(i64, Zone)> {
    let (seq, setup) = contest::Entity::find_by_id(id.uuid())
        .select_only()
        .columns([contest::Column::LastSeq, contest::Column::Setup])
        .into_tuple::<(i64, serde_json::Value)>()
        .one(db)
        .await?
        .ok_or(Error::Missing("contest"))?;
    Ok((seq, zone_of(&setup)))
}

/// The zone inside a stored set-up, without reading the rest of it.
pub(crate) fn zone_of(setup: &serde_json::Value) -> Zone {
    let zone = setup
        .pointer("/timetable/zone")
        .and_then(|zone| serde_json::from_value(zone.clone()).ok());
    zone.unwrap_or_default()
}

fn row_of(row: contest::Model) -> Result<ContestRow> {
    Ok(ContestRow {
        id: ContestId(row.id),
        slug: row.slug,
        code: row.code,
        name: row.name,
        year: i32::try_from(row.year).unwrap_or_default(),
        organiser: UnitId(row.organiser_unit_id),
        phase: from_word("contest.phase", &row.phase)?,
        setup: from_json("contest.setup", row.setup)?,
        setup_hash: row.setup_hash,
        historical: row.historical,
        fictional: row.fictional,
        created_at: row.created_at,
        published_at: row.published_at,
        version: Version(row.version),
        last_seq: row.last_seq,
        last_hash: row.last_hash,
        clock_shift: row.clock_shift,
    })
}
