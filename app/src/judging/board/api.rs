//! The board's server function.

use contract::Error;
use contract::judging::BoardView;
use leptos::prelude::*;

/// The live board.
#[server(prefix = "/api/judging", endpoint = "board")]
pub async fn board(slug: String) -> Result<BoardView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.board(&actor, slug).await)
}
