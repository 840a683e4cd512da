//! Deadlines of single entries and units: extensions, changes after submitting, versions compared, the public check of a
//! receipt.

pub mod api;
mod extension;
mod form;
mod revise;
mod status;
mod versions;
mod words;

pub(crate) use revise::{DropChangesForm, TakeUpButton};
pub(crate) use versions::{compare_href, versions_href};
pub(crate) use words::{ExtensionNotes, TimelinessBadge, grace_note, grace_rule, timeliness_name};

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn DeadlineRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/entries/:entry/versions") view={Lazy::<versions::VersionsPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/receipts/:token") view={Lazy::<status::ReceiptStatusPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/manage/:slug/extensions") view={Lazy::<extension::ExtensionsPage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// Address of the organiser's page of extensions; `query` begins with `?` or is empty.
pub(crate) fn extensions_href(slug: &str, query: &str) -> String {
    format!("/manage/{slug}/extensions{query}")
}
