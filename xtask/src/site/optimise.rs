//! binaryen's `wasm-opt`, used when it is on the PATH. It is worth about one percent after brotli, so nobody has to have it.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::{command, files, progress};

/// What today's rustc may emit; without these an older wasm-opt refuses the module.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The version of wasm-opt, if there is one: another version makes other files.
pub fn version() -> Option<String> {
    command::find("wasm-opt")?;
    command::output(Command::new("wasm-opt").arg("--version")).ok()
}

/// Optimises each wasm file in place; one that wasm-opt refuses stays as it is.
pub fn all(folder: &Path) -> Result<()> {
    if version().is_none() {
        return Ok(());
    }
    progress::note("wasm-opt");
    for path in files::walk(folder)?
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "wasm"))
    {
        let smaller = path.with_extension("opt");
        let mut command = Command::new("wasm-opt");
        command
            .arg("-Oz")
            .args(FEATURES)
            .arg(path)
            .arg("-o")
            .arg(&smaller);
        match command::output(&mut command) {
            Ok(_) => std::fs::rename(&smaller, path)?,
            Err(error) => progress::note(format!("{} is left as it is: {error}", path.display())),
        }
    }
    Ok(())
}
