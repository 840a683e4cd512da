//! The router: pages and server functions of `app`, files in and out, the live stream.

mod assets;
mod bench;
mod cache;
mod demo;
mod files;
mod language;
mod live;
mod pages;
mod printing;
mod refusal;
mod register;
mod security;
mod session;
mod tus;
mod upload;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use contract::Services;
use leptos::config::LeptosOptions;
use service::Ctx;
use service::printing::Printing;
use service::uploads::Uploads;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel, predicate::Predicate};
use tower_http::csrf::CsrfLayer;

use crate::clock::ShiftClock;
pub use cache::PageCache;

/// What every handler may need.
#[derive(Clone)]
pub struct AppState {
    pub leptos_options: LeptosOptions,
    pub services: Services,
    pub ctx: Arc<Ctx>,
    pub uploads: Uploads,
    pub printing: Printing,
    pub pages: PageCache,
    /// Folder of the built site.
    pub site_root: PathBuf,
    /// Cookies are marked `Secure`.
    pub secure: bool,
    /// The clock of a demo that may be moved on; `None` otherwise.
    pub demo_clock: Option<Arc<ShiftClock>>,
    /// Adds `/bench/bare/{page}`.
    pub bench: bool,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos_options.clone()
    }
}

/// The whole application, as the server and its tests run it.
pub fn build_router(state: AppState) -> Router {
    let dynamic = Router::new()
        .merge(pages::routes(&state))
        .layer(from_fn_with_state(state.clone(), cache::serve))
        .merge(files::routes())
        .merge(printing::routes())
        .merge(upload::routes())
        .merge(register::routes())
        .merge(tus::routes())
        .merge(demo::routes(&state))
        .merge(language::remembered(app::preferences::routes(), &state))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .compress_when(tower_http::compression::DefaultPredicate::new().and(PagesOnly)),
        )
        // The stream is neither compressed nor collected: every frame leaves at once.
        .merge(live::routes())
        .layer(from_fn_with_state(state.clone(), session::resolve))
        .layer(CsrfLayer::new());
    let bench = state.bench;
    let application = Router::new()
        .merge(dynamic)
        .merge(assets::routes(&state.site_root))
        .route("/health", get(|| async { "ok" }))
        .layer(from_fn(security::headers))
        .layer(CatchPanicLayer::new())
        .with_state(state);
    if bench {
        return bench::routes(application.clone()).merge(application);
    }
    application
}

/// Pages and JSON are compressed; downloads keep their length and ranges.
#[derive(Clone, Copy)]
struct PagesOnly;

impl Predicate for PagesOnly {
    fn should_compress<B>(&self, response: &http::Response<B>) -> bool
    where
        B: axum::body::HttpBody,
    {
        response
            .headers()
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("text/html") || value.starts_with("application/json"))
    }
}
