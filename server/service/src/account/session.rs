//! Sessions: a random token in the browser, its hash in the store, twelve hours from the last use, thirty days at most.

use chrono::TimeDelta;
use contract::Result;
use contract::account::{NewSession, SessionView};
use rules::account::{Actor, Person};
use rules::id::UserId;
use rules::time::Timestamp;
use store::account::SessionRow;

use super::people::person_views;
use crate::actor::signed_in;
use crate::ctx::Ctx;
use crate::error::Fault;
use crate::secret::{hex, stored_hash};

/// A session unused for this long has ended.
const IDLE: TimeDelta = TimeDelta::hours(12);
/// However much it is used.
const LONGEST: TimeDelta = TimeDelta::days(30);
/// A session is prolonged once this much of [`IDLE`] is used up, not at every call.
const RENEW_AFTER: TimeDelta = TimeDelta::hours(1);

/// Opens a session.
pub(super) async fn open(ctx: &Ctx, person: UserId) -> Result<NewSession> {
    let token = hex(&ctx.ids.secret());
    let now = ctx.now();
    let tx = ctx.store.write(None).await.fault()?;
    store::account::remove_expired(tx.conn(), now).await.fault()?;
    let row = SessionRow {
        person,
        created_at: now,
        expires_at: now + IDLE,
    };
    store::account::insert_session(tx.conn(), &stored_hash(&token), &row)
        .await
        .fault()?;
    tx.commit().await.fault()?;
    Ok(NewSession {
        token,
        max_age_seconds: LONGEST.num_seconds(),
    })
}

/// The actor behind a token; `Anonymous` for none, an unknown or an ended one.
pub(super) async fn authenticate(ctx: &Ctx, token: Option<&str>) -> Result<Actor> {
    let Some(token) = token.filter(|token| is_token(token)) else {
        return Ok(Actor::Anonymous);
    };
    let id_hash = stored_hash(token);
    let Some(row) = store::account::session(ctx.store.read(), &id_hash)
        .await
        .fault()?
    else {
        return Ok(Actor::Anonymous);
    };
    let now = ctx.now();
    if row.expires_at <= now {
        return Ok(Actor::Anonymous);
    }
    if let Some(end) = renewed(&row, now) {
        store::account::prolong_session(ctx.store.read(), &id_hash, end)
            .await
            .fault()?;
    }
    actor_of(ctx, row.person).await
}

fn renewed(row: &SessionRow, now: Timestamp) -> Option<Timestamp> {
    let end = (now + IDLE).min(row.created_at + LONGEST);
    (end - row.expires_at >= RENEW_AFTER).then_some(end)
}

/// A person with the roles held now; `Anonymous` where there is no such person.
///
/// # Errors
/// `Internal`.
pub async fn actor_of(ctx: &Ctx, user: UserId) -> Result<Actor> {
    let db = ctx.store.read();
    let Some(person) = store::account::person(db, user).await.fault()? else {
        return Ok(Actor::Anonymous);
    };
    let grants = store::account::grants_of(db, [user]).await.fault()?;
    let grants = grants.into_iter().map(|row| row.grant).collect();
    Ok(Actor::Person(Person {
        id: user,
        unit: person.unit,
        grants,
    }))
}

/// What every page knows about its viewer.
pub(super) async fn view(ctx: &Ctx, actor: &Actor) -> Result<SessionView> {
    let (person, unread) = match actor.user() {
        None => (None, 0),
        Some(user) => {
            let row = store::account::person(ctx.store.read(), user).await.fault()?;
            let unread = store::message::unread(ctx.store.read(), user).await.fault()?;
            (person_views(ctx, row.into_iter().collect()).await?.pop(), unread)
        }
    };
    Ok(SessionView {
        person,
        unread,
        demo: ctx.config.demo,
    })
}

/// Ends one session.
pub(super) async fn end(ctx: &Ctx, token: Option<&str>) -> Result<()> {
    match token.filter(|token| is_token(token)) {
        Some(token) => store::account::end_session(ctx.store.read(), &stored_hash(token))
            .await
            .fault(),
        None => Ok(()),
    }
}

/// Ends every session of the caller.
pub(super) async fn end_all(ctx: &Ctx, actor: &Actor) -> Result<()> {
    let me = signed_in(actor)?.id;
    store::account::end_sessions_of(ctx.store.read(), me, None)
        .await
        .fault()
}

/// Ends every other session of a person.
pub(super) async fn end_others(ctx: &Ctx, person: UserId, token: Option<&str>) -> Result<()> {
    let keep = token.filter(|token| is_token(token)).map(stored_hash);
    store::account::end_sessions_of(ctx.store.read(), person, keep.as_deref())
        .await
        .fault()
}

/// Cheap check before anything is hashed or looked up.
fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
