//! Walking folders, cheap fingerprints of their contents, writing only what changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Every file below `folder`, sorted; none when the folder does not exist.
pub fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Path, length and modification time of each file: equal fingerprints mean nothing was touched.
pub fn fingerprint(paths: &[PathBuf], salt: &str) -> Result<String> {
    let mut text = String::from(salt);
    for path in paths {
        let meta = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
        let modified = meta.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        text.push_str(&format!(
            "\n{} {} {}",
            path.display(),
            meta.len(),
            modified.as_nanos()
        ));
    }
    Ok(short_hash([text.as_bytes()]))
}

/// 88 bits of SHA-256 in hexadecimal: 22 characters, enough to name a file by its content.
pub fn short_hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize()
        .iter()
        .take(11)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Writes `content` unless the file already holds exactly that (its time stamp then stays).
pub fn write_if_changed(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// Whether `derived` is missing or older than `source`.
pub fn is_stale(derived: &Path, source: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified());
    match (time(derived), time(source)) {
        (Ok(derived), Ok(source)) => derived < source,
        _ => true,
    }
}
