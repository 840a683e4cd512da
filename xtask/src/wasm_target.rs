//! The `wasm32-unknown-unknown` standard library: asked of rustup first, built from Debian's `rust-src` where
//! rustup cannot download (closed networks). Idempotent, and one file look-up when it is already there.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{command, progress};

mod debian_source;
mod std_build;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Makes the target available to the toolchain of this workspace.
pub fn ensure() -> Result<()> {
    if is_present()? {
        return Ok(());
    }
    progress::step("Installing the wasm target of this Rust toolchain", || {
        if rustup_add() && is_present()? {
            return Ok(());
        }
        progress::note("rustup could not add it; looking for Debian's rust-src of the same version");
        let version = rust_version()?;
        let Some(source) = debian_source::fetch(&version)? else {
            bail!(
                "no standard library for {TARGET}: rustup could not download it and no Debian package rust-src {version} \
                 was found; run `rustup target add {TARGET}` where the network allows it, or install rust-src {version}"
            );
        };
        std_build::build_into(&source, &library_folder()?)
    })
}

/// Whether the toolchain already has the target's `core`.
pub fn is_present() -> Result<bool> {
    let Ok(entries) = fs::read_dir(library_folder()?) else {
        return Ok(false);
    };
    Ok(entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libcore-") && name.ends_with(".rlib")
    }))
}

fn rustup_add() -> bool {
    if command::find("rustup").is_none() {
        return false;
    }
    let mut rustup = Command::new("rustup");
    rustup
        .args(["target", "add", TARGET])
        .current_dir(crate::paths::root());
    command::output(&mut rustup).is_ok()
}

/// Where the toolchain looks for the target's libraries.
fn library_folder() -> Result<PathBuf> {
    let sysroot = command::output(rustc().args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib"))
}

/// The release of `rustc`, such as `1.95.0`.
fn rust_version() -> Result<String> {
    let text = command::output(rustc().arg("-vV"))?;
    let release = text.lines().find_map(|line| line.strip_prefix("release: "));
    Ok(release.context("`rustc -vV` names no release")?.to_string())
}

fn rustc() -> Command {
    let mut command = Command::new("rustc");
    command.current_dir(crate::paths::root());
    command
}
