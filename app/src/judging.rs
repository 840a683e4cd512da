//! Judging: the judge's rounds, queue, scorecard and order board, the round desk, the live board.

pub mod api;
mod board;
mod desk;
mod entry;
mod form;
mod order;
mod parts;
mod principles;
mod queue;
mod rounds;
mod why;
mod words;

pub(crate) use desk::StateBadge;
pub(crate) use parts::{Failure, after_success, failure_of, fresh_key};
pub(crate) use why::why_text;
pub(crate) use words::{decimal, points_full};

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{Lazy, SsrMode, path};

/// The slice's pages.
#[component(transparent)]
pub fn JudgingRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/judging") view={Lazy::<rounds::RoundsPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/judging/:round") view={Lazy::<queue::QueuePage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/judging/:round/entry/:label") view={Lazy::<entry::EntryPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/judging/:round/order") view={Lazy::<order::OrderPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/contests/:slug/board") view={Lazy::<board::BoardPage>::new()} ssr=SsrMode::Async/>
        <Route path=path!("/rounds/:round") view={Lazy::<desk::RoundDeskPage>::new()} ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
