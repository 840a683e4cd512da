//! The pages and server functions of `app`, with their context.

use app::{root, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};

use super::AppState;
use super::security::content_security_policy;

/// Longest error read back.
const ERROR_MAX: usize = 256 * 1024;

/// Every page of the route table, the server functions, and the not-found page for anything else.
pub fn routes(state: &AppState) -> Router<AppState> {
    let routes = generate_route_list(root);
    let context = page_context(state);
    let options = state.leptos_options.clone();
    Router::new()
        .route("/api/{*function}", any(no_such_function))
        .leptos_routes_with_context(state, routes, context, move || shell(options.clone()))
        .fallback(leptos_axum::file_and_error_handler_with_context::<AppState, _>(
            page_context(state),
            shell,
        ))
        .layer(from_fn(with_own_status))
}

/// `leptos_routes_with_context` answers every server function there is; what comes here is none.
async fn no_such_function(request: Request<Body>) -> Response {
    super::refusal::Refusal::of(&request, contract::Error::NotFound(contract::Kind::Page)).into_response()
}

/// The framework answers 500 for whatever it could not read; what a client sent wrongly is the client's, 4xx.
async fn with_own_status(request: Request<Body>, next: Next) -> Response {
    let of_function = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if !of_function || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, ERROR_MAX).await else {
        return parts.status.into_response();
    };
    if let Ok(error) = serde_json::from_slice::<contract::Error>(&bytes) {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// What a page render finds in context: the services, and a policy header with the render's own nonce.
fn page_context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let services = state.services.clone();
    move || {
        provide_context(services.clone());
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&content_security_policy(&nonce))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}
