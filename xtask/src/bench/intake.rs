//! The intake: drafts and submissions through the services on both engines, and the rush before a deadline over HTTP.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};

use super::http::{Answer, Author, Intake};
use super::server::{Server, fresh_data};
use crate::postgres::{Durability, Postgres};
use crate::profile::Profile;
use crate::{command, paths, progress};

/// Browsers at work at once.
const CLIENTS: usize = 64;
/// Length of the rush.
const RUSH: Duration = Duration::from_secs(60);
/// Authors who wake up only after the deadline, out of a hundred.
const LATE_PERCENT: usize = 2;

/// Measures and prints; anything lost, accepted late or refused in time is an error.
pub fn run(profile: Profile, authors: u32) -> Result<()> {
    println!("intake of {authors} entries through the services:");
    print_indented("SQLite", &rehearse(profile, authors, None)?);
    let postgres = Postgres::start(Durability::Full)?;
    print_indented("PostgreSQL", &rehearse(profile, authors, Some(&postgres.url()))?);
    drop(postgres);
    rush(profile, authors)
}

fn print_indented(engine: &str, report: &str) {
    for line in report.lines() {
        println!("  {engine:<11} {line}");
    }
}

fn rehearse(profile: Profile, authors: u32, database: Option<&str>) -> Result<String> {
    let mut server = Command::new(profile.server());
    server
        .args(["rehearse", "submit", "--authors", &authors.to_string(), "--data"])
        .arg(fresh_data()?)
        .env("RUST_LOG", "warn");
    if let Some(url) = database {
        server.args(["--database-url", url]);
    }
    command::output(&mut server)
}

/// Everybody submits in the last minute, most of them near its end, some too late.
fn rush(profile: Profile, authors: u32) -> Result<()> {
    let (data, file) = (fresh_data()?, paths::scratch().join("intake.json"));
    // Time enough to start the server, to save drafts and to let the minute begin.
    let lead = 30;
    progress::step("Writing the drafts", || {
        let mut server = Command::new(profile.server());
        server
            .args(["rehearse", "prepare", "--authors", &authors.to_string()])
            .args(["--seconds", &(RUSH.as_secs() + lead).to_string(), "--out"])
            .arg(&file)
            .arg("--data")
            .arg(&data)
            .env("RUST_LOG", "warn");
        command::run(&mut server)
    })?;
    let mut intake: Intake = serde_json::from_slice(&fs::read(&file)?).context("the rehearsal's file")?;
    let server = Server::start_on(profile, data.clone(), &[])?;
    let before = server.memory()?;
    autosaves(&server, &mut intake.drafts)?;

    let deadline = intake.deadline_since_epoch()?;
    let plan = plan(intake.drafts.len(), deadline);
    ensure!(
        since_epoch() < plan.first().map_or(deadline, |first| first.1),
        "the machine is too busy: the minute began before everything was ready"
    );
    let answers = progress::step("The last minute before the deadline", || {
        Ok(submit(&server, &intake.drafts, &plan))
    })?;
    let after = server.memory()?;
    judge(&server, &intake, &answers)?;
    println!("  memory of the server {before} before, {after} after");
    drop(server);
    Ok(())
}

/// Saves one step of a good many drafts over HTTP and prints how long that takes.
fn autosaves(server: &Server, drafts: &mut [Author]) -> Result<()> {
    let next = AtomicUsize::new(0);
    let chunk = drafts.len().div_ceil(CLIENTS).max(1);
    let took: Vec<Result<Vec<Duration>>> = thread::scope(|scope| {
        let clients: Vec<_> = drafts
            .chunks_mut(chunk)
            .map(|mine| {
                let number = next.fetch_add(1, Ordering::Relaxed);
                scope.spawn(move || {
                    let client = super::http::Client::new(server);
                    mine.iter_mut()
                        .take(8)
                        .enumerate()
                        .map(|(index, draft)| client.autosave(draft, number * 1_000 + index))
                        .collect()
                })
            })
            .collect();
        clients
            .into_iter()
            .map(|client| client.join().unwrap_or_else(|_| bail!("a client panicked")))
            .collect()
    });
    let mut all = Vec::new();
    for some in took {
        all.extend(some?);
    }
    all.sort();
    println!(
        "autosave over HTTP, {CLIENTS} browsers without a pause: {} saved, median {:.1?}, p99 {:.1?}",
        all.len(),
        percentile(&all, 50),
        percentile(&all, 99)
    );
    Ok(())
}

/// When each author presses the button, in order of time: crowded towards the end of the minute.
fn plan(authors: usize, deadline: Duration) -> Vec<(usize, Duration)> {
    let late = authors * LATE_PERCENT / 100;
    let early = authors - late;
    let minute = u64::try_from(RUSH.as_millis()).unwrap_or(u64::MAX);
    (0..early)
        .map(|index| {
            // Half of them in the last quarter: the square root of how far the author is in the queue.
            let share = (index as u64 * 1_000_000 / early as u64).isqrt();
            (
                index,
                deadline - RUSH + Duration::from_millis(minute * share / 1_000),
            )
        })
        .chain((0..late).map(|index| {
            let after = Duration::from_millis(50 + 3_000 * index as u64 / late.max(1) as u64);
            (early + index, deadline + after)
        }))
        .collect()
}

/// Presses every button at its time.
fn submit(server: &Server, drafts: &[Author], plan: &[(usize, Duration)]) -> Vec<Answer> {
    let next = AtomicUsize::new(0);
    let answers: Vec<Vec<Answer>> = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let next = &next;
                scope.spawn(move || {
                    let client = super::http::Client::new(server);
                    let mut answers = Vec::new();
                    while let Some((author, at)) = plan.get(next.fetch_add(1, Ordering::Relaxed)) {
                        thread::sleep(at.saturating_sub(since_epoch()));
                        answers.push(client.submit(&drafts[*author], *author));
                    }
                    answers
                })
            })
            .collect();
        clients
            .into_iter()
            .map(|client| client.join().unwrap_or_default())
            .collect()
    });
    answers.into_iter().flatten().collect()
}

/// Compares what was answered with what the server has, and prints the outcome.
fn judge(server: &Server, intake: &Intake, answers: &[Answer]) -> Result<()> {
    let deadline = intake.deadline_since_epoch()?;
    let client = super::http::Client::new(server);
    let (mut accepted, mut refused) = (0, 0);
    let mut wrong = Vec::new();
    let mut took: Vec<Duration> = Vec::new();
    for answer in answers {
        let received = client.received_at(&intake.drafts[answer.author])?;
        match (answer.status, received) {
            (200 | 302, Some(at)) if instant(&at) <= instant(&intake.own_deadline) => {
                accepted += 1;
                took.push(answer.answered - answer.sent);
            }
            (200 | 302, Some(at)) => wrong.push(format!("accepted late, at {at}")),
            (200 | 302, None) => wrong.push("acknowledged and lost".to_owned()),
            // Sent before and answered after the deadline: when it arrived, only the server knows.
            (422, None) if answer.answered > deadline => refused += 1,
            (422, None) => wrong.push("refused in time".to_owned()),
            (422, Some(_)) => wrong.push("refused and yet accepted".to_owned()),
            (status, _) => wrong.push(format!("status {status}: {}", answer.body)),
        }
    }
    took.sort();
    println!(
        "rush: {} authors submit in the last 60 s and up to 3 s after, over HTTP on SQLite:",
        answers.len()
    );
    println!(
        "  {accepted} accepted in time, {refused} refused after the deadline; accepted answers: median {:.1?}, p99 {:.1?}, longest {:.1?}",
        percentile(&took, 50),
        percentile(&took, 99),
        took.last().copied().unwrap_or_default()
    );
    let at_least = answers.len() * (100 - LATE_PERCENT) / 100;
    ensure!(
        answers.len() == intake.drafts.len() && accepted >= at_least,
        "{} of {} authors were answered, {accepted} accepted, {at_least} expected",
        answers.len(),
        intake.drafts.len()
    );
    wrong.sort();
    wrong.dedup();
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("  none lost, none accepted late, none refused in time");
    Ok(())
}

/// A time in UTC so that text order is time order whatever the number of decimals.
fn instant(time: &str) -> &str {
    time.trim_end_matches('Z')
}

fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).copied().unwrap_or_default()
}

/// The wall clock, which client and server share.
#[expect(
    clippy::disallowed_methods,
    reason = "the rush runs against the server's own clock"
)]
pub fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_compare_with_and_without_decimals() {
        assert!(instant("2026-11-23T10:00:00Z") < instant("2026-11-23T10:00:00.000001Z"));
        assert!(instant("2026-11-23T09:59:59.999999Z") < instant("2026-11-23T10:00:00Z"));
    }

    #[test]
    fn the_rush_ends_at_the_deadline_and_some_come_late() {
        let deadline = Duration::from_secs(1_000);
        let plan = plan(200, deadline);
        assert_eq!(plan.len(), 200);
        assert!(plan.windows(2).all(|two| two[0].1 <= two[1].1));
        assert_eq!(plan[0].1, deadline - RUSH);
        assert_eq!(plan.iter().filter(|(_, at)| *at > deadline).count(), 4);
        assert!(plan.iter().filter(|(_, at)| *at > deadline - RUSH / 4).count() > 80);
    }
}
