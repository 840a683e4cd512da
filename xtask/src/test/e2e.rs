//! The split release build in Chromium, driven by Playwright.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Count;
use crate::{browser, command, npm, paths, progress, site};

/// Builds the release, then runs the end-to-end tests against it. The tests start servers of their own, each on a fresh
/// data folder: `E2E_SERVER_BIN` and `E2E_SITE_ROOT` say which, `TEST_POSTGRES_URL` where PostgreSQL is.
pub fn run(filter: Option<&str>, postgres_url: &str) -> Result<Count> {
    let chromium = browser::ensure()?;
    npm::ensure()?;
    let build = site::BuildArgs { release: true };
    site::build(&build)?;

    let profile = build.profile();
    let results = paths::scratch().join("end2end");
    fs::create_dir_all(&results)?;
    let report = results.join("report.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let folder = paths::root().join("end2end");
    let mut playwright = Command::new(folder.join("node_modules/.bin/playwright"));
    playwright
        .args(["test", "--reporter=list,json"])
        .args(filter)
        .current_dir(folder);
    playwright.envs(profile.server_env());
    playwright.env("E2E_SERVER_BIN", profile.server());
    playwright.env("E2E_SITE_ROOT", profile.site());
    playwright.env("E2E_CHROMIUM", chromium);
    playwright.env("E2E_RESULTS", results.join("results"));
    playwright.env("TEST_POSTGRES_URL", postgres_url);
    playwright.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    let success = progress::step("Playwright", || Ok(command::tee(&mut playwright)?.0))?;
    let text = fs::read_to_string(&report).context("Playwright wrote no report")?;
    let report: Value = serde_json::from_str(&text).context("Playwright's report")?;
    Ok(Count::from_playwright(&report).with_verdict(success))
}
