//! From sources to what the server serves: `target/site` with hashed, precompressed files, and the server itself.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::profile::{PKG_DIR, Profile};
use crate::{command, files, paths, progress, wasm_target};

mod bundle;
mod compress;
mod group;
mod optimise;
mod public;
mod strip;
mod style;

/// Flags of `cargo xtask build`.
#[derive(Args, Clone, Copy)]
pub struct BuildArgs {
    /// Small and fast: link-time optimisation, precompressed files.
    #[arg(long)]
    pub release: bool,
}

impl BuildArgs {
    /// The profile asked for.
    pub fn profile(self) -> Profile {
        Profile::new(self.release)
    }
}

/// What the last build of a site was made from, so that the next one does only what is needed.
#[derive(Serialize, Deserialize, Default)]
struct Stamp {
    /// Fingerprint of the wasm file and the way it was bundled.
    bundle: String,
    /// The hash in the names of the bundle's files.
    hash: String,
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
    let wasm = compile_wasm(profile)?;
    let site = profile.site();
    let pkg = site.join(PKG_DIR);
    fs::create_dir_all(&pkg)?;

    let stamp = bundle_if_changed(profile, &wasm, &pkg)?;
    let style_hash = style::write(&paths::root().join("style/main.css"), &pkg)?;
    public::sync(&paths::root().join("style/public"), &site)?;
    remove_strangers(&pkg, &stamp, &style_hash)?;
    if profile == Profile::Release {
        compress::all(&site)?;
    }
    write_hash_file(profile, &stamp, &style_hash)
}

fn compile_wasm(profile: Profile) -> Result<PathBuf> {
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
            // The splitter moves functions between modules and needs the linker's relocations for that. An
            // argument of the last crate only: RUSTFLAGS would compile every dependency again.
            command::run(cargo.args(["--", "-Clink-args=--emit-relocs"]))
        },
    )?;
    Ok(paths::target()
        .join(wasm_target::TARGET)
        .join(profile.wasm_folder())
        .join("frontend.wasm"))
}

fn bundle_if_changed(profile: Profile, wasm: &Path, pkg: &Path) -> Result<Stamp> {
    let stamp_file = paths::scratch().join(format!("site-{}.json", profile.native()));
    // What goes in, and the two tools that work on it: this program with its libraries, and the optimiser.
    let optimiser = format!("{:?}", optimise::version());
    let bundle = files::fingerprint(&[wasm.to_path_buf(), std::env::current_exe()?], &optimiser)?;
    let old: Stamp = fs::read(&stamp_file)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default();
    if old.bundle == bundle && old.files.iter().all(|name| pkg.join(name).is_file()) {
        return Ok(old);
    }
    let made = progress::step("Generating JavaScript and wasm", || {
        bundle::make(wasm, profile == Profile::Release)
    })?;
    for (name, content) in &made.files {
        files::write_if_changed(&pkg.join(name), content)?;
    }
    let stamp = Stamp {
        bundle,
        hash: made.hash,
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
    let bundle = &stamp.hash;
    let text =
        format!("js: {bundle}\nwasm: {bundle}\nmanifest: {bundle}\nsplit: {bundle}\ncss: {style_hash}\n");
    files::write_if_changed(&profile.hash_file(), text.as_bytes())
}
