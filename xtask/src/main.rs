//! The one tool a newcomer needs beside cargo: build, run, test, measure, diagnose.

use clap::{Parser, Subcommand};

mod apt;
mod arrows;
mod bench;
mod browser;
mod command;
mod doctor;
mod files;
mod npm;
mod paths;
mod postgres;
mod profile;
mod progress;
mod run;
mod site;
mod test;
mod wasm_target;

/// Builds, runs and tests this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", version, about)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the server and the site it serves (wasm, JavaScript, CSS, assets).
    Build(site::BuildArgs),
    /// Install what is missing, build, and start the server on the demo contests.
    Run(run::RunArgs),
    /// Format, lints, crate arrows, unit and server tests, browser tests.
    Test(test::TestArgs),
    /// Say what is present, what is missing and how to get it.
    Doctor,
    /// Measure size, memory and requests per second of the release build.
    Bench(bench::BenchArgs),
}

fn main() -> std::process::ExitCode {
    let result = match Cli::parse().task {
        Task::Build(args) => site::build(&args).map(|_| true),
        Task::Run(args) => run::run(&args).map(|()| true),
        Task::Test(args) => test::run(&args),
        Task::Doctor => doctor::run(),
        Task::Bench(args) => bench::run(&args).map(|()| true),
    };
    match result {
        Ok(true) => std::process::ExitCode::SUCCESS,
        Ok(false) => std::process::ExitCode::FAILURE,
        Err(error) => {
            progress::error(&error);
            std::process::ExitCode::FAILURE
        }
    }
}
