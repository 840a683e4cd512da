//! `server demo`: loads the demo contests, or walks the fictional one from its plan to its decision.

use std::sync::Arc;

use anyhow::anyhow;
use clap::Args;
use service::clock::SystemClock;

use crate::config::StorageConfig;

/// Largest attachment of the demo, in bytes.
const UPLOAD_LIMIT: u64 = 100 * 1024 * 1024;

/// Loads the demo.
#[derive(Args)]
pub struct Demo {
    /// Plays the whole SIM-2025 contest through the services, on a new database that is gone afterwards (or on
    /// `DATABASE_URL`, which must be empty), and prints ranking, prizes and the ledger's last hash.
    #[arg(long)]
    walk: bool,
    #[command(flatten)]
    storage: StorageConfig,
}

/// Runs the command.
pub async fn run(demo: Demo) -> anyhow::Result<()> {
    if demo.walk {
        return walk(demo.storage).await;
    }
    let ctx = crate::start::context(
        &demo.storage,
        Arc::new(SystemClock),
        true,
        UPLOAD_LIMIT,
        String::new(),
    )
    .await?;
    service::demo::load(&ctx)
        .await
        .map_err(|error| anyhow!("{error}"))?;
    println!("{}", service::demo::SIGN_INS);
    Ok(())
}

async fn walk(storage: StorageConfig) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("contest-walk-{}", std::process::id()));
    let storage = StorageConfig {
        data: folder.clone(),
        ..storage
    };
    let walked = async {
        let ctx =
            crate::start::context(&storage, Arc::new(SystemClock), true, UPLOAD_LIMIT, String::new()).await?;
        service::demo::walk(&ctx)
            .await
            .map_err(|error| anyhow!("{error}"))
    }
    .await;
    // What is left behind would only lie in the system's temporary folder.
    let _ = std::fs::remove_dir_all(&folder);
    println!("{}", walked?);
    Ok(())
}
