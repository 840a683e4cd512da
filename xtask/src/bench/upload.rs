//! Upload throughput: one big file beside `cp` and beside nginx's own upload of the same file, and the server's memory.

use std::fs::{self, File};
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::http::{Author, Intake};
use super::server::{Server, fresh_data};
use crate::profile::Profile;
use crate::{apt, command, paths, progress};

/// Bytes of the file: 1 GiB.
const SIZE: u64 = 1 << 30;

/// Measures and prints.
pub fn run(profile: Profile) -> Result<()> {
    for (program, package) in [("curl", "curl"), ("nginx", "nginx-light")] {
        if command::find(program).is_none() && !Path::new("/usr/sbin/nginx").exists() {
            apt::install(program, &[package])?;
        }
    }
    let folder = paths::scratch().join("bench-upload");
    fs::create_dir_all(&folder)?;
    let outcome = measure(profile, &folder);
    fs::remove_dir_all(&folder)?;
    outcome
}

fn measure(profile: Profile, folder: &Path) -> Result<()> {
    let file = folder.join("ban-ghi.mp4");
    progress::step("Writing a file of 1 GiB", || write(&file))?;
    let copied = timed(|| {
        command::run(Command::new("cp").arg(&file).arg(folder.join("copy")))?;
        Ok(File::open(folder.join("copy"))?.sync_all()?)
    })?;
    fs::remove_file(folder.join("copy"))?;
    let nginx = Nginx::start(folder)?;
    let put = timed(|| {
        curl(
            &["-T"],
            &file,
            &format!("http://127.0.0.1:{}/ban-ghi.mp4", nginx.port),
        )
        .map(|_| ())
    })?;
    drop(nginx);

    let (data, list) = (fresh_data()?, folder.join("intake.json"));
    let mut rehearse = Command::new(profile.server());
    rehearse
        .args([
            "rehearse",
            "prepare",
            "--authors",
            "1",
            "--seconds",
            "600",
            "--out",
        ])
        .arg(&list)
        .arg("--data")
        .arg(&data)
        .env("RUST_LOG", "warn");
    command::run(&mut rehearse)?;
    let intake: Intake = serde_json::from_slice(&fs::read(&list)?)?;
    let author = intake.drafts.first().context("the rehearsal wrote no draft")?;
    let limit = (2 * SIZE).to_string();
    let server = Server::start_on(profile, data, &["--upload-limit", &limit])?;
    server.get("/")?;
    let before = server.peak_memory()?;
    let sent = timed(|| send(&server, author, &file))?;
    let after = server.peak_memory()?;

    println!("upload of 1 GiB from the same machine, until it is kept:");
    for (what, took) in [
        ("cp and sync", copied),
        ("nginx, PUT", put),
        ("the server, tus", sent),
    ] {
        let rate = u128::from(SIZE >> 20) * 1_000 / took.as_millis().max(1);
        println!("  {what:<16} {took:>7.1?}  {rate} MiB/s");
    }
    println!("  most memory of the server: {before} kB before, {after} kB with it");
    Ok(())
}

/// Bytes no compression would shorten, behind the head of an MP4 file, so that the type is what it says.
fn write(path: &Path) -> Result<()> {
    let mut file = std::io::BufWriter::new(File::create(path)?);
    let head = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom";
    file.write_all(head)?;
    let (mut state, mut left) = (0x9E37_79B9_7F4A_7C15_u64, SIZE - head.len() as u64);
    while left > 0 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let bytes = state.to_le_bytes();
        let part = usize::try_from(left.min(8))?;
        file.write_all(&bytes[..part])?;
        left -= part as u64;
    }
    file.into_inner()
        .map_err(|error| error.into_error())?
        .sync_all()?;
    Ok(())
}

/// Creates the upload and sends the whole file in one piece.
fn send(server: &Server, author: &Author, file: &Path) -> Result<()> {
    let location = author.begin_upload(server, SIZE)?;
    let (cookie, url) = (author.cookie(), server.url(&location));
    let answer = curl(
        &[
            "-X",
            "PATCH",
            "-H",
            "Tus-Resumable: 1.0.0",
            "-H",
            "Upload-Offset: 0",
            "-H",
            "Content-Type: application/offset+octet-stream",
            "-H",
            &cookie,
            "-T",
        ],
        file,
        &url,
    )?;
    if answer != "204" && answer != "200" {
        bail!("the piece was answered {answer}");
    }
    Ok(())
}

/// Sends a file with curl; gives the status of the answer.
fn curl(flags: &[&str], file: &Path, url: &str) -> Result<String> {
    let mut curl = Command::new("curl");
    curl.args([
        "--silent",
        "--show-error",
        "--output",
        "/dev/null",
        "--write-out",
        "%{http_code}",
    ])
    .args(["-H", "Expect:"])
    .args(flags)
    .arg(file)
    .arg(url);
    let status = command::output(&mut curl)?.trim().to_owned();
    if status.starts_with('2') {
        return Ok(status);
    }
    bail!("{url} answered {status}")
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}

/// nginx that takes files by PUT.
struct Nginx {
    process: Child,
    port: u16,
}

impl Nginx {
    fn start(folder: &Path) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let (kept, temporary) = (folder.join("kept"), folder.join("temporary"));
        for path in [&kept, &temporary] {
            fs::create_dir_all(path)?;
        }
        let user = if command::is_root() { "user root;" } else { "" };
        let config = format!(
            "daemon off; master_process off; {user} pid {pid}; error_log stderr error;\n\
             events {{ worker_connections 64; }}\n\
             http {{ access_log off; client_max_body_size 0; client_body_temp_path {temporary};\n\
             server {{ listen 127.0.0.1:{port}; root {kept}; location / {{ dav_methods PUT; }} }} }}\n",
            pid = folder.join("nginx.pid").display(),
            temporary = temporary.display(),
            kept = kept.display(),
        );
        let file = folder.join("nginx.conf");
        fs::write(&file, config)?;
        let program = command::find("nginx").unwrap_or_else(|| PathBuf::from("/usr/sbin/nginx"));
        let process = Command::new(program)
            .arg("-c")
            .arg(&file)
            .arg("-p")
            .arg(folder)
            .spawn()
            .context("cannot start nginx")?;
        let nginx = Self { process, port };
        let deadline = Instant::now() + Duration::from_secs(20);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > deadline {
                bail!("nginx did not start");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        if let Err(error) = self.process.kill().and_then(|()| self.process.wait()) {
            progress::note(format!("nginx: {error}"));
        }
    }
}
