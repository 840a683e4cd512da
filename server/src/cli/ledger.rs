//! `server verify-ledger`.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::anyhow;
use service::clock::SystemClock;

use crate::config::StorageConfig;

/// Checks every chain and prints one line a contest; exit code 1 where a chain is broken.
pub async fn run(storage: StorageConfig) -> anyhow::Result<ExitCode> {
    let ctx = crate::start::context(&storage, Arc::new(SystemClock), false, 0, String::new()).await?;
    let reports = service::verify_ledger(&ctx)
        .await
        .map_err(|error| anyhow!("{error}"))?;
    let mut code = ExitCode::SUCCESS;
    for report in reports {
        match &report.verdict {
            Ok(head) => println!("{}: {} events, head {head}", report.code, report.events),
            Err(fault) => {
                code = ExitCode::FAILURE;
                println!("{}: {fault}", report.code);
            }
        }
    }
    Ok(code)
}
