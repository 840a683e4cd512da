//! Results: the desk where prizes are proposed and the signed decision is recorded.

pub mod api;
mod decision;
mod desk;
mod prizes;
mod ranking;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{Lazy, MatchNestedRoutes, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn ResultsRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/manage/:slug/results") view={Lazy::<desk::ResultsPage>::new()} ssr=SsrMode::Async/> }.into_inner()
}
