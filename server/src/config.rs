//! What an operator sets, from the command line or the environment.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;

/// Settings of every command that opens the database.
#[derive(Args, Clone, Debug)]
pub struct StorageConfig {
    /// Folder of the database file, uploads and exports.
    #[arg(long, env = "DATA_DIR", default_value = "data")]
    pub data: PathBuf,
    /// `sqlite://…` or `postgres://…`; a SQLite file in the data folder unless set.
    #[arg(long, env = "DATABASE_URL")]
    pub database_url: Option<String>,
    #[command(flatten)]
    pub files: FilesConfig,
}

/// Where finished files lie, and who looks at them first.
#[derive(Args, Clone)]
pub struct FilesConfig {
    /// Keeps finished files in this S3 bucket instead of the data folder.
    #[arg(long, env = "S3_BUCKET")]
    pub s3_bucket: Option<String>,
    /// Address of the S3 service, where it is not Amazon's.
    #[arg(long, env = "S3_ENDPOINT", requires = "s3_bucket")]
    pub s3_endpoint: Option<String>,
    /// Region of the bucket.
    #[arg(long, env = "S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,
    /// Key id for the bucket.
    #[arg(long, env = "S3_ACCESS_KEY_ID", requires = "s3_bucket")]
    pub s3_access_key_id: Option<String>,
    /// Secret key for the bucket.
    #[arg(
        long,
        env = "S3_SECRET_ACCESS_KEY",
        hide_env_values = true,
        requires = "s3_bucket"
    )]
    pub s3_secret_access_key: Option<String>,
    /// `host:port` of a ClamAV daemon: files are held until it found them clean.
    #[arg(long, env = "CLAMD_ADDRESS")]
    pub clamd_address: Option<String>,
}

// the secret stays out of every log
impl std::fmt::Debug for FilesConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FilesConfig")
            .field("s3_bucket", &self.s3_bucket)
            .field("s3_endpoint", &self.s3_endpoint)
            .field("clamd_address", &self.clamd_address)
            .finish_non_exhaustive()
    }
}

impl FilesConfig {
    /// The bucket, where one is named.
    ///
    /// # Errors
    /// Where the settings do not make an address.
    pub fn bucket(&self) -> anyhow::Result<Option<Arc<dyn ObjectStore>>> {
        let Some(name) = &self.s3_bucket else {
            return Ok(None);
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(name)
            .with_region(&self.s3_region);
        if let Some(endpoint) = &self.s3_endpoint {
            builder = builder
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some(key) = &self.s3_access_key_id {
            builder = builder.with_access_key_id(key);
        }
        if let Some(secret) = &self.s3_secret_access_key {
            builder = builder.with_secret_access_key(secret);
        }
        let bucket = builder.build().context("the S3 bucket cannot be addressed")?;
        Ok(Some(Arc::new(bucket)))
    }
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

/// The mail server's address. It may hold a password, so it is never shown whole.
#[derive(Clone)]
pub struct SmtpUrl(pub String);

impl std::fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SmtpUrl(…)")
    }
}

impl std::str::FromStr for SmtpUrl {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// Settings of mail. Without a mail server messages stay in the site.
#[derive(Args, Clone, Debug)]
pub struct MailConfig {
    /// `smtps://user:password@host:465`, `smtp://user:password@host:587?tls=required` (STARTTLS) or `smtp://host:25`.
    #[arg(long, env = "SMTP_URL", hide_env_values = true, requires = "mail_from")]
    pub smtp_url: Option<SmtpUrl>,
    /// Sender of mails, e.g. `Hội thi sáng kiến <noreply@coquan.vn>`.
    #[arg(long, env = "MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Address of this site as readers of mails reach it, e.g. `https://sangkien.coquan.vn`; `http://` and the address
    /// listened on unless set.
    #[arg(long, env = "PUBLIC_URL")]
    pub public_url: Option<String>,
}

/// Settings of `server serve`.
#[derive(Args, Clone, Debug)]
pub struct ServeConfig {
    #[command(flatten)]
    pub storage: StorageConfig,
    #[command(flatten)]
    pub mail: MailConfig,
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
    #[arg(long, env = "UPLOAD_LIMIT", default_value_t = 2 * 1024 * 1024 * 1024)]
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
