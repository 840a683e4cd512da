//! Rust tests outside the browser: rules, contract, verifier, stores on both engines, services, HTTP.

use std::process::Command;

use anyhow::Result;

use super::{Count, lint};
use crate::{command, paths};

/// Crates whose tests need no database.
const UNIT: [&str; 5] = ["rules", "contract", "verify", "app", "xtask"];
/// Crates whose tests do.
const SERVER: [&str; 4] = ["store", "service", "server", "testkit"];

/// Which crates' tests run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// All of them.
    All,
    /// Those that need no database.
    Unit,
    /// Those that need one.
    Server,
}

impl Scope {
    /// From what was asked for; one of the two is.
    pub fn new(unit: bool, server: bool) -> Self {
        match (unit, server) {
            (true, true) => Self::All,
            (_, false) => Self::Unit,
            (false, true) => Self::Server,
        }
    }

    fn crates(self) -> &'static [&'static str] {
        match self {
            Self::All => &[],
            Self::Unit => &UNIT,
            Self::Server => &SERVER,
        }
    }
}

/// Runs the tests with nextest where it is installed, with `cargo test` elsewhere.
pub fn run(scope: Scope, filter: Option<&str>, postgres_url: Option<&str>) -> Result<Count> {
    let nextest = command::find("cargo-nextest").is_some();
    let mut cargo = if nextest {
        with_nextest(scope)?
    } else {
        with_cargo_test(scope)?
    };
    cargo.args(filter);
    cargo.envs(postgres_url.map(|url| ("TEST_POSTGRES_URL", url)));
    let (success, output) = command::tee(&mut cargo)?;
    let count = if nextest {
        Count::from_nextest(&output)
    } else {
        Count::from_cargo_test(&output)
    };
    let mut count = count.with_verdict(success);
    if nextest && scope == Scope::All && filter.is_none() {
        count.add(doc_tests()?);
    }
    Ok(count)
}

/// Examples in documentation, which nextest leaves out. Having none is no fault.
fn doc_tests() -> Result<Count> {
    let mut cargo = lint::linting_cargo()?;
    cargo.args([
        "test",
        "--doc",
        "--workspace",
        "--exclude",
        "frontend",
        "--no-fail-fast",
        "--target-dir",
    ]);
    let (success, output) = command::tee(cargo.arg(paths::target()))?;
    let mut count = Count::from_cargo_test(&output);
    if !success && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}

/// Always builds the same set of crates, so that a narrower scope compiles nothing again with other features.
fn with_nextest(scope: Scope) -> Result<Command> {
    let mut cargo = lint::linting_cargo()?;
    cargo.args([
        "nextest",
        "run",
        "--workspace",
        "--exclude",
        "frontend",
        "--no-fail-fast",
        "--target-dir",
    ]);
    cargo.arg(paths::target());
    if scope != Scope::All {
        let packages: Vec<String> = scope
            .crates()
            .iter()
            .map(|name| format!("package({name})"))
            .collect();
        cargo.args(["--filterset", &packages.join(" or ")]);
    }
    Ok(cargo)
}

fn with_cargo_test(scope: Scope) -> Result<Command> {
    let mut cargo = lint::linting_cargo()?;
    cargo
        .args(["test", "--no-fail-fast", "--target-dir"])
        .arg(paths::target());
    match scope {
        Scope::All => cargo.args(["--workspace", "--exclude", "frontend"]),
        _ => cargo.args(scope.crates().iter().flat_map(|name| ["--package", name])),
    };
    Ok(cargo)
}
