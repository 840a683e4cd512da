//! `/bench/bare/{page}`: the bytes of a page, rendered and compressed once, from a route that does nothing else. What a
//! page costs beside it is what the product adds to axum.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// Largest page measured.
const PAGE_MAX: usize = 4 * 1024 * 1024;

struct Sent {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// The route, beside the application it copies from. Only the first page asked for is kept.
pub fn routes(application: Router) -> Router {
    let kept = Arc::new(OnceCell::new());
    Router::new().route(
        "/bench/bare/{*page}",
        get(move |Path(page): Path<String>| {
            let (kept, application) = (kept.clone(), application.clone());
            async move {
                let sent: &Sent = kept.get_or_init(|| take(application, page)).await;
                (sent.status, sent.headers.clone(), sent.body.clone()).into_response()
            }
        }),
    )
}

async fn take(application: Router, page: String) -> Sent {
    let request = Request::get(format!("/{page}"))
        .header(header::ACCEPT, "text/html")
        .header(header::ACCEPT_ENCODING, "br, gzip")
        .body(Body::empty());
    let response: Response = match request {
        Ok(request) => application.oneshot(request).await.into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    };
    let (parts, body) = response.into_parts();
    Sent {
        status: parts.status,
        headers: parts.headers,
        body: to_bytes(body, PAGE_MAX).await.unwrap_or_default(),
    }
}
