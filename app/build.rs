//! Turns `locales/{vi,en}/*.json` into typed keys. A key that stands in one language only stops the build.
//!
//! Calls the two crates behind `leptos_i18n_macro` directly: they are built for the macros anyway, while
//! `leptos_i18n_build` would add 145 crates of ICU data generation, and `load_locales!` cannot make `String`s with
//! arguments.

use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;
use std::{env, error::Error, fs, path::PathBuf};

/// One namespace a slice, and the words all share.
const NAMESPACES: [&str; 14] = [
    "common", "account", "author", "contest", "deadline", "entry", "file", "form", "judging", "message",
    "paper", "register", "results", "unit",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=locales");

    let config = Config::new("vi")
        .and_then(|config| config.add_locale("en"))
        .and_then(|config| config.add_namespaces(NAMESPACES))
        .map_err(|error| error.to_string())?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let parsed = parse_locales(Some(folder), config).map_err(|error| error.to_string())?;

    let mut problems: Vec<String> = parsed.diag.errors().iter().map(ToString::to_string).collect();
    problems.extend(parsed.diag.warnings().iter().map(ToString::to_string));
    if !problems.is_empty() {
        return Err(problems.join("\n").into());
    }

    let code = leptos_i18n_codegen::gen_code(&parsed, None, false, None, false)
        .map_err(|error| error.to_string())?;
    fs::write(
        PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs"),
        code.to_string(),
    )?;
    Ok(())
}
