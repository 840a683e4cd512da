//! Where things live: the workspace, and the target folder with everything built.

use std::path::{Path, PathBuf};

/// The workspace's root folder: the parent of this crate's. Cargo says at run time where that is; what was
/// compiled in may name another clone that shares the target folder.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map_or_else(|| here.clone(), Path::to_path_buf)
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
