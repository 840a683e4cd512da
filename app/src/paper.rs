//! Documents made of entries: the check of the copies judges get, and links to what can be downloaded.

mod api;
mod check;
mod links;

pub use links::DeskPapers;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{Lazy, MatchNestedRoutes, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn PaperRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/manage/:slug/blind") view={Lazy::<check::BlindCheckPage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
}
