//! Lists out and in: the exported entries, templates, links for passwords, tables to import.

use std::collections::BTreeMap;

use app::ssr::RequestSession;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use contract::entry::{CheckFilter, DeskFilter};
use contract::register::{MadeFile, NewTable};
use contract::{Error, FieldProblem, Kind};
use rules::Violation;
use rules::register::ImportKind;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use service::register::sheet;
use uuid::Uuid;

use super::AppState;
use super::files::disposition;
use super::refusal::Refusal;
use super::upload::{broken, declared, drain, see_other, wants_html, with_error};

/// Room for the form around the file.
const FORM_ROOM: u64 = 64 * 1024;

/// The routes. The size of a table is bounded here, answered with a readable sentence.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/manage/{slug}/entries.xlsx", get(entries_xlsx))
        .route("/manage/{slug}/entries.csv", get(entries_csv))
        .route("/files/template/{name}", get(template))
        .route("/files/password-links/{file}", post(password_links))
        .route("/upload/import/{kind}", post(take_directory))
        .route("/upload/import/{kind}/{slug}", post(take_entries))
        .layer(DefaultBodyLimit::disable())
}

async fn entries_xlsx(
    state: State<AppState>,
    session: Extension<RequestSession>,
    slug: Path<String>,
    query: Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    answer(&headers, entries(state, session, slug, query, Format::Xlsx).await)
}

async fn entries_csv(
    state: State<AppState>,
    session: Extension<RequestSession>,
    slug: Path<String>,
    query: Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    answer(&headers, entries(state, session, slug, query, Format::Csv).await)
}

#[derive(Clone, Copy)]
enum Format {
    Xlsx,
    Csv,
}

/// The list under the filter of the address.
async fn entries(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(slug): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    format: Format,
) -> Result<MadeFile, Error> {
    let filter = filter_of(&query);
    let view = state
        .services
        .register
        .export(&session.actor, slug, filter)
        .await?;
    let written = tokio::task::spawn_blocking(move || {
        let rows = app::register::table::entries(&view);
        let name = |ending| format!("{}-bai-du-thi.{ending}", view.contest_code);
        Ok(match format {
            Format::Xlsx => MadeFile {
                name: name("xlsx"),
                media_type: sheet::XLSX,
                bytes: sheet::to_xlsx("Bài dự thi", &rows)?,
            },
            Format::Csv => MadeFile {
                name: name("csv"),
                media_type: sheet::CSV,
                bytes: sheet::to_csv(&rows)?,
            },
        })
    });
    written.await.map_err(|panic| service::error::internal(&panic))?
}

/// The filter as the desk's address has it; what is no value is no filter.
fn filter_of(query: &BTreeMap<String, String>) -> DeskFilter {
    let text = |name: &str| {
        query
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    };
    DeskFilter {
        query: text("q").unwrap_or_default().to_owned(),
        state: text("state").and_then(word),
        category: text("category").map(str::to_owned),
        unit: text("unit").and_then(|unit| unit.parse().ok()),
        medium: text("medium").and_then(|value| value.parse().ok()),
        late: text("late").and_then(|value| value.parse().ok()),
        check: text("check").and_then(word::<CheckFilter>),
        registered: text("registered").and_then(|value| value.parse().ok()),
        page: 1,
    }
}

/// A value by its serde name.
fn word<T: DeserializeOwned>(value: &str) -> Option<T> {
    serde_json::from_value(Value::String(value.to_owned())).ok()
}

async fn template(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let kind = name.strip_suffix(".xlsx").and_then(ImportKind::from_slug);
    let made = match kind {
        Some(kind) => state.services.register.template(&session.actor, kind).await,
        None => Err(Error::NotFound(Kind::Attachment)),
    };
    answer(&headers, made)
}

async fn password_links(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let made = match file.parse::<Uuid>() {
        Ok(file) => {
            let origin = origin(&headers, state.secure);
            state
                .services
                .register
                .password_links(&session.actor, file, origin)
                .await
        }
        Err(_) => Err(Error::NotFound(Kind::Attachment)),
    };
    answer(&headers, made)
}

/// The site's address as the caller knows it.
fn origin(headers: &HeaderMap, secure: bool) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let scheme = if secure { "https" } else { "http" };
    format!("{scheme}://{host}")
}

async fn take_directory(
    state: State<AppState>,
    session: Extension<RequestSession>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let back = format!("/people/import?kind={kind}");
    let taken = take(state, session, &kind, None, &headers, form).await;
    lead_on(&headers, &back, taken)
}

async fn take_entries(
    state: State<AppState>,
    session: Extension<RequestSession>,
    Path((kind, slug)): Path<(String, String)>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let back = format!("/manage/{slug}/import?");
    let taken = take(state, session, &kind, Some(slug), &headers, form).await;
    lead_on(&headers, &back, taken)
}

fn lead_on(headers: &HeaderMap, back: &str, taken: Result<Uuid, Error>) -> Response {
    let html = wants_html(headers);
    match taken {
        Ok(file) if html => see_other(&format!("{back}&file={file}")),
        Ok(file) => Json(json!({ "file": file })).into_response(),
        // the query's own mark stands in `back` already
        Err(error) if html => {
            see_other(&with_error(back, &error).replacen("?upload_error", "&upload_error", 1))
        }
        Err(error) => Refusal::new(headers, error).into_response(),
    }
}

/// Takes the one file of the form, bounded while it comes.
async fn take(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    kind: &str,
    slug: Option<String>,
    headers: &HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Uuid, Error> {
    let kind = ImportKind::from_slug(kind)
        .filter(|kind| (*kind == ImportKind::Entries) == slug.is_some())
        .ok_or(Error::NotFound(Kind::Page))?;
    let limit = sheet::FILE_MAX;
    let too_large = || Error::Rule(Violation::FileTooLarge { limit });
    if declared(headers).is_some_and(|length| length > limit + FORM_ROOM) {
        return Err(too_large());
    }
    let mut form = form.map_err(|_| Error::field("file", FieldProblem::Malformed))?;
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        if field.name() != Some("file") {
            drain(field).await?;
            continue;
        }
        let file_name = field.file_name().unwrap_or_default().to_owned();
        if file_name.is_empty() {
            break;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            if bytes.len() as u64 + chunk.len() as u64 > limit {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        let table = NewTable {
            kind,
            contest: slug,
            file_name,
            bytes,
        };
        return state.services.register.take_table(&session.actor, table).await;
    }
    Err(Error::field("file", FieldProblem::Missing))
}

/// A file made, as a download that nobody keeps.
fn answer(headers: &HeaderMap, made: Result<MadeFile, Error>) -> Response {
    match made {
        Ok(file) => {
            let kind = HeaderValue::from_static(file.media_type);
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CONTENT_DISPOSITION, disposition("attachment", &file.name)),
                (
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("private, no-store"),
                ),
            ];
            (headers, file.bytes).into_response()
        }
        Err(error) => Refusal::new(headers, error).into_response(),
    }
}
