//! Files out: attachments, signed documents, the contest record. Nothing uploaded is ever rendered inline but pictures,
//! PDF and video, whose type was decided by content.

use app::ssr::RequestSession;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use rules::event::EntryLabel;
use rules::id::{AttachmentId, DocumentId, RoundId};
use service::uploads::Blob;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::AppState;
use super::refusal::Refusal;

/// Bytes handed to the connection together.
const SENT_AT_ONCE: usize = 64 * 1024;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/files/attachment/{id}", get(attachment))
        .route("/files/blind/{round}/{label}/{id}", get(blind))
        .route("/files/document/{id}", get(document))
        .route("/contests/{slug}/record.json", get(record))
}

async fn attachment(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Ok(id) = id.parse::<AttachmentId>() else {
        return missing(&headers);
    };
    match state.uploads.open(&session.actor, id).await {
        Ok((info, file)) => send(file, info.size, &info.media_type, &info.file_name, &headers).await,
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

async fn blind(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path((round, label, id)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    let (Ok(round), Ok(id)) = (round.parse::<RoundId>(), id.parse::<AttachmentId>()) else {
        return missing(&headers);
    };
    match state
        .uploads
        .open_blind(&session.actor, round, &EntryLabel(label), id)
        .await
    {
        Ok((info, file)) => send(file, info.size, &info.media_type, &info.file_name, &headers).await,
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

async fn document(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Ok(id) = id.parse::<DocumentId>() else {
        return missing(&headers);
    };
    match state.uploads.open_document(&session.actor, id).await {
        Ok((info, file)) => send(file, info.size, &info.media_type, &info.file_name, &headers).await,
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

async fn record(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    match state.services.results.export_record(&session.actor, slug).await {
        Ok(record) => {
            let name = format!("{}.json", record.code);
            (
                [(header::CONTENT_DISPOSITION, disposition("attachment", &name))],
                axum::Json(record),
            )
                .into_response()
        }
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

fn missing(headers: &HeaderMap) -> Response {
    Refusal::new(headers, contract::Error::NotFound(contract::Kind::Attachment)).into_response()
}

/// Sends a file, or the part a `Range` header asks for (video players and broken-off downloads do).
async fn send(mut file: Blob, size: u64, media_type: &str, name: &str, request: &HeaderMap) -> Response {
    let inline = media_type == "application/pdf"
        || media_type.starts_with("image/")
        || media_type.starts_with("video/");
    let mut headers = HeaderMap::new();
    let kind =
        HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(
        header::CONTENT_DISPOSITION,
        disposition(if inline { "inline" } else { "attachment" }, name),
    );
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    // Whatever it is, it runs nothing here. Chromium's own viewer shows a PDF all the same, also in a frame of ours.
    let (policy, framed) = if media_type == "application/pdf" {
        (
            "default-src 'none'; sandbox; frame-ancestors 'self'",
            "SAMEORIGIN",
        )
    } else {
        ("default-src 'none'; sandbox", "DENY")
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static(framed));
    match range(request, size) {
        Range::Whole => {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
            (
                headers,
                Body::from_stream(ReaderStream::with_capacity(file, SENT_AT_ONCE)),
            )
                .into_response()
        }
        Range::Part(first, last) => {
            if let Err(error) = file.seek(std::io::SeekFrom::Start(first)).await {
                tracing::error!(%error, "a stored file cannot be read");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
            let length = last - first + 1;
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            if let Ok(value) = HeaderValue::from_str(&format!("bytes {first}-{last}/{size}")) {
                headers.insert(header::CONTENT_RANGE, value);
            }
            let body = Body::from_stream(ReaderStream::with_capacity(file.take(length), SENT_AT_ONCE));
            (StatusCode::PARTIAL_CONTENT, headers, body).into_response()
        }
        Range::Unsatisfiable => {
            if let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}")) {
                headers.insert(header::CONTENT_RANGE, value);
            }
            (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response()
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    Whole,
    /// First and last byte, both included.
    Part(u64, u64),
    Unsatisfiable,
}

/// The one range asked for. Several ranges, or anything unreadable, get the whole file, as RFC 9110 allows.
fn range(headers: &HeaderMap, size: u64) -> Range {
    let Some(spec) = headers
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok()?.trim().strip_prefix("bytes="))
        .filter(|spec| !spec.contains(','))
        .and_then(|spec| spec.split_once('-'))
    else {
        return Range::Whole;
    };
    let (first, last) = match spec {
        ("", tail) => match tail.parse::<u64>() {
            Ok(0) => return Range::Unsatisfiable,
            Ok(tail) => (size.saturating_sub(tail), size.saturating_sub(1)),
            Err(_) => return Range::Whole,
        },
        (first, last) => match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(first), Ok(last)) => (first, last.min(size.saturating_sub(1))),
            (Ok(first), Err(_)) if last.is_empty() => (first, size.saturating_sub(1)),
            _ => return Range::Whole,
        },
    };
    if first >= size || first > last {
        Range::Unsatisfiable
    } else {
        Range::Part(first, last)
    }
}

/// `Content-Disposition` with a Vietnamese name: plain ASCII for old readers, RFC 5987 for the others.
pub(super) fn disposition(kind: &str, name: &str) -> HeaderValue {
    let plain: String = rules::text::fold(name)
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::from_str(&format!(
        "{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    ))
    .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(value))])
    }

    #[test]
    fn ranges_are_read_as_rfc_9110_says() {
        let cases = [
            ("bytes=0-9", Range::Part(0, 9)),
            ("bytes=90-", Range::Part(90, 99)),
            ("bytes=-10", Range::Part(90, 99)),
            ("bytes=-1000", Range::Part(0, 99)),
            ("bytes=50-1000", Range::Part(50, 99)),
            ("bytes=100-", Range::Unsatisfiable),
            ("bytes=9-3", Range::Unsatisfiable),
            ("bytes=-0", Range::Unsatisfiable),
            ("bytes=0-1,5-6", Range::Whole),
            ("bytes=a-b", Range::Whole),
            ("lines=1-2", Range::Whole),
        ];
        for (value, expected) in cases {
            assert_eq!(range(&asked(value), 100), expected, "{value}");
        }
        assert_eq!(range(&asked("bytes=0-0"), 0), Range::Unsatisfiable);
    }

    #[test]
    fn a_vietnamese_name_survives_and_breaks_no_header() {
        let value = disposition("inline", "Bản thuyết minh \"1\"\r\n.pdf");
        let text = value.to_str().expect("ascii");
        assert!(
            text.contains("filename*=UTF-8''B%E1%BA%A3n%20thuy%E1%BA%BFt"),
            "{text}"
        );
        assert!(!text.contains('\r') && text.matches('"').count() == 2, "{text}");
    }
}
