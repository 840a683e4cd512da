//! Public pages for people who are not signed in, rendered once and kept for as long as they stay true.
//!
//! A page changes only when a ledger does, so the store's change counter is part of its key. The time left on a page is counted in the
//! browser; so that its starting point stays fresh, a page is kept for [`KEEP`] at most. Each answer gets a script
//! nonce of its own: the rendered one is replaced in the text.

use std::sync::Arc;
use std::time::Duration;

use app::preferences::Preferences;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use moka::future::Cache;

use super::AppState;
use super::security::content_security_policy;
use super::session::cookie;

/// How long a rendered page is kept.
const KEEP: Duration = Duration::from_secs(10);
/// Largest page kept.
const PAGE_MAX: usize = 1024 * 1024;

/// Rendered public pages.
#[derive(Clone)]
pub struct PageCache {
    pages: Cache<Key, Arc<Page>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    path: String,
    english: bool,
    theme: &'static str,
    version: u64,
}

struct Page {
    /// The page's text between its nonces.
    parts: Vec<Bytes>,
    etag: HeaderValue,
}

impl Default for PageCache {
    fn default() -> Self {
        Self {
            pages: Cache::builder().max_capacity(512).time_to_live(KEEP).build(),
        }
    }
}

/// Answers public pages from the cache; everything else passes through.
pub async fn serve(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !is_public_page(&request) {
        return next.run(request).await;
    }
    let preferences = Preferences::from_cookies(
        request
            .headers()
            .get(header::COOKIE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default(),
    );
    let key = Key {
        path: request.uri().path().to_owned(),
        english: preferences.locale == app::i18n::Locale::en,
        theme: preferences.theme.as_str(),
        version: state.ctx.hub.version(),
    };
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    if let Some(page) = state.pages.pages.get(&key).await {
        return answer(&page, known.as_ref(), &fresh_nonce(&state));
    }
    let (parts, body) = next.run(request).await.into_parts();
    let nonce = nonce_of(&parts.headers);
    let Ok(bytes) = to_bytes(body, PAGE_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let (StatusCode::OK, Some(nonce)) = (parts.status, nonce) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    let page = Arc::new(Page::new(&bytes, &nonce));
    state.pages.pages.insert(key, page.clone()).await;
    answer(&page, known.as_ref(), &nonce)
}

fn is_public_page(request: &Request) -> bool {
    let path = request.uri().path();
    let page = path == "/" || (path.starts_with("/contests/") && !path[10..].contains('/'));
    request.method() == Method::GET
        && page
        && request.uri().query().is_none()
        && cookie(request, app::ssr::SESSION_COOKIE).is_none()
}

impl Page {
    fn new(bytes: &Bytes, nonce: &str) -> Self {
        let mut parts = Vec::new();
        let mut start = 0;
        let needle = nonce.as_bytes();
        while let Some(at) = find(&bytes[start..], needle) {
            parts.push(bytes.slice(start..start + at));
            start += at + needle.len();
        }
        parts.push(bytes.slice(start..));
        let hash = rules::ledger::Hash32::of(&parts.concat());
        // Two pages of equal text are equal whatever their nonces, so the tag leaves the nonce out.
        let etag = HeaderValue::from_str(&format!("W/\"{}\"", &hash.to_string()[..32]))
            .unwrap_or_else(|_| HeaderValue::from_static("W/\"0\""));
        Self { parts, etag }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn answer(page: &Page, known: Option<&HeaderValue>, nonce: &str) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::ETAG, page.etag.clone());
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    if known == Some(&page.etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(nonce)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    (headers, page.parts.join(nonce.as_bytes())).into_response()
}

fn nonce_of(headers: &HeaderMap) -> Option<String> {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY)?.to_str().ok()?;
    let (_, rest) = policy.split_once("'nonce-")?;
    rest.split_once('\'').map(|(nonce, _)| nonce.to_owned())
}

fn fresh_nonce(state: &AppState) -> String {
    let secret = state.ctx.ids.secret();
    secret[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}
