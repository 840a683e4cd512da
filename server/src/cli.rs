//! The commands: serve, create an administrator, verify the ledgers, load or walk the demo.

mod admin;
mod demo;
mod ledger;
mod rehearse;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Contests of administrative-reform initiatives.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the site.
    Serve(crate::config::ServeConfig),
    /// Keeps accounts from the terminal.
    Admin(admin::Admin),
    /// Checks the hash chain of every contest; exit code 1 names the first break.
    VerifyLedger(crate::config::StorageConfig),
    /// Loads the demo contests, or plays the whole fictional contest through the services.
    Demo(demo::Demo),
    /// Measures an intake of many invented authors on an empty database.
    #[command(hide = true)]
    Rehearse(rehearse::Rehearse),
}

/// Runs the command of this process.
pub fn main() -> ExitCode {
    crate::start::logging();
    // One TLS provider for the whole process; a second install only says that there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let result = runtime.block_on(async {
        match Cli::parse().command {
            Command::Serve(config) => serve::run(config).await.map(|()| ExitCode::SUCCESS),
            Command::Admin(command) => admin::run(command).await.map(|()| ExitCode::SUCCESS),
            Command::VerifyLedger(config) => ledger::run(config).await,
            Command::Demo(command) => demo::run(command).await.map(|()| ExitCode::SUCCESS),
            Command::Rehearse(command) => rehearse::run(command).await.map(|()| ExitCode::SUCCESS),
        }
    });
    result.unwrap_or_else(|error| failed(&error))
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("{error:#}");
    ExitCode::FAILURE
}
