//! Documents out: receipts, forwarding slips, blind copies, the archive of a contest. Made on the way, never stored.

use app::ssr::RequestSession;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use contract::{Error, Kind, Result};
use rules::event::EntryLabel;
use rules::id::{EntryId, RoundId, SlipId};
use service::printing::Printed;
use tokio_stream::wrappers::ReceiverStream;

use super::AppState;
use super::files::disposition;
use super::refusal::Refusal;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/entries/{entry}/receipt.pdf", get(receipt))
        .route("/entries/{entry}/receipt.svg", get(receipt_qr))
        .route("/contests/{slug}/unit/slips/{slip}/slip.pdf", get(slip))
        .route("/manage/{slug}/entries.zip", get(entries))
        .route("/files/blind/{round}/{label}/statement.pdf", get(blind_statement))
}

async fn receipt(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(entry): Path<String>,
    headers: HeaderMap,
) -> Response {
    let printed = match entry.parse::<EntryId>() {
        Ok(entry) => state.printing.receipt(&session.actor, entry).await,
        Err(_) => Err(Error::NotFound(Kind::Entry)),
    };
    pdf(&headers, printed)
}

async fn receipt_qr(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(entry): Path<String>,
    headers: HeaderMap,
) -> Response {
    let code = match entry.parse::<EntryId>() {
        Ok(entry) => state.printing.receipt_qr(&session.actor, entry).await,
        Err(_) => Err(Error::NotFound(Kind::Entry)),
    };
    match code {
        Ok(svg) => (guarded("image/svg+xml"), svg).into_response(),
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

async fn slip(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path((_, slip)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let printed = match slip.parse::<SlipId>() {
        Ok(slip) => state.printing.slip(&session.actor, slip).await,
        Err(_) => Err(Error::NotFound(Kind::Page)),
    };
    pdf(&headers, printed)
}

async fn blind_statement(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path((round, label)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let printed = match round.parse::<RoundId>() {
        Ok(round) => {
            let label = EntryLabel(label);
            state
                .printing
                .blind_statement(&session.actor, round, &label)
                .await
        }
        Err(_) => Err(Error::NotFound(Kind::Round)),
    };
    pdf(&headers, printed)
}

async fn entries(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    match state.printing.export(&session.actor, &slug).await {
        Ok(export) => {
            let mut headers = guarded("application/zip");
            headers.insert(
                header::CONTENT_DISPOSITION,
                disposition("attachment", &export.file_name),
            );
            (headers, Body::from_stream(ReceiverStream::new(export.parts))).into_response()
        }
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

fn pdf(request: &HeaderMap, printed: Result<Printed>) -> Response {
    match printed {
        Ok(printed) => {
            let mut headers = guarded("application/pdf");
            headers.insert(
                header::CONTENT_DISPOSITION,
                disposition("inline", &printed.file_name),
            );
            (headers, printed.bytes).into_response()
        }
        Err(error) => Refusal::new(request, error).into_response(),
    }
}

/// Headers of something made for one reader: kept by no cache, running nothing.
fn guarded(media_type: &'static str) -> HeaderMap {
    HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
    ])
}
