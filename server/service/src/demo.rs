//! The demo: three contests, played through the services themselves with the times of their data.
//!
//! QT-KKT-2021 is a published historical result, PT-2023 stands in the middle of its campaign, SIM-2025 is wholly
//! fictional with its preliminary round partly scored. What is invented carries `[Giả định]` and keeps it.

mod campaign;
mod cast;
mod historical;
pub mod rehearsal;
mod script;
mod setting_up;
pub mod sim;
mod sim_play;
mod units;
mod walk;
mod writing;

use std::sync::Arc;

use contract::Result;

use crate::ctx::Ctx;
use crate::error::Fault;

pub use cast::{PASSWORD, SIGN_INS};
pub use script::ScriptClock;
pub use walk::walk;

/// Loads the demo contests into an empty database; a database that holds them is left as it is.
///
/// # Errors
/// What a service answers; nothing of the demo is expected to be refused.
pub async fn load(ctx: &Arc<Ctx>) -> Result<()> {
    if store::contest::by_slug(ctx.store.read(), historical::SLUG)
        .await
        .fault()?
        .is_some()
    {
        return Ok(());
    }
    let script = script::Script::new(ctx);
    let units = units::load(&script).await?;
    let cast = cast::load(&script, &units).await?;
    historical::load(&script, &units, &cast).await?;
    campaign::load(&script, &units, &cast).await?;
    let mut sim = sim_play::SimPlay::begin(&script, &units, &cast).await?;
    sim.take_entries().await?;
    sim.open_round(sim::PRELIMINARY).await?;
    sim.score_part(sim::PRELIMINARY).await?;
    // Inboxes are full of what happened; nobody is mailed about it.
    let outbox = crate::message::Outbox::new(ctx.clone(), false);
    outbox.catch_up().await?;
    outbox.remind().await?;
    Ok(())
}
