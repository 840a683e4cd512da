//! Running other programs: output passed through, failures named in one sentence.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The command as a person would type it (arguments only, no environment).
pub fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs to the end with output passed through; an exit code other than 0 is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// Runs quietly and returns standard output; on failure the error carries standard error's end.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", line(command)))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let tail: Vec<&str> = stderr.trim().lines().rev().take(5).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        bail!(
            "`{}` ended with {}: {}",
            line(command),
            output.status,
            tail.join(" | ")
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs with output passed through *and* kept: both streams together, line by line, plus the verdict.
pub fn tee(command: &mut Command) -> Result<(bool, String)> {
    let (reader, writer) = std::io::pipe()?;
    let name = line(command);
    command
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start `{name}`"))?;
    // The command keeps the write ends until it is given new ones; without this the read never ends.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut kept = String::new();
    for chunk in BufReader::new(reader).split(b'\n') {
        let text = String::from_utf8_lossy(&chunk?).into_owned();
        let mut out = std::io::stderr().lock();
        writeln!(out, "{text}")?;
        kept.push_str(&text);
        kept.push('\n');
    }
    Ok((child.wait()?.success(), kept))
}

/// The first executable of that name on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|dir| dir.join(name))
        .find(|path| path.is_file())
}

/// Cargo itself, run in the workspace root. `CARGO` names the one that started xtask.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::paths::root());
    command
}

/// Whether this process has the rights of the superuser (it may install packages; PostgreSQL refuses to run as it).
pub fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
