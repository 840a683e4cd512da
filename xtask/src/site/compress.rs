//! Brotli and gzip beside every text and wasm file, at their best: written once, served many times.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result};

use crate::{files, progress};

/// What gains from it; fonts (woff2) and pictures (png, webp) are compressed already.
const KINDS: [&str; 8] = ["js", "wasm", "css", "svg", "json", "webmanifest", "txt", "xml"];

/// Compresses every file of the site whose compressed neighbours are missing or older.
pub fn all(site: &Path) -> Result<()> {
    let mut stale: Vec<PathBuf> = files::walk(site)?
        .into_iter()
        .filter(|path| {
            path.extension()
                .and_then(|e| e.to_str())
                .is_some_and(|e| KINDS.contains(&e))
        })
        .filter(|path| {
            files::is_stale(&with_suffix(path, "br"), path) || files::is_stale(&with_suffix(path, "gz"), path)
        })
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    progress::step(&format!("Compressing {} files", stale.len()), || {
        // The largest first: the threads then end at about the same time.
        stale.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).map_or(0, |meta| meta.len())));
        let next = AtomicUsize::new(0);
        let work = || -> Result<()> {
            while let Some(path) = stale.get(next.fetch_add(1, Ordering::Relaxed)) {
                compress(path).with_context(|| format!("cannot compress {}", path.display()))?;
            }
            Ok(())
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        })
    })
}

fn compress(path: &Path) -> Result<()> {
    let content = fs::read(path)?;
    fs::write(with_suffix(path, "br"), brotli(&content)?)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&content)?;
    fs::write(with_suffix(path, "gz"), gzip.finish()?)?;
    Ok(())
}

/// Brotli at quality 11 with the largest window browsers accept.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 64 * 1024, 11, 24);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(packed)
}

/// `site.css` → `site.css.br`.
fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(".");
    name.push(suffix);
    name.into()
}
