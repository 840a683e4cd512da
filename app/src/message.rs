//! Messages: the bell in the header, the inbox, the organiser's overview of mails.

pub mod api;
mod bell;
mod deliveries;
mod inbox;
mod line;
mod words;

pub use bell::{Bell, provide_unread};

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn MessageRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/messages") view={Lazy::<inbox::InboxPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/manage/:slug/messages") view={Lazy::<deliveries::DeliveriesPage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
