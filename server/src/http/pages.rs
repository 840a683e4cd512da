//! The pages and server functions of `app`, with their context.

use app::{root, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
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
        .route("/api/{*function}", post(server_function))
        .leptos_routes_with_context(state, routes, context, move || shell(options.clone()))
        .fallback(leptos_axum::file_and_error_handler_with_context::<AppState, _>(
            page_context(state),
            shell,
        ))
}

async fn server_function(State(state): State<AppState>, request: Request<Body>) -> Response {
    if server_fn::axum::get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        let error = contract::Error::NotFound(contract::Kind::Page);
        return super::refusal::Refusal::of(&request, error).into_response();
    }
    let services = state.services.clone();
    let response =
        leptos_axum::handle_server_fns_with_context(move || provide_context(services.clone()), request).await;
    with_own_status(response.into_response()).await
}

/// The framework answers 500 for whatever it could not read; what a client sent wrongly is the client's, 4xx.
async fn with_own_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
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
