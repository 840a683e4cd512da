//! A browser's part in the rehearsed intake: server functions called over HTTP with a session cookie.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::intake::since_epoch;
use super::server::Server;

/// What `server rehearse prepare` wrote.
#[derive(Deserialize)]
pub struct Intake {
    /// Last moment of submission on the contest's own clock, RFC 3339 in UTC.
    pub own_deadline: String,
    /// The same moment on the wall clock, in milliseconds since 1970.
    deadline_ms: u64,
    pub drafts: Vec<Author>,
}

impl Intake {
    /// The deadline on the wall clock.
    pub fn deadline_since_epoch(&self) -> Result<Duration> {
        ensure!(self.deadline_ms > 0, "the rehearsal set no deadline");
        Ok(Duration::from_millis(self.deadline_ms))
    }
}

/// An author with a complete draft.
#[derive(Deserialize)]
pub struct Author {
    token: String,
    entry: String,
    version: i64,
}

impl Author {
    /// The header of the session.
    pub fn cookie(&self) -> String {
        format!("Cookie: session={}", self.token)
    }

    /// Creates an upload of so many bytes to the draft; gives its address.
    pub fn begin_upload(&self, server: &Server, size: u64) -> Result<String> {
        let coded = |text: &str| STANDARD.encode(text);
        let metadata = format!(
            "entry {},kind {},filename {},key {}",
            coded(&self.entry),
            coded("video"),
            coded("ban-ghi.mp4"),
            coded(&key(0, 3)),
        );
        let response = ureq::post(server.url("/uploads"))
            .header("cookie", format!("session={}", self.token))
            .header("tus-resumable", "1.0.0")
            .header("upload-length", size.to_string())
            .header("upload-metadata", metadata)
            .send_empty()
            .context("POST /uploads")?;
        let location = response
            .headers()
            .get("location")
            .and_then(|value| value.to_str().ok());
        Ok(location.context("an upload without an address")?.to_owned())
    }
}

/// What a submission was answered.
pub struct Answer {
    /// Number of the author.
    pub author: usize,
    /// Since 1970.
    pub sent: Duration,
    /// Since 1970.
    pub answered: Duration,
    /// 0 where no answer came.
    pub status: u16,
    pub body: String,
}

/// A browser.
pub struct Client<'a> {
    server: &'a Server,
    agent: ureq::Agent,
}

impl<'a> Client<'a> {
    /// With its own connection.
    pub fn new(server: &'a Server) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Self {
            server,
            agent: config.into(),
        }
    }

    /// Saves a step of a draft, as the wizard does while its author types.
    pub fn autosave(&self, draft: &mut Author, number: usize) -> Result<Duration> {
        let command = json!({"cmd": {"key": key(number, 1), "entry": draft.entry, "expected": draft.version,
            "content": {"step": "topic", "title": format!("[Giả định] Giải pháp diễn tập, lần sửa {number}"),
                "category": "C1", "scope": "unit", "maturity": "proposed", "first_applied_on": null}}});
        let begun = Instant::now();
        let (status, body) = self.post(
            "/api/entry/save_draft",
            "application/json",
            &command.to_string(),
            &draft.token,
        )?;
        let took = begun.elapsed();
        ensure!(status == 200, "saving was answered {status}: {body}");
        let saved: Value = serde_json::from_str(&body)?;
        draft.version = saved["version"].as_i64().context("an answer without a version")?;
        Ok(took)
    }

    /// Presses the button.
    pub fn submit(&self, draft: &Author, author: usize) -> Answer {
        let form = format!(
            "cmd[key]={}&cmd[entry]={}&cmd[expected]={}",
            key(author, 2),
            draft.entry,
            draft.version
        );
        let sent = since_epoch();
        let answer = self.post("/api/entry/submit", FORM, &form, &draft.token);
        let answered = since_epoch();
        let (status, body) = answer.unwrap_or_else(|error| (0, format!("{error:#}")));
        Answer {
            author,
            sent,
            answered,
            status,
            body,
        }
    }

    /// The receipt's time, `None` where the entry was never submitted.
    pub fn received_at(&self, draft: &Author) -> Result<Option<String>> {
        let form = format!("entry={}", draft.entry);
        let (status, body) = self.post("/api/entry/receipt", FORM, &form, &draft.token)?;
        if status == 404 {
            return Ok(None);
        }
        ensure!(status == 200, "a receipt was answered {status}: {body}");
        let receipt: Value = serde_json::from_str(&body)?;
        Ok(receipt["submitted_at"].as_str().map(str::to_owned))
    }

    fn post(&self, path: &str, kind: &str, body: &str, token: &str) -> Result<(u16, String)> {
        let mut response = self
            .agent
            .post(self.server.url(path))
            .header("accept", "application/json")
            .header("content-type", kind)
            .header("cookie", format!("session={token}"))
            .send(body)
            .with_context(|| format!("POST {path}"))?;
        let status = response.status().as_u16();
        Ok((status, response.body_mut().read_to_string()?))
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// An idempotency key: an id of its own for each act.
fn key(number: usize, act: u8) -> String {
    format!("01900000-0000-7000-8000-{:012x}", number * 16 + usize::from(act))
}
