//! Debian's `rust-src` of one exact version, fetched by apt with signatures checked, through a private source list:
//! the machine's own sources name the mirror and stay untouched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{command, files, paths, progress};

/// Newer releases carry newer Rust; the first that has the version wins.
const SUITES: [&str; 3] = ["trixie-backports", "forky", "sid"];
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Downloads and unpacks the package; the folder returned holds Rust's `library`. `None`: no such package to be had.
pub fn fetch(version: &str) -> Result<Option<PathBuf>> {
    let needed = ["apt-get", "dpkg"];
    if needed.iter().any(|name| command::find(name).is_none()) || !Path::new(KEYRING).exists() {
        return Ok(None);
    }
    let folder = paths::scratch().join("rust-src");
    for mirror in mirrors(Path::new("/etc/apt"))? {
        for suite in SUITES {
            match fetch_from(&folder, &mirror, suite, version) {
                Ok(library) => return Ok(Some(library)),
                Err(error) => progress::note(format!("{suite}: {}", error.root_cause())),
            }
        }
    }
    Ok(None)
}

fn fetch_from(folder: &Path, mirror: &str, suite: &str, version: &str) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for part in ["lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(folder.join(part))?;
    }
    let list = folder.join("sources.list");
    fs::write(
        &list,
        format!("deb [signed-by={KEYRING}] {mirror} {suite} main\n"),
    )?;
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.current_dir(folder).args(["--quiet=2", "--option"]);
        apt.arg(format!("Dir::Etc::SourceList={}", list.display()));
        apt.args(["--option", "Dir::Etc::SourceParts=-", "--option"]);
        apt.arg(format!("Dir::State::Lists={}", folder.join("lists").display()))
            .arg("--option");
        apt.arg(format!("Dir::Cache={}", folder.join("cache").display()));
        // The sandbox user of apt may not enter a private folder; signatures are checked all the same.
        apt.args(["--option", &format!("APT::Sandbox::User={}", whoami())]);
        apt
    };
    command::output(apt().arg("update")).context("its lists cannot be fetched")?;
    command::output(apt().args(["download", &format!("rust-src={version}*")]))
        .with_context(|| format!("it has no rust-src {version}"))?;
    let package = files::walk(folder)?
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .context("apt downloaded nothing")?;
    progress::note(format!("found rust-src {version} in {suite}"));
    command::output(
        Command::new("dpkg")
            .arg("-x")
            .arg(package)
            .arg(folder.join("unpacked")),
    )?;
    Ok(folder
        .join("unpacked/usr/src")
        .join(format!("rustc-{version}"))
        .join("library"))
}

fn whoami() -> String {
    command::output(Command::new("id").arg("-un"))
        .map_or_else(|_| "root".into(), |name| name.trim().to_string())
}

/// The mirrors of the main Debian archive in apt's own configuration: one-line lists and deb822 files.
fn mirrors(apt: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in files::walk(apt)? {
        let text = match path.extension().and_then(|extension| extension.to_str()) {
            Some("list" | "sources") => fs::read_to_string(&path).unwrap_or_default(),
            _ => continue,
        };
        for uri in text.lines().flat_map(uris) {
            let is_debian = uri.trim_end_matches('/').ends_with("/debian");
            if is_debian && !found.contains(&uri) {
                found.push(uri);
            }
        }
    }
    Ok(found)
}

/// The addresses on one line of an apt source file (`deb [options] URI suite …` or `URIs: URI …`).
fn uris(line: &str) -> Vec<String> {
    let line = line.trim();
    let words: Vec<&str> = if let Some(rest) = line.strip_prefix("URIs:") {
        rest.split_whitespace().collect()
    } else if line.starts_with("deb ") {
        line.split_whitespace()
            .filter(|word| word.contains("://"))
            .take(1)
            .collect()
    } else {
        Vec::new()
    };
    words.into_iter().map(str::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::uris;

    #[test]
    fn addresses_are_read_from_both_formats() {
        assert_eq!(
            uris("URIs: http://a.example/debian http://b.example/debian"),
            ["http://a.example/debian", "http://b.example/debian"]
        );
        assert_eq!(
            uris("deb [signed-by=/k.gpg] https://a.example/debian trixie main"),
            ["https://a.example/debian"]
        );
        assert!(uris("# deb http://a.example/debian trixie main").is_empty());
        assert!(uris("Suites: trixie").is_empty());
    }
}
