//! Format and lints. Native and wasm apart: the features `ssr` and `hydrate` must never meet in one build.

use anyhow::Result;

use super::Count;
use crate::{command, paths, wasm_target};

/// `cargo fmt --all --check`.
pub fn format() -> Result<Count> {
    let (good, _) = command::tee(command::cargo().args(["fmt", "--all", "--check"]))?;
    Ok(Count::of(good))
}

/// Everything but the browser's crate, tests included; `app` is linted with `ssr`, because the server asks for it.
pub fn clippy_native() -> Result<Count> {
    clippy(&["--workspace", "--exclude", "frontend", "--all-targets"])
}

/// The browser's crate and, through it, `app` with `hydrate`.
pub fn clippy_wasm() -> Result<Count> {
    clippy(&["--package", "frontend", "--target", wasm_target::TARGET])
}

fn clippy(selection: &[&str]) -> Result<Count> {
    let mut cargo = command::cargo();
    cargo
        .arg("clippy")
        .args(selection)
        .arg("--target-dir")
        .arg(paths::target());
    let (good, _) = command::tee(cargo.args(["--", "--deny", "warnings"]))?;
    Ok(Count::of(good))
}
