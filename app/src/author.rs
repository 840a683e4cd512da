//! Co-authors: the page of an invitation, open invitations in one's own list.

pub mod api;
mod facts;
mod open;
mod page;

pub use open::OpenInvitations;

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn AuthorRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/invitations/:token") view={Lazy::<page::InvitationPage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
