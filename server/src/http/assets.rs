//! Built files: hashed ones are kept by browsers for a year, the rest for an hour; all precompressed.

use std::path::Path;

use axum::Router;
use axum::http::{HeaderValue, Request, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower_http::services::ServeDir;

use super::AppState;

/// `/pkg` (hashed names) and `/fonts`.
pub fn routes(site_root: &Path) -> Router<AppState> {
    let dir = |name: &str| {
        ServeDir::new(site_root.join(name))
            .precompressed_br()
            .precompressed_gzip()
    };
    Router::new()
        .nest_service("/pkg", dir("pkg"))
        .nest_service("/fonts", dir("fonts"))
        .layer(from_fn(keep_for_a_year))
}

async fn keep_for_a_year(request: Request<axum::body::Body>, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() {
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    response
}
