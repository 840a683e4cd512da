//! People around entries: the authors of each, and who may not be one.

use std::collections::BTreeMap;

use rules::account::Role;
use rules::contest::ExclusionReason;
use rules::entry::EntryContent;
use rules::id::{ContestId, EntryId, UnitId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{entry_author, person, role_grant, round, seat};
use crate::error::Result;
use crate::value::{from_word, word};

/// An author of an entry, in the order written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryAuthor {
    pub entry: EntryId,
    /// None for an author without an account.
    pub person: Option<UserId>,
    pub full_name: String,
    pub unit: Option<UnitId>,
    pub lead: bool,
}

/// Somebody who may not be an author of a contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcludedPerson {
    pub person: UserId,
    pub full_name: String,
    pub unit: Option<UnitId>,
    pub reason: ExclusionReason,
}

/// Authors of several entries, entry by entry in the order written.
pub async fn authors(db: &impl ConnectionTrait, entries: &[EntryId]) -> Result<Vec<EntryAuthor>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let rows = entry_author::Entity::find()
        .filter(entry_author::Column::EntryId.is_in(entries.iter().map(|id| id.uuid())))
        .order_by_asc(entry_author::Column::EntryId)
        .order_by_asc(entry_author::Column::Ordinal)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| EntryAuthor {
            entry: EntryId(row.entry_id),
            person: row.person_id.map(UserId),
            full_name: row.full_name,
            unit: row.unit_id.map(UnitId),
            lead: row.lead,
        })
        .collect())
}

/// Derives the author rows from the content. `fresh` gives ids for the rows.
pub async fn set_authors(
    db: &impl ConnectionTrait,
    entry: EntryId,
    content: &EntryContent,
    mut fresh: impl FnMut() -> Uuid,
) -> Result<()> {
    entry_author::Entity::delete_many()
        .filter(entry_author::Column::EntryId.eq(entry.uuid()))
        .exec(db)
        .await?;
    let rows: Vec<entry_author::ActiveModel> = content
        .authors
        .iter()
        .zip(0_i64..)
        .map(|(author, ordinal)| entry_author::ActiveModel {
            id: Set(fresh()),
            entry_id: Set(entry.uuid()),
            ordinal: Set(ordinal),
            person_id: Set(author.user.map(UserId::uuid)),
            full_name: Set(author.full_name.clone()),
            search_key: Set(rules::text::fold(&author.full_name)),
            unit_id: Set(author.unit.map(UnitId::uuid)),
            lead: Set(author.lead),
        })
        .collect();
    if !rows.is_empty() {
        entry_author::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Everybody who may not be an author of the contest: holders of an excluding role in it or everywhere, and judges
/// with a seat in one of its rounds. One line a person, by id.
pub async fn excluded_people(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<ExcludedPerson>> {
    let excluding = Role::ALL
        .into_iter()
        .filter(|role| ExclusionReason::of_role(*role).is_some());
    let grants = role_grant::Entity::find()
        .select_only()
        .columns([role_grant::Column::PersonId, role_grant::Column::Role])
        .filter(role_grant::Column::Role.is_in(excluding.map(|role| word(&role))))
        .filter(
            Condition::any()
                .add(role_grant::Column::ContestId.is_null())
                .add(role_grant::Column::ContestId.eq(contest.uuid())),
        )
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?;
    let rounds = Query::select()
        .column(round::Column::Id)
        .from(round::Entity)
        .and_where(round::Column::ContestId.eq(contest.uuid()))
        .to_owned();
    let judges = seat::Entity::find()
        .select_only()
        .column(seat::Column::PersonId)
        .filter(seat::Column::RoundId.in_subquery(rounds))
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    let mut reasons: BTreeMap<Uuid, ExclusionReason> = BTreeMap::new();
    for (person, role) in grants {
        if let Some(reason) = ExclusionReason::of_role(from_word("role", &role)?) {
            reasons.entry(person).or_insert(reason);
        }
    }
    for person in judges {
        reasons.entry(person).or_insert(ExclusionReason::Jury);
    }
    let names = person::Entity::find()
        .select_only()
        .columns([
            person::Column::Id,
            person::Column::FullName,
            person::Column::UnitId,
        ])
        .filter(person::Column::Id.is_in(reasons.keys().copied()))
        .order_by_asc(person::Column::Id)
        .into_tuple::<(Uuid, String, Option<Uuid>)>()
        .all(db)
        .await?;
    Ok(names
        .into_iter()
        .filter_map(|(id, full_name, unit)| {
            let reason = *reasons.get(&id)?;
            Some(ExcludedPerson {
                person: UserId(id),
                full_name,
                unit: unit.map(UnitId),
                reason,
            })
        })
        .collect())
}
