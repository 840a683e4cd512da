//! `cargo xtask run`: from a clean clone to a page in the browser.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{command, paths, progress, site};

/// Flags of `cargo xtask run`.
#[derive(Args)]
pub struct RunArgs {
    /// Small and fast instead of quick to compile.
    #[arg(long)]
    release: bool,
    /// Where to listen, on this machine only.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The data folder: database and attachments.
    #[arg(long, default_value = "data")]
    data: PathBuf,
}

/// Builds what changed and becomes the server: its output and its end are those of this command.
pub fn run(args: &RunArgs) -> Result<()> {
    let build = site::BuildArgs {
        release: args.release,
    };
    site::build(&build)?;
    let profile = build.profile();
    let data = paths::root().join(&args.data);
    let mut server = Command::new(profile.server());
    server
        .current_dir(paths::root())
        .args(["serve", "--demo", "--data"])
        .arg(&data);
    server.envs(profile.server_env());
    server
        .env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{}", args.port))
        .env("DATA_DIR", &data);
    // Announced before the start: from then on the terminal is the server's.
    progress::step(
        &format!("Starting the server on http://127.0.0.1:{}", args.port),
        || Ok(()),
    )?;
    become_process(&mut server)
}

/// On Unix the server replaces xtask, so that signals and exit code are its own.
#[cfg(unix)]
fn become_process(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(anyhow::Error::new(command.exec()).context(format!("cannot start `{}`", command::line(command))))
}

#[cfg(not(unix))]
fn become_process(command: &mut Command) -> Result<()> {
    command::run(command)
}
