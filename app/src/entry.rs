//! Entries: the author's list, wizard and receipt, the unit's board, the organiser's eligibility desk.

mod answers;
pub mod api;
mod desk;
mod detail;
pub mod file_api;
mod files;
mod form;
mod markdown_field;
mod own;
mod parts;
#[cfg(feature = "ssr")]
mod plain_invitation;
mod printed;
mod receipt;
mod typed;
pub mod unit;
mod units;
mod wizard;

pub use answers::AnswerList;
pub(crate) use files::Pdf;
pub(crate) use parts::{CodeChip, StateBadge, detail_href, encode, file_href, receipt_href, step_href};
pub use typed::{maturity_of, maturity_value};

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn EntryRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/entries") view={Lazy::<own::OwnPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/entries/:entry") view={Lazy::<receipt::ReceiptPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/entries/:entry/detail") view={Lazy::<detail::DetailPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/entries/:entry/:step") view={Lazy::<wizard::WizardPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/contests/:slug/unit") view={Lazy::<unit::UnitPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/contests/:slug/unit/slips/:slip") view={Lazy::<unit::SlipPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/manage/:slug/units") view={Lazy::<units::UnitsPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/manage/:slug/eligibility") view={Lazy::<desk::EligibilityPage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
