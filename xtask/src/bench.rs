//! `cargo xtask bench`: the figures of the closing note, taken from the release build on this machine, loopback only.

use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::profile::Profile;
use crate::progress::{self, kilobytes};
use crate::site;

mod http;
mod intake;
mod load;
mod server;
mod size;
mod upload;

use server::Server;

/// Flags of `cargo xtask bench`.
#[derive(Args)]
pub struct BenchArgs {
    /// One part only.
    #[arg(long, value_enum)]
    only: Option<Part>,

    /// The page to measure; without it the first contest the home page links to.
    #[arg(long)]
    page: Option<String>,
    /// Requests in flight at once.
    #[arg(long, default_value_t = 32)]
    concurrency: u16,
    /// Seconds for each of the two measurements of each page.
    #[arg(long, default_value_t = 5)]
    seconds: u16,
    /// Authors of the rehearsed intake.
    #[arg(long, default_value_t = 2_000)]
    authors: u32,
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Part {
    /// Sizes, memory and requests per second of a public page.
    Pages,
    /// Drafts and submissions through the services, and the rush before a deadline.
    Intake,
    /// One big file beside `cp` and nginx.
    Upload,
}

/// Below it the server answers the bytes of a page from memory, without rendering anything.
const BARE: &str = "/bench/bare";

/// Builds the release and measures it.
pub fn run(args: &BenchArgs) -> Result<()> {
    let build = site::BuildArgs { release: true };
    site::build(&build)?;
    let profile = build.profile();
    if args.only.is_none_or(|part| part == Part::Pages) {
        pages(profile, args)?;
    }
    if args.only.is_none_or(|part| part == Part::Intake) {
        intake::run(profile, args.authors)?;
    }
    if args.only.is_none_or(|part| part == Part::Upload) {
        upload::run(profile)?;
    }
    Ok(())
}

/// Starts the server on the demo, measures its pages, stops it.
fn pages(profile: Profile, args: &BenchArgs) -> Result<()> {
    load::ensure_client()?;
    let server = progress::step("Starting the server on a fresh demo", || Server::start(profile))?;
    let home = server.get("/")?;
    let page = match &args.page {
        Some(page) => page.clone(),
        None => size::first_contest(&home.text()).unwrap_or_else(|| "/".into()),
    };
    let visit = server.get(&page)?;
    // After the first pages and the demo, before any load: what the process holds when nobody comes.
    std::thread::sleep(std::time::Duration::from_secs(3));
    println!("memory of the server at rest      {}", server.memory()?);
    print_sizes(&profile.site(), &page, &visit)?;
    print_load(&server, &page, args)
}

fn print_sizes(site: &Path, page: &str, visit: &server::Answer) -> Result<()> {
    let mut total = visit.body.len() as u64;
    println!("first visit of {page} (as sent, brotli):");
    println!("  {:>10}  HTML ({})", kilobytes(total), visit.encoding);
    for (name, bytes) in size::needed_at_once(site, &visit.text())? {
        println!("  {:>10}  {name}", kilobytes(bytes));
        total += bytes;
    }
    println!("  {:>10}  HTML + CSS + JS + wasm", kilobytes(total));
    for (name, bytes) in size::fonts(site, &visit.text()) {
        println!("  {:>10}  {name} (font, besides)", kilobytes(bytes));
    }
    println!("lazily loaded (brotli):");
    for (name, bytes) in size::lazy_chunks(site)? {
        println!("  {:>10}  {name}", kilobytes(bytes));
    }
    Ok(())
}

/// Turn about, so that neither profits from a quiet moment of the machine.
fn print_load(server: &Server, page: &str, args: &BenchArgs) -> Result<()> {
    let bare = format!("{BARE}{page}");
    let bare_bytes = server.get(&bare)?.body.len();
    let measure = |path: &str| load::requests_per_second(&server.url(path), args.concurrency, args.seconds);
    let (first_page, first_bare) = (measure(page)?, measure(&bare)?);
    let (second_page, second_bare) = (measure(page)?, measure(&bare)?);
    let (page_rate, bare_rate) = ((first_page + second_page) / 2, (first_bare + second_bare) / 2);
    println!(
        "requests per second at concurrency {} (mean of two runs of {} s):",
        args.concurrency, args.seconds
    );
    println!("  {page_rate:>10}  {page}");
    println!("  {bare_rate:>10}  bare route with {bare_bytes} bytes");
    println!("  {:>9}%  of the bare route", page_rate * 100 / bare_rate.max(1));
    println!("memory of the server after load   {}", server.memory()?);
    Ok(())
}
