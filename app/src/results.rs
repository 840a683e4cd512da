//! Results: the desk where prizes are proposed and the signed decision is recorded.

pub mod api;
mod decision;
mod desk;
mod prizes;
mod ranking;

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn ResultsRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("/manage/:slug/results") view={Lazy::<desk::ResultsPage>::new()} ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
