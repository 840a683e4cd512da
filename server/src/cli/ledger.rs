//! `server verify-ledger`.

use std::process::ExitCode;
use std::sync::Arc;

use service::clock::SystemClock;

use crate::config::StorageConfig;

/// Checks every chain and prints one line a contest.
pub async fn run(storage: StorageConfig) -> anyhow::Result<ExitCode> {
    let ctx = crate::start::context(&storage, Arc::new(SystemClock), false, 0).await?;
    let mut broken = false;
    for check in service::contest::verify_ledger(&ctx).await? {
        match &check.result {
            Ok(head) => println!("{}: {} events, head {head}", check.code, check.events),
            Err(fault) => {
                broken = true;
                println!("{}: {fault}", check.code);
            }
        }
    }
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
