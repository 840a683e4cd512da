//! Server-side sessions: a row a signed-in browser.

use rules::id::UserId;
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entity::session;
use crate::error::Result;
use crate::value::micros;

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    pub person: UserId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Opens a session; `id_hash` is the SHA-256 of its token.
pub async fn insert_session(db: &impl ConnectionTrait, id_hash: &str, row: &SessionRow) -> Result<()> {
    let row = session::ActiveModel {
        id_hash: Set(id_hash.to_owned()),
        person_id: Set(row.person.uuid()),
        created_at: Set(micros(row.created_at)),
        expires_at: Set(micros(row.expires_at)),
    };
    session::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The session with this hash, expired or not.
pub async fn session(db: &impl ConnectionTrait, id_hash: &str) -> Result<Option<SessionRow>> {
    let row = session::Entity::find_by_id(id_hash.to_owned()).one(db).await?;
    Ok(row.map(|row| SessionRow {
        person: UserId(row.person_id),
        created_at: row.created_at,
        expires_at: row.expires_at,
    }))
}

/// Moves a session's end.
pub async fn prolong_session(db: &impl ConnectionTrait, id_hash: &str, expires_at: Timestamp) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::ExpiresAt, Expr::value(micros(expires_at)))
        .filter(session::Column::IdHash.eq(id_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends a session.
pub async fn end_session(db: &impl ConnectionTrait, id_hash: &str) -> Result<()> {
    session::Entity::delete_by_id(id_hash.to_owned()).exec(db).await?;
    Ok(())
}

/// Ends every session of a person but `keep`.
pub async fn end_sessions_of(db: &impl ConnectionTrait, person: UserId, keep: Option<&str>) -> Result<()> {
    let mut delete = session::Entity::delete_many().filter(session::Column::PersonId.eq(person.uuid()));
    if let Some(keep) = keep {
        delete = delete.filter(session::Column::IdHash.ne(keep));
    }
    delete.exec(db).await?;
    Ok(())
}

/// Removes sessions that ended before `now`.
pub async fn remove_expired(db: &impl ConnectionTrait, now: Timestamp) -> Result<()> {
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lt(micros(now)))
        .exec(db)
        .await?;
    Ok(())
}
