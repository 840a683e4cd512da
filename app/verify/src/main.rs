//! Recomputes results offline, with the same rules the server and the browser use.
//!
//! Exit codes: 0 – done (for `record`: everything agrees), 1 – the record disagrees with what the rules compute,
//! 2 – the file cannot be read as what it should be. With 1 and 2 one sentence on standard error says where.

mod tally;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Recompute the results of a contest from its published record.
#[derive(Debug, Parser)]
#[command(name = "verify", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Count both rounds of a contest file with all its scorecards and print the result as JSON
    Tally {
        /// The contest file (JSON)
        file: PathBuf,
    },
}

/// Exit code for a file that cannot be read as what it should be; clap uses it for wrong arguments too.
const MALFORMED: u8 = 2;

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Tally { file } => match std::fs::read(&file) {
            Ok(bytes) => match tally::run(&bytes) {
                Ok(report) => {
                    // whoever reads may stop early, as `head` does
                    let _ = writeln!(std::io::stdout(), "{report}");
                    ExitCode::SUCCESS
                }
                Err(malformed) => fail(&file, &malformed.to_string()),
            },
            Err(error) => fail(&file, &error.to_string()),
        },
    }
}

fn fail(file: &std::path::Path, sentence: &str) -> ExitCode {
    eprintln!("{}: {}.", file.display(), sentence.trim_end_matches('.'));
    ExitCode::from(MALFORMED)
}
