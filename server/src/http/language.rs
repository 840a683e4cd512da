//! A signed-in person who switches the language is also written to in it.

use app::preferences::parse_locale;
use app::ssr::RequestSession;
use axum::Router;
use axum::extract::{Query, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use rules::text::Locale;
use serde::Deserialize;

use super::AppState;

/// The switches, with the language kept for mails.
pub fn remembered(switches: Router<AppState>, state: &AppState) -> Router<AppState> {
    switches.layer(from_fn_with_state(state.clone(), remember))
}

#[derive(Deserialize)]
struct Switch {
    #[serde(default)]
    to: String,
}

async fn remember(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let switched = (request.uri().path() == "/locale")
        .then(|| Query::<Switch>::try_from_uri(request.uri()).ok())
        .flatten();
    let session = request.extensions().get::<RequestSession>().cloned();
    if let (Some(Query(switch)), Some(session)) = (switched, session)
        && session.actor.user().is_some()
    {
        let language = match parse_locale(&switch.to) {
            app::i18n::Locale::vi => Locale::Vi,
            app::i18n::Locale::en => Locale::En,
        };
        // the page is shown in the language chosen all the same; the fault is logged where it happened
        let _ = state
            .services
            .message
            .set_language(&session.actor, language)
            .await;
    }
    next.run(request).await
}
