//! `server rehearse`: an intake of many invented authors, for measuring on an empty database.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use chrono::TimeDelta;
use clap::{Args, Subcommand};
use service::clock::{Clock, SystemClock};
use service::demo::rehearsal;

use crate::config::StorageConfig;

/// Nothing is uploaded.
const UPLOAD_LIMIT: u64 = 0;
/// Commands under way at once.
const AT_ONCE: usize = 64;

/// Rehearses the rush before a deadline. Never on real data.
#[derive(Args)]
pub struct Rehearse {
    #[command(subcommand)]
    part: Part,
}

#[derive(Subcommand)]
enum Part {
    /// Writes and submits the drafts through the services and prints how fast that was.
    Submit {
        /// Authors, one entry each.
        #[arg(long, default_value_t = 2_000)]
        authors: usize,
        #[command(flatten)]
        storage: StorageConfig,
    },
    /// Writes the drafts and leaves submitting them to somebody else: sessions, entries and deadline go to a file.
    Prepare {
        /// Authors, one entry each.
        #[arg(long, default_value_t = 2_000)]
        authors: usize,
        /// Seconds from the end of the preparation to the deadline.
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// The JSON file.
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        storage: StorageConfig,
    },
}

/// Runs the command.
pub async fn run(command: Rehearse) -> anyhow::Result<()> {
    match command.part {
        Part::Submit { authors, storage } => submit(authors, &storage).await,
        Part::Prepare {
            authors,
            seconds,
            out,
            storage,
        } => prepare(authors, seconds, &out, &storage).await,
    }
}

async fn submit(authors: usize, storage: &StorageConfig) -> anyhow::Result<()> {
    let ctx =
        crate::start::context(storage, Arc::new(SystemClock), true, UPLOAD_LIMIT, String::new()).await?;
    let deadline = SystemClock.now() + TimeDelta::days(1);
    let begun = Instant::now();
    let intake = rehearsal::prepare(&ctx, authors, deadline, AT_ONCE)
        .await
        .map_err(|error| anyhow!("{error}"))?;
    report("draft written (5 calls)", intake.writing, begun.elapsed());
    let begun = Instant::now();
    let took = rehearsal::submit_all(&ctx, intake.drafts, AT_ONCE)
        .await
        .map_err(|error| anyhow!("{error}"))?;
    report("submitted", took, begun.elapsed());
    Ok(())
}

async fn prepare(
    authors: usize,
    seconds: u32,
    out: &std::path::Path,
    storage: &StorageConfig,
) -> anyhow::Result<()> {
    let ctx =
        crate::start::context(storage, Arc::new(SystemClock), true, UPLOAD_LIMIT, String::new()).await?;
    let far = SystemClock.now() + TimeDelta::days(1);
    let intake = rehearsal::prepare(&ctx, authors, far, AT_ONCE)
        .await
        .map_err(|error| anyhow!("{error}"))?;
    // The drafts took time of their own; the deadline comes nearer only now.
    let deadline = rehearsal::count_down(&ctx, &intake, TimeDelta::seconds(i64::from(seconds)))
        .await
        .map_err(|error| anyhow!("{error}"))?;
    let file = std::fs::File::create(out).with_context(|| out.display().to_string())?;
    serde_json::to_writer(
        file,
        &serde_json::json!({
            "own_deadline": intake.deadline,
            "deadline_ms": deadline.timestamp_millis(),
            "drafts": intake.drafts,
        }),
    )?;
    Ok(())
}

fn report(what: &str, mut took: Vec<Duration>, whole: Duration) {
    took.sort();
    let at = |percent: usize| {
        let index = (took.len() * percent / 100).min(took.len().saturating_sub(1));
        took.get(index).copied().unwrap_or_default()
    };
    let rate = took.len() as u128 * 1_000 / whole.as_millis().max(1);
    println!(
        "{what}: {} in {:.1?}, {rate} per second; median {:.1?}, p99 {:.1?}, at concurrency {AT_ONCE}",
        took.len(),
        whole,
        at(50),
        at(99),
    );
}
