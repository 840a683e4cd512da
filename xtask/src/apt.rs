//! Installing Debian packages where that is possible, one clear sentence where it is not.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{command, progress};

/// Installs `packages`, which bring `what`. Needs apt and the superuser's rights.
pub fn install(what: &str, packages: &[&str]) -> Result<()> {
    let by_hand = format!(
        "install {what} yourself: `sudo apt-get install {}`",
        packages.join(" ")
    );
    if command::find("apt-get").is_none() || !command::is_root() {
        bail!("{what} is missing and xtask cannot install it here; {by_hand}");
    }
    progress::note(format!(
        "{what} is missing, installing {} with apt",
        packages.join(", ")
    ));
    let install = || {
        let mut apt = Command::new("apt-get");
        apt.args(["install", "--yes", "--quiet=2", "--no-install-recommends"])
            .args(packages);
        command::output(apt.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    // Fresh machines often have stale or empty lists: update only when the first try fails.
    if install().is_err() {
        command::output(Command::new("apt-get").args(["update", "--quiet=2"]))
            .with_context(|| by_hand.clone())?;
        install().with_context(|| by_hand)?;
    }
    Ok(())
}
