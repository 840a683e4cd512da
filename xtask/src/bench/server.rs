//! The release server, for as long as the measurement lasts.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::profile::Profile;
use crate::{paths, progress};

/// A running server; stopped on drop, its data folder removed.
pub struct Server {
    process: Child,
    port: u16,
    data: PathBuf,
}

/// What came back, as it was sent: a compressed body stays compressed.
pub struct Answer {
    /// The body's bytes.
    pub body: Vec<u8>,
    /// Its content encoding; `identity` when it has none.
    pub encoding: String,
}

impl Answer {
    /// The body as text, unpacked.
    pub fn text(&self) -> String {
        let mut plain = Vec::new();
        let whole = match &*self.encoding {
            "br" => brotli::Decompressor::new(&*self.body, 4096)
                .read_to_end(&mut plain)
                .is_ok(),
            "gzip" => flate2::read::GzDecoder::new(&*self.body)
                .read_to_end(&mut plain)
                .is_ok(),
            _ => false,
        };
        String::from_utf8_lossy(if whole { &plain } else { &self.body }).into_owned()
    }
}

impl Server {
    /// Starts it on a fresh demo and waits until it answers.
    pub fn start(profile: Profile) -> Result<Self> {
        Self::start_on(profile, fresh_data()?, &["--demo", "--bench"])
    }

    /// Starts it on a data folder, with more flags, and waits until it answers.
    pub fn start_on(profile: Profile, data: PathBuf, flags: &[&str]) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = fs::File::create(paths::scratch().join("bench.log"))?;
        let mut command = Command::new(profile.server());
        command
            .arg("serve")
            .args(flags)
            .arg("--data")
            .arg(&data)
            .envs(profile.server_env());
        command
            .env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{port}"))
            .env("RUST_LOG", "warn");
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let mut server = Self {
            process: command.spawn().context("cannot start the server")?,
            port,
            data,
        };
        server.wait_until_ready()?;
        Ok(server)
    }

    /// The full address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Fetches a page the way a browser asks for it.
    pub fn get(&self, path: &str) -> Result<Answer> {
        // An explicit header: the client then leaves the body as it was sent.
        let mut response = ureq::get(self.url(path))
            .header("accept", "text/html")
            .header("accept-encoding", "br, gzip")
            .call()
            .with_context(|| format!("GET {path}"))?;
        let encoding = response
            .headers()
            .get("content-encoding")
            .and_then(|value| value.to_str().ok());
        let encoding = encoding.unwrap_or("identity").to_string();
        Ok(Answer {
            body: response.body_mut().read_to_vec()?,
            encoding,
        })
    }

    /// Resident memory as the kernel counts it.
    pub fn memory(&self) -> Result<String> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))
            .context("the kernel tells memory under /proc, on Linux only")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(line.context("no VmRSS in /proc")?.trim().to_string())
    }

    /// The most resident memory so far, in kB, as the kernel counts it.
    pub fn peak_memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))
            .context("the kernel tells memory under /proc, on Linux only")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.context("no VmHWM in /proc")?.parse()?)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(120);
        while self.get("/").is_err() {
            if let Some(status) = self.process.try_wait()? {
                bail!(
                    "the server ended with {status}, see {}",
                    paths::scratch().join("bench.log").display()
                );
            }
            if Instant::now() > deadline {
                bail!("the server did not answer within two minutes");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

/// An empty data folder for a measurement.
pub fn fresh_data() -> Result<PathBuf> {
    let data = paths::scratch().join("bench-data");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir_all(&data)?;
    Ok(data)
}

impl Drop for Server {
    fn drop(&mut self) {
        let ended = self.process.kill().and_then(|()| self.process.wait());
        if let Err(error) = ended.and_then(|_| fs::remove_dir_all(&self.data)) {
            progress::note(format!("after the measurement: {error}"));
        }
    }
}
