//! The pages and server functions of `app`, with their context.

use app::{root, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};

use super::AppState;
use super::security::content_security_policy;

/// Every page of the route table, the server functions, and the not-found page for anything else.
pub fn routes(state: &AppState) -> Router<AppState> {
    let routes = generate_route_list(root);
    let context = page_context(state);
    let options = state.leptos_options.clone();
    Router::new()
        .route("/api/{*function}", post(server_function))
        .leptos_routes_with_context(state, routes, context, move || shell(options.clone()))
        .fallback(leptos_axum::file_and_error_handler_with_context::<AppState, _>(page_context(state), shell))
}

async fn server_function(State(state): State<AppState>, request: Request<Body>) -> Response {
    if server_fn::axum::get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        let error = contract::Error::NotFound(contract::Kind::Page);
        return super::refusal::Refusal::of(&request, error).into_response();
    }
    let services = state.services.clone();
    leptos_axum::handle_server_fns_with_context(move || provide_context(services.clone()), request).await.into_response()
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
