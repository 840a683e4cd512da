//! Opens the database and puts the services together.

use std::sync::Arc;

use anyhow::Context;
use service::clock::{Clock, SystemIds};
use service::{Ctx, ServiceConfig};
use store::Store;
use tracing_subscriber::EnvFilter;

use crate::config::StorageConfig;

/// Logs to standard error; `RUST_LOG` chooses what.
pub fn logging() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,server=info,service=info"));
    // Fails only where a test set a subscriber before.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

/// The surroundings of the services over the configured database, migrated.
///
/// # Errors
/// Where the database cannot be opened or migrated.
pub async fn context(
    storage: &StorageConfig,
    clock: Arc<dyn Clock>,
    demo: bool,
    upload_limit: u64,
    public_url: String,
) -> anyhow::Result<Arc<Ctx>> {
    let url = storage
        .prepare()
        .with_context(|| format!("data folder {}", storage.data.display()))?;
    let store = Store::connect(&url)
        .await
        .context("the database cannot be opened")?;
    store.migrate().await.context("the database cannot be migrated")?;
    let config = ServiceConfig {
        demo,
        upload_limit,
        data_dir: storage.data.clone(),
        public_url,
        bucket: storage.files.bucket()?,
        clamd: storage.files.clamd_address.clone(),
    };
    Ok(Ctx::new(store, clock, Arc::new(SystemIds), config))
}
