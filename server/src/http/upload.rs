//! Files in: attachments of a draft, and the signed decision with its form.

use app::ssr::RequestSession;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use contract::entry::NewAttachment;
use contract::results::RecordDecision;
use contract::{Error, FieldProblem, Kind};
use rules::Violation;
use rules::contest::SignedDocument;
use rules::entry::AttachmentKind;
use rules::id::{CommandKey, DocumentId, EntryId, Version};

use super::AppState;
use super::refusal::Refusal;

/// Room for the form's other fields beside the file.
const FORM_ROOM: u64 = 64 * 1024;
/// Longest text field of these forms.
const TEXT_MAX: usize = 4096;

/// The routes. The limit is the product's own, answered with a readable sentence, not axum's.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/upload/entry/{entry}", post(attachment))
        .route("/upload/decision/{slug}", post(decision))
        .layer(DefaultBodyLimit::disable())
}

async fn attachment(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(entry): Path<String>,
    headers: HeaderMap,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let html = wants_html(&headers);
    let back = format!("/entries/{entry}/attachments");
    let taken = async {
        let entry: EntryId = entry.parse().map_err(|_| Error::NotFound(Kind::Entry))?;
        let form = form.map_err(|_| Error::field("file", FieldProblem::Malformed))?;
        take_attachment(&state, &session, entry, declared(&headers), form).await
    };
    match taken.await {
        Ok(uploaded) if !html => Json(uploaded).into_response(),
        Ok(_) => see_other(&back),
        Err(error) if html => see_other(&with_error(&back, &error)),
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

async fn take_attachment(
    state: &AppState,
    session: &RequestSession,
    entry: EntryId,
    declared: Option<u64>,
    mut form: Multipart,
) -> Result<service::uploads::Uploaded, Error> {
    let (mut key, mut kind) = (None, None);
    // A body that cannot fit is refused before it is read.
    let limit = state.ctx.config.upload_limit;
    if declared.is_some_and(|length| length > limit + FORM_ROOM) {
        return Err(Violation::FileTooLarge { limit }.into());
    }
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "key" => key = parse::<CommandKey>(&text(field).await?),
            "kind" => kind = AttachmentKind::from_slug(&text(field).await?),
            "file" => {
                let new = NewAttachment {
                    key: key.ok_or_else(|| Error::field("key", FieldProblem::Missing))?,
                    entry,
                    kind: kind.ok_or_else(|| Error::field("kind", FieldProblem::Missing))?,
                    file_name: field.file_name().unwrap_or_default().to_owned(),
                };
                let mut upload = state.uploads.begin(&session.actor, new, None).await?;
                while let Some(chunk) = field.chunk().await.map_err(broken)? {
                    upload.write(&chunk).await?;
                }
                return upload.finish().await;
            }
            _ => drain(field).await?,
        }
    }
    Err(Error::field("file", FieldProblem::Missing))
}

async fn decision(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let html = wants_html(&headers);
    let taken = async {
        let form = form.map_err(|_| Error::field("file", FieldProblem::Malformed))?;
        take_decision(&state, &session, &slug, declared(&headers), form).await
    };
    match taken.await {
        Ok(()) if html => see_other(&format!("/contests/{slug}/result")),
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) if html => see_other(&with_error(&format!("/manage/{slug}/results"), &error)),
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

async fn take_decision(
    state: &AppState,
    session: &RequestSession,
    slug: &str,
    declared: Option<u64>,
    mut form: Multipart,
) -> Result<(), Error> {
    let limit = state.ctx.config.upload_limit;
    if declared.is_some_and(|length| length > limit + FORM_ROOM) {
        return Err(Violation::FileTooLarge { limit }.into());
    }
    // Says who may, and names the contest, before a byte of the file is taken.
    let desk = state
        .services
        .results
        .desk(&session.actor, slug.to_owned())
        .await?;
    let (mut key, mut expected, mut file): (_, _, Option<DocumentId>) = (None, None, None);
    let mut document = SignedDocument::default();
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "key" => key = parse::<CommandKey>(&text(field).await?),
            "expected" => expected = text(field).await?.parse().ok().map(Version),
            "number" => document.number = text(field).await?,
            "symbol" => document.symbol = text(field).await?,
            "signer" => document.signer = text(field).await?,
            "signer_position" => document.signer_position = text(field).await?,
            "issued_on" => {
                let typed = text(field).await?;
                document.issued_on = match typed.trim() {
                    "" => None,
                    typed => Some(
                        rules::time::parse_date(typed)
                            .ok_or_else(|| Error::field("issued_on", FieldProblem::NotADate))?,
                    ),
                };
            }
            "file" => {
                let name = field.file_name().unwrap_or_default().to_owned();
                // An empty file control sends an empty name.
                if name.is_empty() {
                    drain(field).await?;
                    continue;
                }
                let mut upload = state
                    .uploads
                    .begin_document(&session.actor, desk.contest, name, None)
                    .await?;
                while let Some(chunk) = field.chunk().await.map_err(broken)? {
                    upload.write(&chunk).await?;
                }
                file = Some(upload.finish().await?.id);
            }
            _ => drain(field).await?,
        }
    }
    let command = RecordDecision {
        key: key.ok_or_else(|| Error::field("key", FieldProblem::Missing))?,
        contest: desk.contest,
        expected: expected.ok_or_else(|| Error::field("expected", FieldProblem::Missing))?,
        document,
        file,
    };
    state
        .services
        .results
        .record_decision(&session.actor, command)
        .await
}

/// A text field, bounded.
pub(super) async fn text(mut field: Field<'_>) -> Result<String, Error> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > TEXT_MAX {
            return Err(Error::field(name, FieldProblem::TooLong { max: TEXT_MAX as u32 }));
        }
    }
    String::from_utf8(bytes).map_err(|_| Error::field(name, FieldProblem::Malformed))
}

/// Reads past a field nobody asked for, within bounds.
pub(super) async fn drain(field: Field<'_>) -> Result<(), Error> {
    text(field).await.map(|_| ())
}

fn parse<T: std::str::FromStr>(typed: &str) -> Option<T> {
    typed.trim().parse().ok()
}

/// A broken or ended body: the person's connection, not our fault.
pub(super) fn broken(error: MultipartError) -> Error {
    tracing::debug!(%error, "an upload broke off");
    Error::field("file", FieldProblem::Malformed)
}

pub(super) fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

pub(super) fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}

pub(super) fn see_other(to: &str) -> Response {
    // a path of the client's own making may hold what no header can
    let to = app::preferences::safe_back(to);
    (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response()
}

/// The page with the error in its query; it holds nothing secret and is shown beside the form.
pub(super) fn with_error(back: &str, error: &Error) -> String {
    let json = serde_json::to_string(error).unwrap_or_default();
    let query: String = json
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("{back}?upload_error={query}")
}
