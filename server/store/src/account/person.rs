//! People and their passwords' hashes.

use rules::id::{UnitId, UserId, Version};
use rules::text::{Locale, fold, name_sort_key};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use crate::entity::{person, role_grant};
use crate::error::Result;
use crate::value::{micros, word};

/// A person as stored.
#[derive(Clone, Debug)]
pub struct PersonRow {
    pub id: UserId,
    pub user_name: String,
    pub email: Option<String>,
    pub full_name: String,
    pub position: String,
    pub unit: Option<UnitId>,
    pub password_hash: Option<String>,
    /// Wrong passwords in a row.
    pub failures: u32,
    pub locked_until: Option<Timestamp>,
    pub version: Version,
}

/// A person to be stored.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub id: UserId,
    /// Lower case.
    pub user_name: String,
    /// Lower case; `None` where not given.
    pub email: Option<String>,
    pub full_name: String,
    pub position: String,
    pub unit: Option<UnitId>,
    pub password_hash: Option<String>,
}

/// Stores a person.
///
/// # Errors
/// `Unique` naming `user_name` or `email`.
pub async fn insert_person(db: &impl ConnectionTrait, new: NewPerson, now: Timestamp) -> Result<()> {
    let row = person::ActiveModel {
        id: Set(new.id.uuid()),
        sort_key: Set(name_sort_key(&new.full_name)),
        search_key: Set(fold(&format!("{} {}", new.full_name, new.user_name))),
        user_name: Set(new.user_name),
        email: Set(new.email),
        full_name: Set(new.full_name),
        position: Set(new.position),
        unit_id: Set(new.unit.map(UnitId::uuid)),
        password_hash: Set(new.password_hash),
        failures: Set(0),
        locked_until: Set(None),
        created_at: Set(micros(now)),
        version: Set(1),
        language: Set(word(&Locale::Vi)),
    };
    person::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The person with this id.
pub async fn person(db: &impl ConnectionTrait, id: UserId) -> Result<Option<PersonRow>> {
    Ok(person::Entity::find_by_id(id.uuid()).one(db).await?.map(row_of))
}

/// The people with these ids, in no particular order.
pub async fn people_by_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = UserId>,
) -> Result<Vec<PersonRow>> {
    let ids: Vec<_> = ids.into_iter().map(UserId::uuid).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(row_of).collect())
}

/// People with one of these full names, diacritics and case as they are.
pub async fn people_named(db: &impl ConnectionTrait, names: &[&str]) -> Result<Vec<PersonRow>> {
    let rows = person::Entity::find()
        .filter(person::Column::SortKey.is_in(names.iter().map(|name| name_sort_key(name))))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(row_of).collect())
}

/// People who hold no role anywhere, oldest accounts first.
pub async fn people_without_roles(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<PersonRow>> {
    let holders = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::PersonId);
    let rows = person::Entity::find()
        .filter(person::Column::Id.not_in_subquery(holders.into_query()))
        .order_by_asc(person::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(row_of).collect())
}

/// The person with this user name or e-mail address, both in lower case. A user name goes before an address.
pub async fn person_by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<PersonRow>> {
    let rows = person::Entity::find()
        .filter(
            Condition::any()
                .add(person::Column::UserName.eq(login))
                .add(person::Column::Email.eq(login)),
        )
        .all(db)
        .await?;
    let exact = rows.iter().position(|row| row.user_name == login);
    Ok(rows.into_iter().nth(exact.unwrap_or(0)).map(row_of))
}

/// People whose folded name or user name holds every word of `query`, in name order, and how many there are in all.
pub async fn find_people(
    db: &impl ConnectionTrait,
    query: &str,
    limit: u64,
) -> Result<(Vec<PersonRow>, u64)> {
    let mut select = person::Entity::find();
    for word in fold(query).split_whitespace().take(8) {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let like = LikeExpr::new(format!("%{escaped}%")).escape('\\');
        select = select.filter(Expr::col(person::Column::SearchKey).like(like));
    }
    let total = select.clone().count(db).await?;
    let rows = select
        .order_by_asc(person::Column::SortKey)
        .order_by_asc(person::Column::UserName)
        .limit(limit)
        .all(db)
        .await?;
    Ok((rows.into_iter().map(row_of).collect(), total))
}

/// Counts a wrong password in the row itself, so that parallel attempts all count; gives the failures in a row.
pub async fn count_failure(db: &impl ConnectionTrait, id: UserId) -> Result<u32> {
    let rows = person::Entity::update_many()
        .col_expr(
            person::Column::Failures,
            Expr::col(person::Column::Failures).add(1),
        )
        .filter(person::Column::Id.eq(id.uuid()))
        .exec_with_returning(db)
        .await?;
    Ok(rows
        .first()
        .map_or(0, |row| u32::try_from(row.failures).unwrap_or(u32::MAX)))
}

/// Locks the account until then, or (`None`) forgets the failures.
pub async fn reset_failures(
    db: &impl ConnectionTrait,
    id: UserId,
    locked_until: Option<Timestamp>,
) -> Result<()> {
    let mut update = person::Entity::update_many()
        .col_expr(person::Column::LockedUntil, Expr::value(locked_until.map(micros)))
        .filter(person::Column::Id.eq(id.uuid()));
    if locked_until.is_none() {
        update = update.col_expr(person::Column::Failures, Expr::value(0_i64));
    }
    update.exec(db).await?;
    Ok(())
}

/// Replaces the password's hash and forgets the failures.
pub async fn set_password(db: &impl ConnectionTrait, id: UserId, hash: String) -> Result<()> {
    person::Entity::update_many()
        .col_expr(person::Column::PasswordHash, Expr::value(hash))
        .col_expr(person::Column::Failures, Expr::value(0_i64))
        .col_expr(person::Column::LockedUntil, Expr::value(None::<Timestamp>))
        .col_expr(person::Column::Version, Expr::col(person::Column::Version).add(1))
        .filter(person::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

fn row_of(row: person::Model) -> PersonRow {
    PersonRow {
        id: UserId(row.id),
        user_name: row.user_name,
        email: row.email,
        full_name: row.full_name,
        position: row.position,
        unit: row.unit_id.map(UnitId),
        password_hash: row.password_hash,
        failures: u32::try_from(row.failures).unwrap_or(u32::MAX),
        locked_until: row.locked_until,
        version: Version(row.version),
    }
}
