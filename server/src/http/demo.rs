//! What only a demo offers: signing in as a persona by its name, opening an invitation without its mail, and moving
//! the clock on.

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use contract::{Error, Kind};
use rules::account::Actor;
use rules::entry::InvitationState;
use rules::id::EntryId;
use serde::Deserialize;
use service::error::Fault;

use super::AppState;
use super::refusal::Refusal;

/// Nothing at all unless the server runs the demo.
pub fn routes(state: &AppState) -> Router<AppState> {
    let mut routes = Router::new();
    if state.ctx.config.demo {
        routes = routes
            .route("/demo/sign-in", post(sign_in))
            .route("/demo/invitation", get(open_invitation));
    }
    if state.demo_clock.is_some() {
        routes = routes.route("/demo/clock", post(move_clock));
    }
    routes
}

#[derive(Deserialize)]
struct SignIn {
    persona: String,
}

async fn sign_in(State(state): State<AppState>, Query(query): Query<SignIn>, request: Request) -> Response {
    match open_session(&state, &query.persona).await {
        Ok(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response(),
        Err(error) => Refusal::of(&request, error).into_response(),
    }
}

async fn open_session(state: &AppState, persona: &str) -> Result<String, Error> {
    let person = store::account::person_by_login(state.ctx.store.read(), persona)
        .await
        .fault()?;
    let person = person.ok_or(Error::NotFound(Kind::Person))?;
    let session = state
        .services
        .account
        .sign_in_as(&Actor::Anonymous, person.id)
        .await?;
    Ok(format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}",
        app::ssr::SESSION_COOKIE,
        session.token,
        session.max_age_seconds
    ))
}

#[derive(Deserialize)]
struct Invited {
    entry: EntryId,
}

/// Leads to the page of the entry's newest invitation to an e-mail address, as its mail would.
async fn open_invitation(
    State(state): State<AppState>,
    Query(query): Query<Invited>,
    request: Request,
) -> Response {
    match invitation_path(&state, query.entry).await {
        Ok(path) => Redirect::to(&path).into_response(),
        Err(error) => Refusal::of(&request, error).into_response(),
    }
}

async fn invitation_path(state: &AppState, entry: EntryId) -> Result<String, Error> {
    let absent = Error::NotFound(Kind::Invitation);
    let db = state.ctx.store.read();
    let invitations = store::author::invitations_of(db, entry).await.fault()?;
    let mut by_mail = invitations
        .iter()
        .rev()
        .filter(|invitation| invitation.email.is_some());
    let waiting = by_mail.find(|invitation| invitation.state == InvitationState::Waiting);
    let id = waiting.ok_or(absent.clone())?.id;
    let mail = service::entry::invitation_mail(&state.ctx, id).await?;
    Ok(mail.ok_or(absent)?.path)
}

#[derive(Deserialize)]
struct Move {
    advance: u32,
}

async fn move_clock(State(state): State<AppState>, Query(query): Query<Move>) -> Response {
    match &state.demo_clock {
        Some(clock) => {
            clock.advance(query.advance);
            StatusCode::NO_CONTENT.into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
