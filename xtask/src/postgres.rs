//! One throw-away PostgreSQL cluster: own folder, free port, gone at the end whatever happens.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{apt, command, files, progress};

/// A running cluster; stopped and removed on drop.
pub struct Postgres {
    process: Child,
    folder: PathBuf,
    port: u16,
}

/// Whether what was committed survives a power cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Durability {
    /// For tests: no waiting for the disk.
    None,
    /// As in production; for measuring.
    Full,
}

impl Postgres {
    /// Creates and starts a cluster; installs the server with apt when it is missing.
    pub fn start(durability: Durability) -> Result<Self> {
        let bin = match binaries()? {
            Some(bin) => bin,
            None => {
                apt::install("the PostgreSQL server", &["postgresql"])?;
                binaries()?.context("the package postgresql brought no server binaries")?
            }
        };
        let user = ServerUser::find()?;
        // Not in the target folder: the server's user may be unable to enter it.
        let folder = std::env::temp_dir().join(format!("cchc-contest-postgres-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        user.give(&folder)?;
        let data = folder.join("data");
        let initdb = [
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--pgdata",
        ];
        command::output(
            user.run(&bin.join("initdb"))
                .args(initdb)
                .arg(&data)
                .current_dir(&folder),
        )?;

        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = fs::File::create(folder.join("log"))?;
        let mut postgres = user.run(&bin.join("postgres"));
        postgres.arg("-D").arg(&data).current_dir(&folder);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=300",
        ] {
            postgres.args(["-c", setting]);
        }
        if durability == Durability::None {
            for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] {
                postgres.args(["-c", setting]);
            }
        }
        postgres.args(["-c", &format!("port={port}")]);
        postgres.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let process = postgres.spawn().context("cannot start postgres")?;
        let mut cluster = Self {
            process,
            folder,
            port,
        };
        cluster.wait_until_ready(&bin)?;
        Ok(cluster)
    }

    /// The superuser's address of the maintenance database; tests create databases of their own from it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, bin: &Path) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let mut ready = Command::new(bin.join("pg_isready"));
            ready.args(["--quiet", "--host=127.0.0.1", &format!("--port={}", self.port)]);
            if ready.status().context("cannot run pg_isready")?.success() {
                return Ok(());
            }
            if self.process.try_wait()?.is_some() || Instant::now() > deadline {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL did not start: {}", log.trim());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: sessions are cut, shared memory is given back.
        let asked = Command::new("kill")
            .arg("-INT")
            .arg(self.process.id().to_string())
            .status();
        if !asked.is_ok_and(|status| status.success()) && self.process.kill().is_err() {
            progress::note("PostgreSQL had already ended");
        }
        if let Err(error) = self.process.wait().and_then(|_| fs::remove_dir_all(&self.folder)) {
            progress::note(format!(
                "PostgreSQL's folder {} stays: {error}",
                self.folder.display()
            ));
        }
    }
}

/// The folder with `initdb` and `postgres`: the newest of Debian's, else the one on the PATH. `None`: not installed.
pub fn binaries() -> Result<Option<PathBuf>> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| {
            let number = |path: &Path| path.file_name()?.to_str()?.parse().ok();
            entries
                .flatten()
                .filter_map(|entry| Some((number(&entry.path())?, entry.path().join("bin"))))
                .collect()
        })
        .unwrap_or_default();
    versions.sort();
    let on_path = command::find("initdb").map(fs::canonicalize).transpose()?;
    let on_path = on_path.and_then(|path| path.parent().map(Path::to_path_buf));
    let complete = |bin: &PathBuf| {
        ["initdb", "postgres", "pg_isready"]
            .iter()
            .all(|name| bin.join(name).is_file())
    };
    Ok(versions
        .into_iter()
        .rev()
        .map(|(_, bin)| bin)
        .chain(on_path)
        .find(complete))
}

/// PostgreSQL refuses to run as root: then it runs as an unprivileged user of the machine.
struct ServerUser(Option<(String, u32, u32)>);

impl ServerUser {
    fn find() -> Result<Self> {
        if !command::is_root() {
            return Ok(Self(None));
        }
        let id = |flag: &str, name: &str| command::output(Command::new("id").args([flag, name]));
        let name = if id("-u", "postgres").is_ok() {
            "postgres"
        } else {
            "nobody"
        };
        Ok(Self(Some((
            name.to_string(),
            id("-u", name)?.trim().parse()?,
            id("-g", name)?.trim().parse()?,
        ))))
    }

    /// A command run as this user, ended when xtask ends however that happens.
    fn run(&self, program: &Path) -> Command {
        if command::find("setpriv").is_none() {
            return match &self.0 {
                Some((name, ..)) => {
                    let mut command = Command::new("runuser");
                    command.args(["-u", name, "--"]).arg(program);
                    command
                }
                None => Command::new(program),
            };
        }
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "INT"]);
        if let Some((_, uid, gid)) = &self.0 {
            command
                .arg(format!("--reuid={uid}"))
                .arg(format!("--regid={gid}"))
                .arg("--clear-groups");
        }
        command.arg(program);
        command
    }

    fn give(&self, folder: &Path) -> Result<()> {
        let Some((_, uid, gid)) = self.0 else {
            return Ok(());
        };
        #[cfg(unix)]
        for path in files::walk(folder)?.iter().map(PathBuf::as_path).chain([folder]) {
            std::os::unix::fs::chown(path, Some(uid), Some(gid))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_leaves_nothing_behind() {
        let cluster = Postgres::start(Durability::None).unwrap();
        let folder = cluster.folder.clone();
        assert!(cluster.url().starts_with("postgres://postgres@127.0.0.1:"));
        assert!(std::net::TcpStream::connect(("127.0.0.1", cluster.port)).is_ok());
        let port = cluster.port;
        drop(cluster);
        assert!(!folder.exists());
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    }
}
