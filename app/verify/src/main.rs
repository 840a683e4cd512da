//! Recomputes results offline, with the same rules the server and the browser use.
//!
//! Exit codes: 0 – done (for `record`: everything agrees), 1 – the record disagrees with what the rules compute,
//! 2 – the file cannot be read as what it should be. With 1 and 2 one sentence on standard error says where.

mod record;
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
    /// Recompute an exported contest record and compare hashes, rankings and prizes with what was published
    Record {
        /// The record (JSON)
        file: PathBuf,
    },
}

/// What a command found: its report, or one sentence.
enum Finding {
    Report(String),
    /// The record disagrees with what the rules compute.
    Differs(String),
    /// The file is not what it should be; clap uses the same exit code for wrong arguments.
    Malformed(String),
}

fn main() -> ExitCode {
    let (file, read): (PathBuf, fn(&[u8]) -> Finding) = match Arguments::parse().command {
        Command::Tally { file } => (file, tally),
        Command::Record { file } => (file, record::run),
    };
    let finding = match std::fs::read(&file) {
        Ok(bytes) => read(&bytes),
        Err(error) => Finding::Malformed(error.to_string()),
    };
    let (code, sentence) = match finding {
        Finding::Report(report) => {
            // whoever reads may stop early, as `head` does
            let _ = writeln!(std::io::stdout(), "{report}");
            return ExitCode::SUCCESS;
        }
        Finding::Differs(sentence) => (1, sentence),
        Finding::Malformed(sentence) => (2, sentence),
    };
    eprintln!("{}: {}.", file.display(), sentence.trim_end_matches('.'));
    ExitCode::from(code)
}

fn tally(bytes: &[u8]) -> Finding {
    match tally::run(bytes) {
        Ok(report) => Finding::Report(report),
        Err(malformed) => Finding::Malformed(malformed.to_string()),
    }
}
