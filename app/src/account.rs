//! Signing in, the session every page shares, one's own account, people and their roles.

mod api;
mod corner;
mod own;
mod people;
mod session;
mod sign_in;

pub use corner::{AccountCorner, SiteNav};
pub use session::{provide_session, sign_in_href, use_session};

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn AccountRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/sign-in") view={Lazy::<sign_in::SignInPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/account") view={Lazy::<own::AccountPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/people") view={Lazy::<people::PeoplePage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
