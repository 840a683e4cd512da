//! Where things live: the workspace, and the target folder with everything built.

use std::path::{Path, PathBuf};

/// The workspace's root folder: the parent of this crate's.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Cargo's target folder, absolute: `CARGO_TARGET_DIR` when set, else `target` in the workspace.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty()) {
        Some(dir) => root().join(dir), // `join` keeps an absolute path as it is
        None => root().join("target"),
    }
}

/// Where xtask keeps what belongs to no cargo profile: stamps, downloads, scratch folders.
pub fn scratch() -> PathBuf {
    target().join("xtask")
}
