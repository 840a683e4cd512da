//! Uploads in pieces: tus 1.0.0 with creation, creation-with-upload, termination, checksum and expiration.
//!
//! Only the protocol is here: headers in, headers out. What is allowed and what becomes of the bytes is the service's.
//! A refusal carries the product's own error as JSON, under the status the protocol names.

mod headers;

use app::ssr::RequestSession;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{options, post};
use axum::{Extension, Router};
use contract::entry::NewAttachment;
use contract::{Error, FieldProblem, Kind};
use futures::TryStreamExt;
use rules::id::UploadId;
use service::uploads::{Algorithm, Piece, Standing};

use self::headers::{
    CHECKSUM, CHECKSUM_ALGORITHM, EXPIRES, EXTENSION, LENGTH, MAX_SIZE, METHOD_OVERRIDE, OFFSET, RESUMABLE,
    VERSION, VERSIONS, checksum, http_date, metadata, number,
};
use super::AppState;
use super::refusal::Refusal;

/// The type of a piece.
const PIECE_TYPE: &str = "application/offset+octet-stream";

/// The routes. The limit of a piece is the upload's own declared length, not axum's.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/uploads", options(capabilities).post(create))
        .route(
            "/uploads/{id}",
            options(capabilities)
                .head(standing)
                .patch(append)
                .delete(terminate)
                .merge(post(overridden)),
        )
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(versioned))
}

/// Every answer names the version; a client of another one is told so before anything happens.
async fn versioned(request: Request, next: Next) -> Response {
    let version = request.headers().get(&RESUMABLE);
    let spoken = request.method() == Method::OPTIONS || version.is_some_and(|version| version == VERSION);
    let mut response = if spoken {
        next.run(request).await
    } else {
        (
            StatusCode::PRECONDITION_FAILED,
            [(VERSIONS, HeaderValue::from_static(VERSION))],
        )
            .into_response()
    };
    let answer = response.headers_mut();
    answer.insert(RESUMABLE, HeaderValue::from_static(VERSION));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn capabilities(State(state): State<AppState>) -> Response {
    let algorithms = Algorithm::ALL.map(Algorithm::name).join(",");
    let fields = [
        (VERSIONS, VERSION.to_owned()),
        (
            EXTENSION,
            "creation,creation-with-upload,termination,checksum,expiration".to_owned(),
        ),
        (MAX_SIZE, state.ctx.config.upload_limit.to_string()),
        (CHECKSUM_ALGORITHM, algorithms),
    ];
    (StatusCode::NO_CONTENT, text_headers(fields)).into_response()
}

async fn create(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let created = async {
        let size =
            number(&headers, &LENGTH).ok_or_else(|| Error::field("length", FieldProblem::NotANumber))?;
        let new = new_attachment(&headers)?;
        let begun = state.uploads.begin_pieces(&session.actor, new, size).await?;
        if !is_piece(&headers) {
            return Ok((begun, false));
        }
        let piece = Piece {
            // a repeated creation goes on where the first one came to
            offset: 0,
            ..piece(&headers)?
        };
        if begun.offset > 0 {
            return Ok((begun, true));
        }
        let standing = state
            .uploads
            .append(&session.actor, begun.id, piece, stream(body))
            .await?;
        Ok((standing, true))
    };
    match created.await {
        Ok((standing, with_offset)) => {
            let mut fields = about(&standing);
            fields.push((header::LOCATION, format!("/uploads/{}", standing.id)));
            if with_offset {
                fields.push((OFFSET, standing.offset.to_string()));
            }
            (StatusCode::CREATED, text_headers(fields)).into_response()
        }
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

async fn standing(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let found = async { state.uploads.standing(&session.actor, upload(&id)?).await };
    match found.await {
        Ok(standing) => {
            let mut fields = about(&standing);
            fields.push((OFFSET, standing.offset.to_string()));
            fields.push((LENGTH, standing.size.to_string()));
            (StatusCode::OK, text_headers(fields)).into_response()
        }
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

async fn append(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    if !is_piece(&headers) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let appended = async {
        let (id, piece) = (upload(&id)?, piece(&headers)?);
        state
            .uploads
            .append(&session.actor, id, piece, stream(body))
            .await
    };
    match appended.await {
        Ok(standing) => {
            let mut fields = about(&standing);
            fields.push((OFFSET, standing.offset.to_string()));
            (StatusCode::NO_CONTENT, text_headers(fields)).into_response()
        }
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

async fn terminate(
    State(state): State<AppState>,
    Extension(session): Extension<RequestSession>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let ended = async { state.uploads.terminate(&session.actor, upload(&id)?).await };
    match ended.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => Refusal::new(&headers, error).into_response(),
    }
}

/// For clients behind something that knows no PATCH.
async fn overridden(
    state: State<AppState>,
    session: Extension<RequestSession>,
    id: Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match headers.get(&METHOD_OVERRIDE).map(HeaderValue::as_bytes) {
        Some(b"PATCH") => append(state, session, id, headers, body).await,
        Some(b"DELETE") => terminate(state, session, id, headers).await,
        Some(b"HEAD") => standing(state, session, id, headers).await,
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

/// What the metadata says of the file: `entry`, `kind`, `filename`, `key`.
fn new_attachment(headers: &HeaderMap) -> Result<NewAttachment, Error> {
    let said = metadata(headers)?;
    let text = |name: &str| {
        said.get(name)
            .map(String::as_str)
            .ok_or_else(|| Error::field(name, FieldProblem::Missing))
    };
    let malformed = |name: &str| Error::field(name, FieldProblem::Malformed);
    Ok(NewAttachment {
        key: text("key")?.parse().map_err(|_| malformed("key"))?,
        entry: text("entry")?.parse().map_err(|_| Error::NotFound(Kind::Entry))?,
        kind: rules::entry::AttachmentKind::from_slug(text("kind")?).ok_or_else(|| malformed("kind"))?,
        file_name: text("filename")?.to_owned(),
    })
}

fn piece(headers: &HeaderMap) -> Result<Piece, Error> {
    let checksum = match headers.get(&CHECKSUM) {
        None => None,
        Some(value) => {
            Some(checksum(value).ok_or_else(|| Error::field("checksum", FieldProblem::Malformed))?)
        }
    };
    let offset = match number(headers, &OFFSET) {
        Some(offset) => offset,
        // creation-with-upload has none: it begins at the beginning
        None if headers.contains_key(&LENGTH) => 0,
        None => return Err(Error::field("offset", FieldProblem::NotANumber)),
    };
    Ok(Piece {
        offset,
        length: number(headers, &header::CONTENT_LENGTH),
        checksum,
    })
}

fn is_piece(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == PIECE_TYPE)
}

fn upload(id: &str) -> Result<UploadId, Error> {
    id.parse().map_err(|_| Error::NotFound(Kind::Attachment))
}

fn stream(body: Body) -> impl futures::Stream<Item = std::io::Result<bytes::Bytes>> + Send + Unpin {
    body.into_data_stream().map_err(std::io::Error::other)
}

/// What every answer about an upload says.
fn about(standing: &Standing) -> Vec<(HeaderName, String)> {
    if standing.finished {
        return Vec::new();
    }
    vec![(EXPIRES, http_date(standing.expires_at))]
}

fn text_headers(fields: impl IntoIterator<Item = (HeaderName, String)>) -> HeaderMap {
    fields
        .into_iter()
        .filter_map(|(name, value)| Some((name, HeaderValue::from_str(&value).ok()?)))
        .collect()
}
