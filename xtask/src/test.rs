//! `cargo xtask test`: everything that says whether this workspace is good, in one command.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::postgres::{Durability, Postgres};
use crate::{arrows, progress, wasm_target};

mod count;
mod e2e;
mod lint;
mod native;

use count::Count;

/// Flags of `cargo xtask test`.
#[derive(Args)]
pub struct TestArgs {
    /// Only these parts, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Only tests whose name contains this (for `unit`, `server` and `e2e`).
    filter: Option<String>,
}

/// The parts, in the order in which they run: the quick ones first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Debug)]
enum Part {
    /// `cargo fmt --check`.
    Fmt,
    /// The crate graph.
    Arrows,
    /// Lints, native and wasm.
    Clippy,
    /// Tests of what needs no database.
    Unit,
    /// Tests of store, services and HTTP, on SQLite and PostgreSQL.
    Server,
    /// The release build in a browser.
    E2e,
}

/// What one part came to.
struct Outcome {
    name: &'static str,
    count: Count,
    took: Duration,
}

/// Runs the parts asked for (all when none is named); false when anything failed.
pub fn run(args: &TestArgs) -> Result<bool> {
    wasm_target::ensure()?;
    let parts: BTreeSet<Part> = match &*args.only {
        [] => [
            Part::Fmt,
            Part::Arrows,
            Part::Clippy,
            Part::Unit,
            Part::Server,
            Part::E2e,
        ]
        .into(),
        only => only.iter().copied().collect(),
    };
    let filter = args.filter.as_deref();
    let wants = |part: Part| parts.contains(&part);
    let mut outcomes = Vec::new();
    let mut record = |name, work: &mut dyn FnMut() -> Result<Count>| outcomes.push(measure(name, work));

    if wants(Part::Fmt) {
        record("format", &mut lint::format);
    }
    if wants(Part::Arrows) {
        record("crate arrows", &mut check_arrows);
    }
    if wants(Part::Clippy) {
        record("clippy, native", &mut lint::clippy_native);
        record("clippy, wasm", &mut lint::clippy_wasm);
    }
    // One cluster for all that want one; dropping it at the end of this function, however reached, stops it.
    let mut cluster = None;
    if wants(Part::Unit) || wants(Part::Server) {
        let scope = native::Scope::new(wants(Part::Unit), wants(Part::Server));
        record("Rust tests", &mut || {
            let postgres = wants(Part::Server).then(|| start(&mut cluster)).transpose()?;
            native::run(scope, filter, postgres.as_deref())
        });
    }
    if wants(Part::E2e) {
        record("end-to-end tests", &mut || {
            e2e::run(filter, &start(&mut cluster)?)
        });
    }
    Ok(summarise(&outcomes))
}

/// The cluster's address; the first call starts it.
fn start(cluster: &mut Option<Postgres>) -> Result<String> {
    if let Some(running) = cluster {
        return Ok(running.url());
    }
    let started = progress::step("Starting PostgreSQL for the tests", || {
        Postgres::start(Durability::None)
    })?;
    Ok(cluster.insert(started).url())
}

fn measure(name: &'static str, work: &mut dyn FnMut() -> Result<Count>) -> Outcome {
    let start = Instant::now();
    // A part that cannot even run is one failure, and the other parts still run.
    let count = progress::step(name, work).unwrap_or_else(|error| {
        progress::error(&error);
        Count::FAILED
    });
    Outcome {
        name,
        count,
        took: start.elapsed(),
    }
}

fn check_arrows() -> Result<Count> {
    let mut count = Count::default();
    for (name, faults) in arrows::check()? {
        count.add(Count::of(faults.is_empty()));
        for fault in faults {
            progress::note(format!("{name}: {fault}"));
        }
    }
    Ok(count)
}

fn summarise(outcomes: &[Outcome]) -> bool {
    let mut total = Count::default();
    println!();
    for Outcome { name, count, took } in outcomes {
        let verdict = if count.failed == 0 { "ok" } else { "FAILED" };
        println!(
            "{verdict:<7} {name:<18} {:>5} passed {:>4} failed  {:>12}",
            count.passed,
            count.failed,
            progress::seconds(*took)
        );
        total.add(*count);
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    total.failed == 0
}
