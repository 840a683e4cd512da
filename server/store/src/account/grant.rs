//! Roles held.

use rules::account::{Grant, Role};
use rules::id::{ContestId, GrantId, UnitId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::role_grant;
use crate::error::Result;
use crate::value::{from_word, word};

/// A role and who holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRow {
    pub person: UserId,
    pub grant: Grant,
}

/// Every role of these people.
pub async fn grants_of(
    db: &impl ConnectionTrait,
    people: impl IntoIterator<Item = UserId>,
) -> Result<Vec<GrantRow>> {
    let people: Vec<_> = people.into_iter().map(UserId::uuid).collect();
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.is_in(people))
        .order_by_asc(role_grant::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(row_of).collect()
}

/// Every role held in a contest, those held in all contests included.
pub async fn grants_in(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<GrantRow>> {
    let here = role_grant::Column::ContestId
        .eq(contest.uuid())
        .or(role_grant::Column::ContestId.is_null());
    let rows = role_grant::Entity::find()
        .filter(here)
        .order_by_asc(role_grant::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(row_of).collect()
}

/// Ids of people who hold any role, oldest accounts first.
pub async fn people_with_roles(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<UserId>> {
    let ids = role_grant::Entity::find()
        .select_only()
        .distinct()
        .column(role_grant::Column::PersonId)
        .order_by_asc(role_grant::Column::PersonId)
        .limit(limit)
        .into_tuple::<uuid::Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(UserId).collect())
}

/// Grants a role; gives whether it was new.
pub async fn insert_grant(
    db: &impl ConnectionTrait,
    id: GrantId,
    person: UserId,
    grant: &Grant,
) -> Result<bool> {
    let row = role_grant::ActiveModel {
        id: Set(id.uuid()),
        person_id: Set(person.uuid()),
        role: Set(word(&grant.role)),
        contest_id: Set(grant.contest.map(ContestId::uuid)),
        unit_id: Set(grant.unit.map(UnitId::uuid)),
    };
    let inserted = role_grant::Entity::insert_many([row])
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(inserted == 1)
}

/// Takes a role; gives whether it was held.
pub async fn remove_grant(db: &impl ConnectionTrait, person: UserId, grant: &Grant) -> Result<bool> {
    let contest = grant
        .contest
        .map_or(role_grant::Column::ContestId.is_null(), |contest| {
            role_grant::Column::ContestId.eq(contest.uuid())
        });
    let unit = grant.unit.map_or(role_grant::Column::UnitId.is_null(), |unit| {
        role_grant::Column::UnitId.eq(unit.uuid())
    });
    let outcome = role_grant::Entity::delete_many()
        .filter(role_grant::Column::PersonId.eq(person.uuid()))
        .filter(role_grant::Column::Role.eq(word(&grant.role)))
        .filter(contest)
        .filter(unit)
        .exec(db)
        .await?;
    Ok(outcome.rows_affected > 0)
}

fn row_of(row: role_grant::Model) -> Result<GrantRow> {
    let role: Role = from_word("role", &row.role)?;
    Ok(GrantRow {
        person: UserId(row.person_id),
        grant: Grant {
            role,
            contest: row.contest_id.map(ContestId),
            unit: row.unit_id.map(UnitId),
        },
    })
}
