//! The one file of `app` that exists only on the server: services and actor from context, cookies, status codes.

use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use contract::account::NewSession;
use contract::{Error, Services};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use rules::account::{Actor, Denied};

/// Who the request is for, put into its extensions by the server's session layer before anything else runs.
#[derive(Clone, Debug, Default)]
pub struct RequestSession {
    pub actor: Actor,
    /// The cookie's secret, for signing out.
    pub token: Option<String>,
    /// The site is reached over HTTPS, so cookies are marked `Secure`.
    pub secure: bool,
}

/// Name of the session cookie.
pub const SESSION_COOKIE: &str = "session";

/// The services and the actor of this request, for a server function's single call.
///
/// # Errors
/// None that a client can cause; without the server's context the call answers as a transport error.
pub fn session() -> Result<(Services, Actor), Error> {
    let services = use_context::<Services>().ok_or_else(no_context)?;
    Ok((services, request_session().actor))
}

/// The whole session of this request.
pub fn request_session() -> RequestSession {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<RequestSession>().cloned())
        .unwrap_or_default()
}

fn no_context() -> Error {
    Error::Transport(leptos::server_fn::error::ServerFnErrorErr::ServerError(
        "no services in context".to_owned(),
    ))
}

/// Sets the response's status from a result and hands it on.
///
/// A form posted without JavaScript is answered by a redirect that carries the error; a status would replace the
/// redirect and show raw JSON, so none is set there. A page that needs signing in leads to the sign-in page.
///
/// # Errors
/// The one handed in.
pub fn answer<T>(result: Result<T, Error>) -> Result<T, Error> {
    if let Err(error) = &result
        && let (Some(parts), Some(response)) = (use_context::<Parts>(), use_context::<ResponseOptions>())
    {
        let html = parts
            .headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"));
        let page = parts.method == http::Method::GET;
        if page && html && matches!(error, Error::Denied(Denied::SignInRequired)) {
            let here = parts.uri.path_and_query().map_or("/", |path| path.as_str());
            leptos_axum::redirect(&crate::account::sign_in_href(here));
        } else if page || !html {
            response.set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST));
        }
    }
    result
}

/// Sets the session cookie and leads to `next`.
pub fn begin_session(session: &NewSession, next: Option<&str>) {
    set_cookie(&format!(
        "{SESSION_COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}",
        session.token,
        session.max_age_seconds,
        if request_session().secure { "; Secure" } else { "" }
    ));
    leptos_axum::redirect(crate::preferences::safe_back(next.unwrap_or("/")));
}

/// Removes the session cookie and leads home.
pub fn end_session() {
    set_cookie(&format!(
        "{SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
    ));
    leptos_axum::redirect("/");
}

fn set_cookie(cookie: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// The sentence for an error outside a page: uploads, the command line.
pub fn error_text_in(locale: crate::i18n::Locale, error: &Error) -> String {
    Owner::new().with(|| {
        crate::i18n::provide_locale(locale);
        crate::text::error_text(error)
    })
}

/// A page of one sentence, for a refusal of an endpoint that a browser window shows by itself.
pub fn plain_error_page(locale: crate::i18n::Locale, error: &Error) -> String {
    use leptos_i18n::Locale as _;
    let text = error_text_in(locale, error);
    view! {
        <html lang=locale.as_str()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{text.clone()}</title>
            </head>
            <body><main><h1>{text}</h1></main></body>
        </html>
    }
    .to_html()
}
