//! Server functions of the results desk. The decision itself comes as a multipart form to `/upload/decision/{slug}`,
//! because it may carry the signed file.

use contract::Error;
use contract::results::{self as commands, ResultsDeskView};
use leptos::prelude::*;

/// The results desk.
#[server(prefix = "/api/results", endpoint = "desk")]
pub async fn results_desk(slug: String) -> Result<ResultsDeskView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.results.desk(&actor, slug).await)
}

/// Proposes the prizes as the rules give them.
#[server(prefix = "/api/results", endpoint = "propose_prizes")]
pub async fn propose_prizes(cmd: commands::ProposePrizes) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.results.propose_prizes(&actor, cmd).await)
}
