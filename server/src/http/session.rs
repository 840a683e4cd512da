//! Resolves the session cookie once per request.

use app::ssr::{RequestSession, SESSION_COOKIE};
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{AppState, refusal::Refusal};

/// Puts a [`RequestSession`] into the request's extensions. An unknown or expired cookie is an anonymous request.
pub async fn resolve(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let token = cookie(&request, SESSION_COOKIE);
    let actor = match state.services.account.authenticate(token.as_deref()).await {
        Ok(actor) => actor,
        Err(error) => return Refusal::of(&request, error).into_response(),
    };
    request.extensions_mut().insert(RequestSession {
        actor,
        token,
        secure: state.secure,
    });
    next.run(request).await
}

/// The value of a cookie.
pub fn cookie(request: &Request, name: &str) -> Option<String> {
    request
        .headers()
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then(|| value.to_owned()))
}
