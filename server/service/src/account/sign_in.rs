//! Signing in by password, or by one click in the demo.

use contract::account::{ChangePassword, NewSession, Persona, SignIn, SignInView};
use contract::error::FieldProblem;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Actor, check_password, lockout_delay};
use rules::id::UserId;
use rules::text::one_line;
use store::account::PersonRow;

use super::strangers::{Strangers, locked_until, seconds_left};
use super::{password, people, session};
use crate::actor::signed_in;
use crate::ctx::Ctx;
use crate::error::Fault;

/// Longest login looked up; longer ones belong to nobody.
const LOGIN_MAX: usize = 254;
/// Personas with a role offered at most.
const PERSONAS: u64 = 120;
/// Employees without any, who may enter a contest, offered at most.
const AUTHORS: u64 = 8;

/// The sign-in page.
pub(super) async fn view(ctx: &Ctx) -> Result<SignInView> {
    if !ctx.config.demo {
        return Ok(SignInView::default());
    }
    let db = ctx.store.read();
    let ids = store::account::people_with_roles(db, PERSONAS).await.fault()?;
    let mut rows = store::account::people_by_ids(db, ids).await.fault()?;
    rows.extend(store::account::people_without_roles(db, AUTHORS).await.fault()?);
    rows.sort_by_key(|row| row.id);
    let people = people::person_views(ctx, rows).await?;
    let personas = people.into_iter().map(|person| Persona {
        user: person.id,
        user_name: person.user_name,
        full_name: person.full_name,
        roles: person.roles,
    });
    Ok(SignInView {
        personas: personas.collect(),
    })
}

/// Opens a session for a user name or e-mail address and its password.
pub(super) async fn with_password(ctx: &Ctx, strangers: &Strangers, command: SignIn) -> Result<NewSession> {
    let login = one_line(&command.login).to_lowercase();
    if login.is_empty() {
        return Err(Error::field("login", FieldProblem::Missing));
    }
    if command.password.is_empty() {
        return Err(Error::field("password", FieldProblem::Missing));
    }
    if login.chars().count() > LOGIN_MAX || command.password.chars().count() > rules::account::PASSWORD_MAX {
        return Err(wrong("password"));
    }
    match store::account::person_by_login(ctx.store.read(), &login)
        .await
        .fault()?
    {
        Some(person) => {
            verify(ctx, person.id, &command.password, "password").await?;
            session::open(ctx, person.id).await
        }
        None => {
            locked(strangers.wait(&login, ctx.now()))?;
            password::verify(ctx, &command.password, None).await?;
            locked(strangers.fail(&login, ctx.now()))?;
            Err(wrong("password"))
        }
    }
}

/// Opens a session for a persona of the demo.
pub(super) async fn as_persona(ctx: &Ctx, persona: UserId) -> Result<NewSession> {
    if !ctx.config.demo {
        return Err(Error::NotFound(Kind::Page));
    }
    let person = store::account::person(ctx.store.read(), persona).await.fault()?;
    let person = person.ok_or(Error::NotFound(Kind::Person))?;
    session::open(ctx, person.id).await
}

/// Changes one's own password and ends every other session.
pub(super) async fn change_password(
    ctx: &Ctx,
    actor: &Actor,
    token: Option<&str>,
    command: ChangePassword,
) -> Result<()> {
    let me = signed_in(actor)?.id;
    let row = verify(ctx, me, &command.current, "current").await?;
    check_password(&row.user_name, &command.new).map_err(|problem| Violation::Password { problem })?;
    let hash = password::hash_password(ctx, &command.new).await?;
    store::account::set_password(ctx.store.read(), me, hash)
        .await
        .fault()?;
    session::end_others(ctx, me, token).await
}

/// Checks a person's password, counting failures in the row.
async fn verify(ctx: &Ctx, person: UserId, password: &str, field: &str) -> Result<PersonRow> {
    let db = ctx.store.read();
    // one attempt a person at a time: a volley of guesses meets the lock that the first of them set
    let _turn = ctx.turns.take(person).await;
    let row = store::account::person(db, person)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Person))?;
    locked(seconds_left(row.locked_until, ctx.now()))?;
    if password::verify(ctx, password, row.password_hash.as_deref()).await? {
        if row.failures > 0 {
            store::account::reset_failures(db, person, None).await.fault()?;
        }
        return Ok(row);
    }
    let failures = store::account::count_failure(db, person).await.fault()?;
    let delay = lockout_delay(failures);
    if let Some(until) = locked_until(delay, ctx.now()) {
        store::account::reset_failures(db, person, Some(until))
            .await
            .fault()?;
    }
    locked(delay)?;
    Err(wrong(field))
}

fn locked(seconds: u64) -> Result<()> {
    if seconds == 0 {
        Ok(())
    } else {
        Err(Error::Locked {
            retry_after_seconds: seconds,
        })
    }
}

fn wrong(field: &str) -> Error {
    Error::field(field, FieldProblem::WrongCredentials)
}
