//! The two ways to build: quick for the desk, small and fast for people.

use std::path::PathBuf;

use crate::paths;

/// The name of the site's main files, as in `[[workspace.metadata.leptos]]`.
pub const OUTPUT_NAME: &str = "cchc-contest";
/// The folder of the site that holds script, wasm and style; everything in it is named by its content.
pub const PKG_DIR: &str = "pkg";

/// Which cargo profiles are used, and where the results are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// Cargo's `dev` for server and browser, which then share macros and build scripts; no precompressed files.
    Dev,
    /// Cargo's `release` for the server, `wasm-release` for the browser; brotli and gzip beside each text file.
    Release,
}

impl Profile {
    /// From a `--release` flag.
    pub fn new(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    /// Cargo's profile for native code.
    pub fn native(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    /// Cargo's profile for wasm.
    pub fn wasm(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "wasm-release",
        }
    }

    /// The folder with cargo's wasm files, in the folder of the wasm target.
    pub fn wasm_folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "wasm-release",
        }
    }

    /// The folder with the native binaries.
    pub fn native_folder(self) -> PathBuf {
        paths::target().join(match self {
            Self::Dev => "debug",
            Self::Release => "release",
        })
    }

    /// The server's binary.
    pub fn server(self) -> PathBuf {
        self.native_folder()
            .join(format!("server{}", std::env::consts::EXE_SUFFIX))
    }

    /// Where Leptos looks for the content hashes: beside the server's binary.
    pub fn hash_file(self) -> PathBuf {
        self.native_folder().join("hash.txt")
    }

    /// The folder the server serves. Separate ones, so that switching profiles rebuilds neither.
    pub fn site(self) -> PathBuf {
        paths::target().join(match self {
            Self::Dev => "site-dev",
            Self::Release => "site",
        })
    }

    /// The environment in which the server finds its site, for every profile the same names.
    pub fn server_env(self) -> Vec<(&'static str, String)> {
        vec![
            ("LEPTOS_OUTPUT_NAME", OUTPUT_NAME.into()),
            ("LEPTOS_SITE_ROOT", self.site().display().to_string()),
            ("LEPTOS_SITE_PKG_DIR", PKG_DIR.into()),
            ("LEPTOS_HASH_FILES", "true".into()),
            (
                "LEPTOS_ENV",
                if self == Self::Dev { "DEV" } else { "PROD" }.into(),
            ),
        ]
    }
}
