//! `GET /live/{slug}`: the contest's live frames as server-sent events, filtered for the viewer.

use std::convert::Infallible;
use std::time::Duration;

use app::ssr::RequestSession;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use futures::StreamExt;
use rules::account::Actor;
use serde::Deserialize;

use super::AppState;
use super::refusal::Refusal;

/// The stream's route.
pub fn routes() -> Router<AppState> {
    Router::new().route("/live/{slug}", get(stream))
}

#[derive(Deserialize)]
struct Since {
    since: Option<i64>,
    /// `public`: only what everybody may see, whoever asks. A public page folds public numbers.
    audience: Option<String>,
}

async fn stream(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(slug): Path<String>,
    Query(query): Query<Since>,
    headers: HeaderMap,
) -> Response {
    // A reconnecting browser says where it stopped; the first connection starts after the page's own numbers.
    let since = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .or(query.since);
    let actor = if query.audience.as_deref() == Some("public") {
        Actor::Anonymous
    } else {
        session.actor
    };
    let frames = match service::live::follow(&state.ctx, &actor, &slug, since).await {
        Ok(frames) => frames,
        Err(error) => return Refusal::new(&headers, error).into_response(),
    };
    let events = frames.map(|frame| {
        Ok::<_, Infallible>(
            Event::default()
                .id(frame.seq.to_string())
                .data(frame.data.as_ref()),
        )
    });
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(20));
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    response.headers_mut().insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    response
}
