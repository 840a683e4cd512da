//! Building the standard library for wasm from Rust's own sources of the same version.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::TARGET;
use crate::{command, files, paths, progress};

/// Builds `library` and copies the libraries into the toolchain's `destination`.
pub fn build_into(library: &Path, destination: &Path) -> Result<()> {
    let manifest = library.join("sysroot/Cargo.toml");
    if !manifest.exists() {
        bail!("the package rust-src holds no {}", manifest.display());
    }
    progress::note("building the standard library for wasm, about half a minute");
    let target = paths::scratch().join("wasm-std");
    let mut cargo = command::cargo();
    // Run beside the sources: the workspace's own cargo configuration must not apply.
    cargo.current_dir(library);
    cargo
        .args(["build", "--release", "--target", TARGET, "--manifest-path"])
        .arg(&manifest);
    cargo
        .args(["--features", "panic-unwind compiler-builtins-mem", "--target-dir"])
        .arg(&target);
    cargo.env_remove("CARGO_ENCODED_RUSTFLAGS");
    // What rustup's own build of the standard library sets: see the bootstrap of the Rust project.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo.env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked");
    cargo.env("__CARGO_DEFAULT_LIB_METADATA", "wasm");
    command::run(&mut cargo)?;

    let built: Vec<_> = files::walk(&target.join(TARGET).join("release/deps"))?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rlib"))
        .collect();
    fs::create_dir_all(destination).with_context(|| format!("cannot write to {}", destination.display()))?;
    // `core` last: its presence is what says that the target is complete.
    let (core, rest): (Vec<_>, Vec<_>) = built.into_iter().partition(|path| is_core(path));
    if core.is_empty() {
        bail!("the build of the standard library left no libcore");
    }
    for path in rest.iter().chain(&core) {
        let name = path.file_name().context("a library without a name")?;
        fs::copy(path, destination.join(name))?;
    }
    Ok(())
}

fn is_core(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("libcore-"))
}
