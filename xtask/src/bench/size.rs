//! How many bytes a first visit costs, and how many each lazy route adds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::files;
use crate::profile::{OUTPUT_NAME, PKG_DIR};

/// The first contest page the home page links to.
pub fn first_contest(html: &str) -> Option<String> {
    let prefixes = ["href=\"/cuoc-thi/", "href=\"/contests/", "href=\"/contest/"];
    let (at, _) = prefixes
        .iter()
        .filter_map(|prefix| html.match_indices(prefix).next())
        .min()?;
    html[at..]
        .strip_prefix("href=\"")?
        .split('"')
        .next()
        .map(str::to_string)
}

/// The files of the pkg folder that the page names or its script imports, with their size as sent (brotli).
pub fn needed_at_once(site: &Path, html: &str) -> Result<Vec<(String, u64)>> {
    let mut needed = Vec::new();
    for path in files::walk(&site.join(PKG_DIR))? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let is_packed = name.ends_with(".br") || name.ends_with(".gz");
        // The page names the main wasm without its ending; the loader of the chunks is imported by the main script.
        let stem = name.strip_suffix(".wasm").unwrap_or(&name);
        let is_needed = html.contains(stem) || (name.starts_with("__wasm_split.") && name.ends_with(".js"));
        if !is_packed && is_needed {
            needed.push((name, size_as_sent(&path)));
        }
    }
    Ok(needed)
}

/// The fonts the page asks the browser to load early.
pub fn fonts(site: &Path, html: &str) -> BTreeSet<(String, u64)> {
    html.split('"')
        .filter(|word| word.starts_with("/fonts/") && word.ends_with(".woff2"))
        .map(|word| (word.to_string(), size_as_sent(&site.join(&word[1..]))))
        .collect()
}

/// The wasm files that are not part of a first visit.
pub fn lazy_chunks(site: &Path) -> Result<Vec<(String, u64)>> {
    let mut chunks = Vec::new();
    for path in files::walk(&site.join(PKG_DIR))? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".wasm") && !name.starts_with(OUTPUT_NAME) {
            chunks.push((name, size_as_sent(&path)));
        }
    }
    Ok(chunks)
}

/// The brotli neighbour's length, or the file's own where there is none.
fn size_as_sent(path: &Path) -> u64 {
    let mut packed = path.as_os_str().to_os_string();
    packed.push(".br");
    fs::metadata(packed)
        .or_else(|_| fs::metadata(path))
        .map_or(0, |meta| meta.len())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_contest_link_is_found() {
        let html = "<a href=\"/\">x</a><a href=\"/cuoc-thi/qt-2021\">a</a><a href=\"/cuoc-thi/pt\">b</a>";
        assert_eq!(super::first_contest(html).as_deref(), Some("/cuoc-thi/qt-2021"));
        assert_eq!(super::first_contest("<a href=\"/\">"), None);
    }
}
