//! The style sheets as one file: `@import` followed, whitespace and repetition removed.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};

use crate::files;
use crate::profile::OUTPUT_NAME;

/// Writes the bundle of `main` and everything it imports; returns its hash.
pub fn write(main: &Path, pkg: &Path) -> Result<String> {
    let css = if main.exists() {
        bundle(main)?
    } else {
        String::new()
    };
    let hash = files::short_hash([css.as_bytes()]);
    files::write_if_changed(&pkg.join(file_name(&hash)), css.as_bytes())?;
    Ok(hash)
}

/// The name under which Leptos' `HashedStylesheet` asks for it.
pub fn file_name(hash: &str) -> String {
    format!("{OUTPUT_NAME}.{hash}.css")
}

fn bundle(main: &Path) -> Result<String> {
    let provider = FileProvider::new();
    let mut sheet = Bundler::new(&provider, None, ParserOptions::default())
        .bundle(main)
        .map_err(|error| anyhow!("style: {error}"))?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| anyhow!("style: {error}"))?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: true,
            ..PrinterOptions::default()
        })
        .map_err(|error| anyhow!("style: {error}"))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_inlined_into_their_layer() {
        let folder = crate::paths::scratch().join("style-test");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("main.css"),
            "@layer base;\n@import \"part.css\" layer(base);",
        )
        .unwrap();
        std::fs::write(folder.join("part.css"), "p { color: red; }").unwrap();
        let css = bundle(&folder.join("main.css")).unwrap();
        assert!(css.contains("p{color:red}"), "{css}");
        assert!(!css.contains("@import"), "{css}");
    }

    #[test]
    fn a_missing_import_is_an_error() {
        let folder = crate::paths::scratch().join("style-test-missing");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("main.css"), "@import \"nowhere.css\";").unwrap();
        assert!(bundle(&folder.join("main.css")).is_err());
    }
}
