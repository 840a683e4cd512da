//! The browser of the end-to-end tests: Chromium as the machine has it, else Debian's.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{apt, command};

/// The path of a Chromium, if there is one. `E2E_CHROMIUM` names another.
pub fn find() -> Option<PathBuf> {
    std::env::var_os("E2E_CHROMIUM").map(PathBuf::from).or_else(|| {
        ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(command::find)
    })
}

/// The path of a Chromium, installed when it is missing.
pub fn ensure() -> Result<PathBuf> {
    if let Some(path) = find() {
        return Ok(path);
    }
    // Fonts: without one that knows Vietnamese, widths and screenshots say nothing.
    apt::install("Chromium", &["chromium", "fonts-dejavu-core"])?;
    find().context("the package chromium brought no `chromium`")
}
