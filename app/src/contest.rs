//! Contests: what everybody may read of them – the home page, a contest's page, its result – and how they are run.
//!
//! The public pages are the first thing a visitor downloads, so they stay in the main chunk and draw on little else.

pub mod api;
mod card;
mod home;
mod label;
mod next;
mod page;
mod result;

pub use label::{DocumentLine, FictionalLabel, Paragraphs, document_text};
pub use next::NextDeadlineLine;

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};

/// The slice's public pages.
#[component(transparent)]
pub fn ContestRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/") view=home::HomePage ssr=SsrMode::Async/>
        <Route path=path!("/contests/:slug") view=page::ContestPage ssr=SsrMode::Async/>
        <Route path=path!("/contests/:slug/result") view=result::ResultPage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
