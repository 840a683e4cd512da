//! The organiser's register: checklist and checks, entries from paper, similar entries, lists in and out.

pub mod api;
mod check;
mod checklist;
mod desk;
mod form;
mod import;
mod paper;
mod password;
mod similar;
#[cfg(feature = "ssr")]
pub mod table;
mod words;

pub use check::CheckCard;
pub use desk::{AcceptChecked, DeskTools, Marks, check_of, check_value};
pub use similar::Similar;

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn RegisterRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/manage/:slug/checklist") view={Lazy::<checklist::ChecklistPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/manage/:slug/import") view={Lazy::<import::ImportEntriesPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/people/import") view={Lazy::<import::ImportDirectoryPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/contests/:slug/register") view={Lazy::<paper::PaperPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/first-password/:token") view={Lazy::<password::FirstPasswordPage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
