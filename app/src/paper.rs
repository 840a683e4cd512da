//! Documents made of entries: the check of the copies judges get, and links to what can be downloaded.

mod api;
mod check;
mod links;

pub use links::DeskPapers;

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn PaperRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/manage/:slug/blind") view={Lazy::<check::BlindCheckPage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
