//! The services: each loads what a decision needs, asks `rules`, stores rows and events in one transaction, and
//! publishes what was committed. They know nothing of HTTP or pages.

pub mod account;
pub mod actor;
pub mod clock;
pub mod contest;
pub mod ctx;
pub mod deadline;
pub mod demo;
pub mod entry;
pub mod error;
pub mod file;
pub mod hub;
pub mod input;
pub mod judging;
pub mod live;
pub mod message;
pub mod printing;
pub mod register;
pub mod results;
mod secret;
pub mod uploads;

use std::sync::Arc;

pub use ctx::{Begun, Ctx, ServiceConfig};
pub use hub::Hub;

/// Every service on the same surroundings.
pub fn services(ctx: Arc<Ctx>) -> contract::Services {
    contract::Services {
        account: Arc::new(account::Accounts::new(ctx.clone())),
        author: Arc::new(entry::Authors::new(ctx.clone())),
        contest: Arc::new(contest::Contests::new(ctx.clone())),
        deadline: Arc::new(deadline::Deadlines::new(ctx.clone())),
        entry: Arc::new(entry::Entries::new(ctx.clone())),
        file: Arc::new(file::Files::new(ctx.clone())),
        judging: Arc::new(judging::Judgings::new(ctx.clone())),
        message: Arc::new(message::Messages::new(ctx.clone())),
        paper: Arc::new(printing::Printing::new(ctx.clone())),
        register: Arc::new(register::Registers::new(ctx.clone())),
        results: Arc::new(results::Results::new(ctx.clone())),
        unit: Arc::new(entry::UnitDesks::new(ctx)),
    }
}

/// Verifies the ledger of every contest, in order of their codes (`server verify-ledger`).
///
/// # Errors
/// The store cannot be read; a broken chain is a report, not an error.
pub async fn verify_ledger(ctx: &Ctx) -> contract::Result<Vec<store::ledger::ChainReport>> {
    use error::Fault;
    store::ledger::verify_all(ctx.store.read()).await.fault()
}
