//! Running a contest: the list of contests managed, a new one, the set-up step by step, the control room.

pub mod api;
mod create;
mod fields;
mod intent;
mod label;
mod list;
mod room;
mod section;
mod setup;

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn ManageRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/manage") view={Lazy::<list::ListPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/manage/new") view={Lazy::<create::CreatePage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/manage/:slug") view={Lazy::<room::RoomPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/manage/:slug/setup/:section") view={Lazy::<setup::SetupPage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// Address of a control room.
fn room_href(slug: &str) -> String {
    format!("/manage/{slug}")
}

/// Address of a step of the set-up.
fn setup_href(slug: &str, section: rules::contest::SetupSection) -> String {
    format!("/manage/{slug}/setup/{}", section.slug())
}
