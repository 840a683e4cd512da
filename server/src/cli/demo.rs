//! `server demo`: loads the demo contests, or walks the fictional one from its plan to its decision.

use std::sync::Arc;

use clap::Args;
use service::clock::SystemClock;

use crate::config::StorageConfig;

/// Loads the demo.
#[derive(Args)]
pub struct Demo {
    /// Plays the whole SIM-2025 contest through the services and prints ranking, prizes and the ledger's last hash.
    #[arg(long)]
    walk: bool,
    #[command(flatten)]
    storage: StorageConfig,
}

/// Runs the command.
pub async fn run(demo: Demo) -> anyhow::Result<()> {
    let ctx = crate::start::context(&demo.storage, Arc::new(SystemClock), true, 100 * 1024 * 1024).await?;
    if demo.walk {
        println!("{}", service::demo::walk(&ctx).await?);
    } else {
        service::demo::load(&ctx).await?;
        println!("{}", service::demo::SIGN_INS);
    }
    Ok(())
}
