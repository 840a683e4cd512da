//! What an operator sets, from the command line or the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// Settings of every command that opens the database.
#[derive(Args, Clone, Debug)]
pub struct StorageConfig {
    /// Folder of the database file, uploads and exports.
    #[arg(long, env = "DATA_DIR", default_value = "data")]
    pub data: PathBuf,
    /// `sqlite://…` or `postgres://…`; a SQLite file in the data folder unless set.
    #[arg(long, env = "DATABASE_URL")]
    pub database_url: Option<String>,
}

impl StorageConfig {
    /// The address of the database, and the data folder made if it is missing.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn prepare(&self) -> anyhow::Result<String> {
        std::fs::create_dir_all(&self.data)?;
        Ok(self
            .database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}?mode=rwc", self.data.join("contest.sqlite").display())))
    }
}

/// Settings of `server serve`.
#[derive(Args, Clone, Debug)]
pub struct ServeConfig {
    #[command(flatten)]
    pub storage: StorageConfig,
    /// Address to listen on.
    #[arg(long, env = "LEPTOS_SITE_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Folder with the built site.
    #[arg(long, env = "LEPTOS_SITE_ROOT", default_value = "target/site")]
    pub site_root: PathBuf,
    /// Address people reach the site at, as printed on documents, e.g. `https://sangkien.example.vn`; `http://` and the
    /// address listened on unless set.
    #[arg(long, env = "PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The site is reached over HTTPS (behind a TLS proxy): cookies are marked `Secure`.
    #[arg(long, env = "SECURE_COOKIES", default_value_t = false)]
    pub secure: bool,
    /// Loads the demo contests and offers one-click sign-in. Never for real data.
    #[arg(long, env = "DEMO", default_value_t = false)]
    pub demo: bool,
    /// With `--demo`: `POST /demo/clock?advance=SECONDS` moves the clock on, e.g. past a deadline.
    #[arg(long, default_value_t = false, hide = true)]
    pub demo_clock: bool,
    /// Largest attachment in bytes.
    #[arg(long, env = "UPLOAD_LIMIT", default_value_t = 100 * 1024 * 1024)]
    pub upload_limit: u64,
    /// Adds `/bench/bare`, which answers the bytes of the home page from memory, as a measure to compare with.
    #[arg(long, env = "BENCH", default_value_t = false, hide = true)]
    pub bench: bool,
}

impl ServeConfig {
    /// The address people reach the site at, without a slash at its end.
    pub fn public_url(&self) -> String {
        let address = self
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.addr));
        address.trim_end_matches('/').to_owned()
    }
}
