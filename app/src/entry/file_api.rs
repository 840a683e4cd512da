//! Server functions of files: copies of the medium that come by hand. The bytes of files travel by `/uploads`.

use contract::Error;
use contract::file as commands;
use leptos::prelude::*;

/// The author's word that a copy comes by hand.
#[server(prefix = "/api/file", endpoint = "promise_copy")]
pub async fn promise_copy(cmd: commands::PromiseCopy) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.file.promise_copy(&actor, cmd).await)
}

/// The organiser's mark that a copy came.
#[server(prefix = "/api/file", endpoint = "receive_copy")]
pub async fn receive_copy(cmd: commands::ReceiveCopy) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.file.receive_copy(&actor, cmd).await)
}
