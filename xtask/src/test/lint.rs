//! Format and lints. Native and wasm apart: the features `ssr` and `hydrate` must never meet in one build.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use super::Count;
use crate::{command, paths, wasm_target};

/// `cargo fmt --all --check`.
pub fn format() -> Result<Count> {
    let (good, _) = command::tee(command::cargo().args(["fmt", "--all", "--check"]))?;
    Ok(Count::of(good))
}

/// Everything but the browser's crate, tests included; `app` is linted with `ssr`, because the server asks for it. The
/// programs this builds are those the tests run.
pub fn clippy_native() -> Result<Count> {
    let mut cargo = linting_cargo()?;
    cargo.args([
        "test",
        "--no-run",
        "--workspace",
        "--exclude",
        "frontend",
        "--target-dir",
    ]);
    let (good, _) = command::tee(cargo.arg(paths::target()))?;
    Ok(Count::of(good))
}

/// The browser's crate and, through it, `app` with `hydrate`.
pub fn clippy_wasm() -> Result<Count> {
    let mut cargo = command::cargo();
    cargo.args([
        "clippy",
        "--package",
        "frontend",
        "--target",
        wasm_target::TARGET,
        "--target-dir",
    ]);
    cargo.arg(paths::target());
    let (good, _) = command::tee(cargo.args(["--", "--deny", "warnings"]))?;
    Ok(Count::of(good))
}

/// Cargo with clippy in the compiler's place for the crates of this workspace, warnings denied: what `cargo clippy`
/// itself does, but for a build. One compilation then gives both the verdict of the lints and the programs of the tests;
/// `cargo clippy` only checks, and everything would be compiled once more.
pub fn linting_cargo() -> Result<Command> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = command::output(Command::new(rustc).args(["--print", "sysroot"]))?;
    let driver = Path::new(sysroot.trim()).join("bin/clippy-driver");
    ensure!(
        driver.is_file(),
        "clippy is missing: `rustup component add clippy`"
    );
    let mut cargo = command::cargo();
    cargo.env("RUSTC_WORKSPACE_WRAPPER", driver);
    // arguments end in the separator that clippy's driver looks for
    cargo.env(
        "CLIPPY_ARGS",
        "--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__",
    );
    Ok(cargo)
}
