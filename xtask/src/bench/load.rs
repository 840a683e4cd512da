//! Load from `wrk`: a client in C that takes little of the two cores it shares with the server.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{apt, command};

/// Installs the client when it is missing.
pub fn ensure_client() -> Result<()> {
    if command::find("wrk").is_some() {
        return Ok(());
    }
    apt::install("the load client wrk", &["wrk"])
}

/// Keeps `concurrency` requests in flight for `seconds` (bounded to a minute); an answer that is no success is an error.
pub fn requests_per_second(url: &str, concurrency: u16, seconds: u16) -> Result<u64> {
    let mut wrk = Command::new("wrk");
    wrk.args([
        "--threads",
        "1",
        "--connections",
        &concurrency.clamp(1, 256).to_string(),
    ]);
    wrk.args(["--duration", &format!("{}s", seconds.clamp(1, 60))]);
    wrk.args([
        "--header",
        "Accept: text/html",
        "--header",
        "Accept-Encoding: br, gzip",
        url,
    ]);
    let report = command::output(&mut wrk)?;
    if let Some(line) = report.lines().find(|line| line.contains("Non-2xx")) {
        bail!("{url}: {}", line.trim());
    }
    rate(&report).with_context(|| format!("wrk reported no rate: {report}"))
}

/// The whole part of `Requests/sec:  12345.67`.
fn rate(report: &str) -> Option<u64> {
    let line = report
        .lines()
        .find_map(|line| line.trim().strip_prefix("Requests/sec:"))?;
    line.trim().split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_rate_is_read() {
        assert_eq!(
            super::rate("  1 requests in 5s\nRequests/sec:  20345.67\nTransfer/sec: 1MB"),
            Some(20345)
        );
        assert_eq!(super::rate("nothing"), None);
    }
}
