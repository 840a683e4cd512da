//! `cargo xtask doctor`: what is here, what is missing, how to get it. Changes nothing.

use std::process::Command;

use anyhow::Result;

use crate::{browser, command, postgres, wasm_target};

/// One thing to have.
struct Finding {
    what: &'static str,
    /// Where or which version; `None`: missing.
    found: Option<String>,
    needed_for: &'static str,
    how: &'static str,
    optional: bool,
}

/// Prints the findings; false when something necessary is missing.
pub fn run() -> Result<bool> {
    let findings = [
        need(
            "rustc",
            version("rustc"),
            "everything",
            "https://rustup.rs, the version is in rust-toolchain.toml",
        ),
        need(
            "cc",
            version("cc"),
            "the bundled SQLite",
            "apt-get install gcc libc6-dev",
        ),
        need(
            "wasm target",
            wasm_target::is_present()?.then(|| wasm_target::TARGET.to_string()),
            "the browser's part",
            "xtask installs it: rustup first, Debian's rust-src second",
        ),
        need(
            "clippy",
            version("cargo-clippy"),
            "test",
            "rustup component add clippy",
        ),
        need(
            "rustfmt",
            version("rustfmt"),
            "test",
            "rustup component add rustfmt",
        ),
        need(
            "PostgreSQL server",
            postgres::binaries()?.map(|path| path.display().to_string()),
            "test",
            "xtask installs it as root: apt-get install postgresql",
        ),
        need(
            "node",
            version("node"),
            "test (browser)",
            "apt-get install nodejs npm",
        ),
        need(
            "npm",
            version("npm"),
            "test (browser)",
            "apt-get install nodejs npm",
        ),
        need(
            "chromium",
            browser::find().map(|path| path.display().to_string()),
            "test (browser)",
            "xtask installs it as root: apt-get install chromium",
        ),
        nice(
            "cargo-nextest",
            version("cargo-nextest"),
            "faster test runs",
            "cargo install --locked cargo-nextest",
        ),
        nice(
            "wasm-opt",
            version("wasm-opt"),
            "wasm about 1 % smaller",
            "npm install --global binaryen",
        ),
        nice(
            "wrk",
            command::find("wrk").map(|path| path.display().to_string()),
            "bench",
            "xtask installs it as root: apt-get install wrk",
        ),
    ];
    let mut complete = true;
    for finding in &findings {
        match &finding.found {
            Some(found) => println!("  have     {:<18} {found}", finding.what),
            None => {
                complete &= finding.optional;
                let label = if finding.optional { "optional" } else { "MISSING " };
                println!(
                    "  {label} {:<18} for {}: {}",
                    finding.what, finding.needed_for, finding.how
                );
            }
        }
    }
    println!(
        "{}",
        if complete {
            "everything necessary is here"
        } else {
            "something necessary is missing, see above"
        }
    );
    Ok(complete)
}

fn need(what: &'static str, found: Option<String>, needed_for: &'static str, how: &'static str) -> Finding {
    Finding {
        what,
        found,
        needed_for,
        how,
        optional: false,
    }
}

fn nice(what: &'static str, found: Option<String>, needed_for: &'static str, how: &'static str) -> Finding {
    Finding {
        what,
        found,
        needed_for,
        how,
        optional: true,
    }
}

/// The first line a program prints about its version.
fn version(program: &str) -> Option<String> {
    command::find(program)?;
    let text = command::output(Command::new(program).arg("--version")).ok()?;
    Some(text.lines().next().unwrap_or_default().to_string())
}
