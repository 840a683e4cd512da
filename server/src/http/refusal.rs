//! A refusal of an endpoint outside the pages: JSON for programs, a plain sentence for a browser window.

use app::preferences::Preferences;
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use contract::Error;

/// An error and how its reader wants it.
pub struct Refusal {
    error: Error,
    html: bool,
    preferences: Preferences,
}

impl Refusal {
    /// For a request.
    pub fn of(request: &Request, error: Error) -> Self {
        Self::new(request.headers(), error)
    }

    /// For a request's headers.
    pub fn new(headers: &HeaderMap, error: Error) -> Self {
        let text = |name| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        Self {
            error,
            html: text(header::ACCEPT).contains("text/html"),
            preferences: Preferences::from_cookies(text(header::COOKIE)),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.error.status()).unwrap_or(StatusCode::BAD_REQUEST);
        if self.html {
            let page = app::ssr::plain_error_page(self.preferences.locale, &self.error);
            (status, Html(page)).into_response()
        } else {
            (status, Json(self.error)).into_response()
        }
    }
}
