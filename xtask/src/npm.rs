//! The packages of the end-to-end tests, exactly as the lock file says.

use std::process::Command;

use anyhow::Result;

use crate::{apt, command, files, paths, progress};

/// Runs `npm ci` in end2end unless that was done since the lock file changed.
pub fn ensure() -> Result<()> {
    let folder = paths::root().join("end2end");
    if command::find("npm").is_none() {
        apt::install("npm", &["nodejs", "npm"])?;
    }
    if !files::is_stale(
        &folder.join("node_modules/.package-lock.json"),
        &folder.join("package-lock.json"),
    ) {
        return Ok(());
    }
    progress::step("Installing the packages of the end-to-end tests", || {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(folder);
        // The browser is the machine's own.
        command::run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
    })
}
