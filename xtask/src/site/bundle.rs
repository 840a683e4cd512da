//! wasm-bindgen and the wasm splitter as libraries: from cargo's wasm file to the files a browser loads.
//!
//! All files of one bundle carry the same hash, computed over all of them: script, main module, loader and chunks refer
//! to each other in a circle, and a chunk only ever fits the main module it was split from.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::{group, optimise, strip};
use crate::profile::OUTPUT_NAME;
use crate::{files, paths, progress};

/// Stands for the hash until it is known; as long as the hash, so that it can be replaced inside wasm as well.
const PLACEHOLDER: &str = "______________________";

/// The files of a bundle by name.
pub struct Bundle {
    /// The hash in every name.
    pub hash: String,
    /// Content by name.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Makes a bundle; `small` strips names and runs the optimiser if there is one.
pub fn make(wasm: &Path, small: bool) -> Result<Bundle> {
    let folder = paths::scratch().join("bundle");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let out = folder.join("out");
    fs::create_dir_all(&out)?;

    let main = split_off(wasm, &folder, &out)?;
    bind(&main, &out, small)?;
    if small {
        strip::all(&out)?;
        optimise::all(&out)?;
    }
    let mut files = BTreeMap::new();
    for path in files::walk(&out)? {
        files.insert(
            path.strip_prefix(&out)?.to_string_lossy().into_owned(),
            fs::read(&path)?,
        );
    }
    Ok(seal(files))
}

/// Moves the code of lazy routes to files of their own; returns what is left for wasm-bindgen. Not a matter of choice: a
/// module with a `#[lazy_route]` names the splitter's loader as an import and does not start without it.
fn split_off(wasm: &Path, folder: &Path, out: &Path) -> Result<PathBuf> {
    progress::note("splitting lazy routes off the main module");
    let input = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let grouped = group::by_area(&input, &group::pages(&paths::root().join("app/src"))?)?;
    let main = folder.join("main.wasm");
    let main_module = format!("./{OUTPUT_NAME}.{PLACEHOLDER}.js");
    let link_name = format!("./__wasm_split.{PLACEHOLDER}.js");
    let mut options = wasm_split_cli_support::Options::new(&grouped.wasm);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = &main_module;
    options.link_name = &link_name;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the wasm splitter: {error:#}"))?;
    // What the server preloads when a page needs a lazy route, under the name the server knows the route by.
    let mut manifest: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    for (route, area) in grouped.areas {
        if let Some(chunks) = manifest.get(&area).cloned() {
            manifest.insert(route, chunks);
        }
    }
    fs::write(
        out.join(format!("__wasm_split_manifest.{PLACEHOLDER}.json")),
        serde_json::to_vec_pretty(&manifest)?,
    )?;
    Ok(main)
}

fn bind(main: &Path, out: &Path, small: bool) -> Result<()> {
    progress::note("wasm-bindgen");
    Bindgen::new()
        .input_path(main)
        .out_name(OUTPUT_NAME)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        // What the chunks import from the main module, under the names the splitter knows.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(small)
        .remove_producers_section(small)
        .generate(out)
        .context("wasm-bindgen")?;
    // Leptos' `HydrationScripts` asks for the module without the suffix `_bg` when file names are hashed.
    for (made, kind) in [(".js", "js"), ("_bg.wasm", "wasm")] {
        fs::rename(
            out.join(format!("{OUTPUT_NAME}{made}")),
            out.join(format!("{OUTPUT_NAME}.{PLACEHOLDER}.{kind}")),
        )?;
    }
    Ok(())
}

/// Puts the hash into names and references.
fn seal(files: BTreeMap<String, Vec<u8>>) -> Bundle {
    let hash = files::short_hash(
        files
            .iter()
            .flat_map(|(name, content)| [name.as_bytes(), content]),
    );
    let chunks: Vec<String> = files
        .keys()
        .filter(|name| !name.contains(PLACEHOLDER))
        .filter_map(|name| name.strip_suffix(".wasm"))
        .map(str::to_string)
        .collect();
    let sealed = files
        .into_iter()
        .map(|(name, content)| {
            let content = if name.ends_with(".wasm") {
                replace_bytes(content, PLACEHOLDER.as_bytes(), hash.as_bytes())
            } else {
                with_chunk_names(content, &chunks, &hash)
            };
            let name = match name.strip_suffix(".wasm") {
                Some(stem) if !name.contains(PLACEHOLDER) => format!("{stem}.{hash}.wasm"),
                _ => name.replace(PLACEHOLDER, &hash),
            };
            (name, content)
        })
        .collect();
    Bundle { hash, files: sealed }
}

/// Text files name chunks as `"./chunk_0.wasm"` (loader) or `"chunk_0"` (manifest).
fn with_chunk_names(content: Vec<u8>, chunks: &[String], hash: &str) -> Vec<u8> {
    let Ok(mut text) = String::from_utf8(content.clone()) else {
        return content;
    };
    text = text.replace(PLACEHOLDER, hash);
    for chunk in chunks {
        text = text.replace(
            &format!("\"./{chunk}.wasm\""),
            &format!("\"./{chunk}.{hash}.wasm\""),
        );
        text = text.replace(&format!("\"{chunk}\""), &format!("\"{chunk}.{hash}\""));
    }
    text.into_bytes()
}

/// Replaces in place; both have the same length, so no offset in the module moves.
fn replace_bytes(mut content: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    debug_assert_eq!(old.len(), new.len());
    let mut at = 0;
    while at + old.len() <= content.len() {
        if content[at..].starts_with(old) {
            content[at..at + old.len()].copy_from_slice(new);
            at += old.len();
        } else {
            at += 1;
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealing_renames_files_and_every_reference() {
        let js = format!("import './__wasm_split.{PLACEHOLDER}.js'");
        let loader = "fetch(new URL(\"./chunk_1.wasm\", import.meta.url)); fetch(\"./chunk_10.wasm\")";
        let files = BTreeMap::from([
            (format!("app.{PLACEHOLDER}.js"), js.into_bytes()),
            (
                format!("app.{PLACEHOLDER}.wasm"),
                format!("\0{PLACEHOLDER}\0").into_bytes(),
            ),
            (format!("__wasm_split.{PLACEHOLDER}.js"), loader.into()),
            (
                format!("__wasm_split_manifest.{PLACEHOLDER}.json"),
                b"{\"k\":[\"chunk_1\"]}".to_vec(),
            ),
            ("chunk_1.wasm".into(), b"1".to_vec()),
            ("chunk_10.wasm".into(), b"10".to_vec()),
        ]);
        let Bundle { hash, files } = seal(files);
        assert_eq!(hash.len(), PLACEHOLDER.len());
        let text = |name: String| String::from_utf8(files[&name].clone()).unwrap();
        assert_eq!(
            text(format!("app.{hash}.js")),
            format!("import './__wasm_split.{hash}.js'")
        );
        assert_eq!(text(format!("app.{hash}.wasm")), format!("\0{hash}\0"));
        let loader = text(format!("__wasm_split.{hash}.js"));
        assert!(
            loader.contains(&format!("\"./chunk_1.{hash}.wasm\""))
                && loader.contains(&format!("\"./chunk_10.{hash}.wasm\""))
        );
        assert_eq!(
            text(format!("__wasm_split_manifest.{hash}.json")),
            format!("{{\"k\":[\"chunk_1.{hash}\"]}}")
        );
        assert!(files.contains_key(&format!("chunk_1.{hash}.wasm")));
    }

    #[test]
    fn another_content_gives_another_hash() {
        let bundle =
            |content: &[u8]| seal(BTreeMap::from([("chunk_1.wasm".to_string(), content.to_vec())])).hash;
        assert_ne!(bundle(b"a"), bundle(b"b"));
        assert_eq!(bundle(b"a"), bundle(b"a"));
    }
}
