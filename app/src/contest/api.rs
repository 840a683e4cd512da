//! The server functions of the public pages.

use contract::Error;
use contract::contest::{HomeView, PublicContestView};
use contract::results::ResultView;
use leptos::prelude::*;

/// The home page.
#[server(prefix = "/api/contest", endpoint = "home")]
pub async fn home() -> Result<HomeView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.contest.home(&actor).await)
}

/// A contest's page.
#[server(prefix = "/api/contest", endpoint = "public_contest")]
pub async fn public_contest(slug: String) -> Result<PublicContestView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.contest.public_contest(&actor, slug).await)
}

/// The published result.
#[server(prefix = "/api/results", endpoint = "public_result")]
pub async fn public_result(slug: String) -> Result<ResultView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.results.result(&actor, slug).await)
}
