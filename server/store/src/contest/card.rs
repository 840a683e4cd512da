//! What lists, control room and appointments ask of a contest's entries, counted in the database.

use std::collections::{BTreeMap, BTreeSet};

use rules::contest::ContestPhase;
use rules::entry::EntryState;
use rules::id::{ContestId, RoundId, UnitId, UserId};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

use crate::account::PersonRow;
use crate::entity::{award, contest, entry, entry_author, scorecard};
use crate::error::Result;
use crate::value::{from_word, word};

/// How many entries of a contest stand in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryTally {
    pub contest: ContestId,
    pub state: EntryState,
    /// Among them those without a blind code.
    pub without_blind_code: u32,
    pub count: u32,
}

/// Entries by state of several contests.
pub async fn entry_tallies(
    db: &impl ConnectionTrait,
    contests: impl IntoIterator<Item = ContestId>,
) -> Result<Vec<EntryTally>> {
    let contests: Vec<_> = contests.into_iter().map(ContestId::uuid).collect();
    if contests.is_empty() {
        return Ok(Vec::new());
    }
    let rows = entry::Entity::find()
        .select_only()
        .columns([entry::Column::ContestId, entry::Column::State])
        .column_as(entry::Column::Id.count(), "entries")
        .column_as(entry::Column::BlindCode.count(), "blinded")
        .filter(entry::Column::ContestId.is_in(contests))
        .group_by(entry::Column::ContestId)
        .group_by(entry::Column::State)
        .into_tuple::<(uuid::Uuid, String, i64, i64)>()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(contest, state, entries, blinded)| {
            Ok(EntryTally {
                contest: ContestId(contest),
                state: from_word("entry.state", &state)?,
                without_blind_code: u32::try_from(entries - blinded).unwrap_or_default(),
                count: u32::try_from(entries).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

/// Entries a unit has handed on (forwarded or further), per unit of a contest.
pub async fn quota_counts(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<(UnitId, u32)>> {
    let handed_on = EntryState::ALL
        .into_iter()
        .filter(|state| state.is_forwarded())
        .map(|state| word(&state));
    let rows = entry::Entity::find()
        .select_only()
        .column(entry::Column::UnitId)
        .column_as(entry::Column::Id.count(), "entries")
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::UnitId.is_not_null())
        .filter(entry::Column::State.is_in(handed_on))
        .group_by(entry::Column::UnitId)
        .into_tuple::<(uuid::Uuid, i64)>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(unit, count)| (UnitId(unit), u32::try_from(count).unwrap_or(u32::MAX)))
        .collect())
}

/// The code of a received entry that has this person among its authors: in one contest, or in any that has no
/// decision yet. An author typed in without an account is known by name and unit, as everywhere.
pub async fn author_of_submitted(
    db: &impl ConnectionTrait,
    contest: Option<ContestId>,
    person: &PersonRow,
) -> Result<Option<String>> {
    let mut is_author = Condition::any().add(entry_author::Column::PersonId.eq(person.id.uuid()));
    if let Some(unit) = person.unit {
        is_author = is_author.add(
            Condition::all()
                .add(entry_author::Column::PersonId.is_null())
                .add(entry_author::Column::UnitId.eq(unit.uuid()))
                .add(entry_author::Column::SearchKey.eq(rules::text::fold(&person.full_name))),
        );
    }
    let select = codes_of_received(contest, is_author);
    Ok(select.into_tuple::<String>().one(db).await?)
}

/// Of these people without an account, by unit and folded name, those typed in as an author of a received entry of a
/// contest that has no decision yet, each with the code of one; a single query, whatever their number.
pub async fn authors_of_submitted(
    db: &impl ConnectionTrait,
    people: &BTreeSet<(UnitId, String)>,
) -> Result<BTreeMap<(UnitId, String), String>> {
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    let units: BTreeSet<UnitId> = people.iter().map(|(unit, _)| *unit).collect();
    let names: BTreeSet<&str> = people.iter().map(|(_, name)| name.as_str()).collect();
    let is_author = Condition::all()
        .add(entry_author::Column::PersonId.is_null())
        .add(entry_author::Column::UnitId.is_in(units.into_iter().map(UnitId::uuid)))
        .add(entry_author::Column::SearchKey.is_in(names));
    let rows = codes_of_received(None, is_author)
        .column(entry_author::Column::UnitId)
        .column(entry_author::Column::SearchKey)
        .order_by_desc(entry::Column::Code)
        .into_tuple::<(String, uuid::Uuid, String)>()
        .all(db)
        .await?;
    // of several entries, the one with the first code; a name may belong to another of the units
    Ok(rows
        .into_iter()
        .map(|(code, unit, name)| ((UnitId(unit), name), code))
        .filter(|(person, _)| people.contains(person))
        .collect())
}

/// Codes of received entries by such authors: in one contest, or in any that has no decision yet.
fn codes_of_received(contest: Option<ContestId>, is_author: Condition) -> Select<entry::Entity> {
    let received = EntryState::ALL
        .into_iter()
        .filter(|state| state.is_received())
        .map(|state| word(&state));
    let select = entry::Entity::find()
        .select_only()
        .expr(Func::coalesce([
            Expr::col((entry::Entity, entry::Column::Code)),
            Expr::value(""),
        ]))
        .join(
            JoinType::InnerJoin,
            entry::Entity::belongs_to(entry_author::Entity)
                .from(entry::Column::Id)
                .to(entry_author::Column::EntryId)
                .into(),
        )
        .filter(entry::Column::State.is_in(received))
        .filter(is_author);
    match contest {
        Some(contest) => select.filter(entry::Column::ContestId.eq(contest.uuid())),
        None => {
            let undecided = contest::Entity::find()
                .select_only()
                .column(contest::Column::Id)
                .filter(contest::Column::Phase.ne(word(&ContestPhase::Published)));
            select.filter(entry::Column::ContestId.in_subquery(undecided.into_query()))
        }
    }
}

/// Who has a scorecard that counts or was handed in, by round.
pub async fn has_scored(
    db: &impl ConnectionTrait,
    rounds: impl IntoIterator<Item = RoundId>,
) -> Result<Vec<(RoundId, UserId)>> {
    let rounds: Vec<_> = rounds.into_iter().map(RoundId::uuid).collect();
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    let rows = scorecard::Entity::find()
        .select_only()
        .distinct()
        .columns([scorecard::Column::RoundId, scorecard::Column::PersonId])
        .filter(scorecard::Column::RoundId.is_in(rounds))
        .filter(scorecard::Column::SubmittedAt.is_not_null())
        .into_tuple::<(uuid::Uuid, uuid::Uuid)>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(round, person)| (RoundId(round), UserId(person)))
        .collect())
}

/// How many prizes are proposed or given in a contest.
pub async fn awards_proposed(db: &impl ConnectionTrait, contest: ContestId) -> Result<u64> {
    Ok(award::Entity::find()
        .filter(award::Column::ContestId.eq(contest.uuid()))
        .count(db)
        .await?)
}
