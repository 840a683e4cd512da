//! From sources to what the server serves: `target/site` with hashed, precompressed files, and the server itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::profile::{OUTPUT_NAME, PKG_DIR, Profile};
use crate::{command, files, paths, progress, wasm_target};

mod bundle;
mod compress;
mod optimise;
mod public;
mod style;

/// Flags of `cargo xtask build`.
#[derive(Args, Clone, Copy)]
pub struct BuildArgs {
    /// Small and fast: link-time optimisation, precompressed files, lazily loaded parts.
    #[arg(long)]
    pub release: bool,
    /// One wasm file instead of one for the public pages and one for each lazy route.
    #[arg(long)]
    pub no_split: bool,
}

impl BuildArgs {
    /// The profile asked for.
    pub fn profile(self) -> Profile {
        Profile::new(self.release)
    }

    /// Only release builds are split: it takes time, and at the desk nobody counts kilobytes.
    fn split(self) -> bool {
        self.release && !self.no_split
    }
}

/// What the last build of a site was made from, so that the next one does only what is needed.
#[derive(Serialize, Deserialize, Default)]
struct Stamp {
    /// Fingerprint of the wasm file and the way it was bundled.
    bundle: String,
    /// The hash in the names of the bundle's files.
    hash: String,
    /// Whether the bundle has lazily loaded parts.
    split: bool,
    /// The files of the bundle in the pkg folder.
    files: Vec<String>,
}

/// Builds server and site; steps whose inputs did not change are skipped.
pub fn build(args: &BuildArgs) -> Result<()> {
    wasm_target::ensure()?;
    build_server(args.profile())?;
    build_site(args)
}

/// Compiles the server.
pub fn build_server(profile: Profile) -> Result<()> {
    progress::step(&format!("Compiling the server ({})", profile.native()), || {
        // Without `--package`, features are those of all default members: tests and clippy then share the artefacts.
        let mut cargo = command::cargo();
        cargo.args([
            "build",
            "--bin",
            "server",
            "--profile",
            profile.native(),
            "--target-dir",
        ]);
        command::run(cargo.arg(paths::target()))
    })
}

/// Compiles the browser's part and lays out the site folder.
pub fn build_site(args: &BuildArgs) -> Result<()> {
    let profile = args.profile();
    let wasm = compile_wasm(profile, args.split())?;
    let site = profile.site();
    let pkg = site.join(PKG_DIR);
    fs::create_dir_all(&pkg)?;

    let stamp = bundle_if_changed(profile, &wasm, args.split(), &pkg)?;
    let style_hash = style::write(&paths::root().join("style/main.css"), &pkg)?;
    public::sync(&paths::root().join("style/public"), &site)?;
    remove_strangers(&pkg, &stamp, &style_hash)?;
    if profile == Profile::Release {
        compress::all(&site)?;
    }
    write_hash_file(profile, &stamp, &style_hash)
}

fn compile_wasm(profile: Profile, split: bool) -> Result<std::path::PathBuf> {
    progress::step(
        &format!("Compiling the browser's part ({})", profile.wasm()),
        || {
            let mut cargo = command::cargo();
            cargo.args([
                "rustc",
                "--package",
                "frontend",
                "--lib",
                "--target",
                wasm_target::TARGET,
            ]);
            cargo
                .args(["--profile", profile.wasm(), "--target-dir"])
                .arg(paths::target());
            if split {
                // The splitter moves functions between modules and needs the linker's relocations for that. An argument
                // of the last crate only: RUSTFLAGS would compile every dependency again.
                cargo.args(["--", "-Clink-args=--emit-relocs"]);
            }
            command::run(&mut cargo)
        },
    )?;
    Ok(paths::target()
        .join(wasm_target::TARGET)
        .join(profile.wasm())
        .join("frontend.wasm"))
}

fn bundle_if_changed(profile: Profile, wasm: &Path, split: bool, pkg: &Path) -> Result<Stamp> {
    let stamp_file = paths::scratch().join(format!("site-{}.json", profile.native()));
    let optimiser = optimise::version();
    let salt = format!(
        "{} split={split} optimiser={optimiser:?}",
        env!("CARGO_PKG_VERSION")
    );
    let bundle = files::fingerprint(&[wasm.to_path_buf()], &salt)?;
    let old: Stamp = fs::read(&stamp_file)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default();
    if old.bundle == bundle && old.files.iter().all(|name| pkg.join(name).is_file()) {
        return Ok(old);
    }
    let made = progress::step("Generating JavaScript and wasm", || {
        bundle::make(wasm, split, profile == Profile::Release)
    })?;
    for (name, content) in &made.files {
        files::write_if_changed(&pkg.join(name), content)?;
    }
    let stamp = Stamp {
        bundle,
        hash: made.hash,
        split,
        files: made.files.into_keys().collect(),
    };
    files::write_if_changed(&stamp_file, &serde_json::to_vec_pretty(&stamp)?)?;
    Ok(stamp)
}

/// Deletes files of earlier builds: their names say that they are of no use to today's pages.
fn remove_strangers(pkg: &Path, stamp: &Stamp, style_hash: &str) -> Result<()> {
    let style = style::file_name(style_hash);
    for path in files::walk(pkg)? {
        let name = path.strip_prefix(pkg)?.to_string_lossy().into_owned();
        let plain = name
            .strip_suffix(".br")
            .or(name.strip_suffix(".gz"))
            .unwrap_or(&name);
        if plain != style && !stamp.files.iter().any(|file| file == plain) {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Leptos reads the hashes from a file beside the server's binary.
fn write_hash_file(profile: Profile, stamp: &Stamp, style_hash: &str) -> Result<()> {
    let mut hashes = BTreeMap::from([("js", &*stamp.hash), ("wasm", &stamp.hash), ("css", style_hash)]);
    if stamp.split {
        hashes.extend([("manifest", &*stamp.hash), ("split", &stamp.hash)]);
    }
    let text: String = hashes
        .iter()
        .map(|(kind, hash)| format!("{kind}: {hash}\n"))
        .collect();
    files::write_if_changed(&profile.hash_file(), text.as_bytes())
}

/// The file of the bundle that holds the wasm of the first visit, and the lazily loaded ones, by file name.
pub fn wasm_files(profile: Profile) -> Result<Vec<std::path::PathBuf>> {
    let mut found = files::walk(&profile.site().join(PKG_DIR))?;
    found.retain(|path| path.extension().is_some_and(|extension| extension == "wasm"));
    found.sort_by_key(|path| {
        !path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(OUTPUT_NAME))
    });
    Ok(found)
}
