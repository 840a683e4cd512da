//! Everything of a contest as one ZIP (product.md: "a ZIP of everything with a manifest"): a folder an entry under its
//! own code, never the blind one, with the statement as PDF and every file; then what was written, with its hashes.
//!
//! The archive is written while it is sent. A writing thread fills a short queue and waits for the reader, so memory
//! stays the same whatever the size.

mod manifest;
mod pipe;

use std::io::{self, Write};
use std::sync::Arc;

use bytes::Bytes;
use chrono::{Datelike, Timelike};
use contract::Result;
use papers::{Paper, Statement};
use rules::account::{Action, Actor};
use rules::entry::{AnswerLine, EntryState, Scan};
use rules::time::{Timestamp, Zone};
use sha2::{Digest, Sha256};
use store::contest::ContestRow;
use store::entry::{Attachment, DeskQuery, EntryLine, Revision};
use tokio::io::AsyncReadExt;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use self::manifest::{Line, Manifest};
use self::pipe::Pipe;
use super::Printing;
use super::names::{Names, folder};
use super::receipt::{file_line, person};
use super::statement::of_content;
use crate::entry::form::forms_of;
use crate::error::{Fault, internal};
use crate::secret::hex;

/// Entries loaded at a time.
const AT_A_TIME: usize = 50;
/// Archives written at once, others wait: each holds a thread for as long as its reader takes.
const ARCHIVES: usize = 4;
static TURNS: Semaphore = Semaphore::const_new(ARCHIVES);
/// From this size on a part's header needs the long form.
const LARGE: u64 = 3 * 1024 * 1024 * 1024;

/// An archive on its way.
pub struct Export {
    pub file_name: String,
    /// The bytes in order; an error ends them.
    pub parts: mpsc::Receiver<io::Result<Bytes>>,
}

impl Printing {
    /// Begins the archive of every entry handed in, for the organiser.
    ///
    /// # Errors
    /// `NotFound(Contest)`, `Denied`.
    pub async fn export(&self, actor: &Actor, slug: &str) -> Result<Export> {
        let contest = self.managed(actor, slug, Action::ExportEntries).await?;
        let turn = TURNS.acquire().await.map_err(|error| internal(&error))?;
        let lines = self.handed_in(&contest).await?;
        let (code, entries) = (&contest.code, lines.len());
        tracing::info!(user = ?actor.user(), code, entries, "an archive of all entries begins");
        let (pipe, parts) = Pipe::new();
        let file_name = format!("{}.zip", contest.slug);
        let archive = Archive {
            now: contest.now(self.ctx.now()),
            contest: Arc::new(contest),
            printing: self.clone(),
            runtime: Handle::current(),
        };
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            if let Err(error) = archive.write(pipe.clone(), lines)
                && error.kind() != io::ErrorKind::BrokenPipe
            {
                tracing::error!(%error, "an archive could not be finished");
                pipe.fail(error);
            }
        });
        Ok(Export { file_name, parts })
    }

    /// Every entry handed in, by code.
    async fn handed_in(&self, contest: &ContestRow) -> Result<Vec<EntryLine>> {
        let db = self.ctx.store.read();
        let mut all: Vec<EntryLine> = Vec::new();
        loop {
            let query = DeskQuery::of_states(contest.id, &EntryState::ALL, all.len() as u64, 500);
            let (lines, total) = store::entry::desk_page(db, &query).await.fault()?;
            let last = lines.is_empty() || all.len() + lines.len() >= total as usize;
            all.extend(lines);
            if last {
                return Ok(all);
            }
        }
    }
}

/// What the writing thread knows.
struct Archive {
    contest: Arc<ContestRow>,
    now: Timestamp,
    printing: Printing,
    runtime: Handle,
}

/// An entry with what belongs to it.
struct Loaded {
    line: EntryLine,
    revision: Revision,
    files: Vec<Attachment>,
    answers: Vec<AnswerLine>,
}

impl Archive {
    fn write(&self, pipe: Pipe, lines: Vec<EntryLine>) -> io::Result<()> {
        let mut zip = ZipWriter::new_stream(pipe);
        let mut manifest = Manifest::new(&self.contest, self.now, lines.len());
        let mut folders = Names::default();
        let mut lines = lines.into_iter().peekable();
        while lines.peek().is_some() {
            let some: Vec<EntryLine> = lines.by_ref().take(AT_A_TIME).collect();
            for entry in self.wait(self.load(some))? {
                self.entry(&mut zip, &mut manifest, &mut folders, entry)?;
            }
        }
        for (name, bytes) in manifest.files()? {
            self.part(&mut zip, &name, &bytes, self.now)?;
        }
        zip.finish().map_err(io::Error::other)?.flush()
    }

    fn entry(
        &self,
        zip: &mut ZipWriter<StreamWriter<Pipe>>,
        manifest: &mut Manifest,
        folders: &mut Names,
        entry: Loaded,
    ) -> io::Result<()> {
        let code = entry.line.code.clone().unwrap_or_default();
        let folder = folders.give(&folder(&code, &entry.revision.content.title));
        let mut names = Names::default();
        let at = entry.revision.submitted_at;
        let statement = Paper::Statement(self.statement(&code, &entry));
        let press = &self.printing.press;
        let pdf = self
            .runtime
            .block_on(press.print(statement))
            .map_err(io::Error::other)?;
        let path = format!("{folder}/{}", names.give(&format!("{code}.pdf")));
        self.part(zip, &path, &pdf, at)?;
        manifest.add(Line {
            entry: code.clone(),
            revision: entry.revision.revision,
            path,
            size: pdf.len() as u64,
            sha256: hex(&Sha256::digest(&pdf)),
            missing: false,
        });
        for file in entry.files {
            let path = format!("{folder}/{}", names.give(&file.info.file_name));
            let line = Line {
                entry: code.clone(),
                revision: entry.revision.revision,
                path,
                size: file.info.size,
                sha256: file.info.sha256.clone(),
                missing: false,
            };
            manifest.add(self.copy(zip, &file, line)?);
        }
        Ok(())
    }

    /// Copies a stored file, hashing what is copied. One that is gone is named as missing: the others still count.
    fn copy(
        &self,
        zip: &mut ZipWriter<StreamWriter<Pipe>>,
        file: &Attachment,
        mut line: Line,
    ) -> io::Result<Line> {
        if file.info.scan != Scan::Clean {
            // nobody but its authors opens a file the scanner has not found clean
            line.missing = true;
            return Ok(line);
        }
        let uploads = &self.printing.uploads;
        let mut source = match self.runtime.block_on(uploads.stored(&file.storage_key)) {
            Ok(source) => source,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                tracing::error!(key = file.storage_key, "a stored file is missing");
                line.missing = true;
                return Ok(line);
            }
            Err(error) => return Err(error),
        };
        let options = self.options(file.info.uploaded_at).large_file(line.size >= LARGE);
        zip.start_file(&*line.path, options).map_err(io::Error::other)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        line.size = 0;
        loop {
            let read = self.runtime.block_on(source.read(&mut buffer))?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
            zip.write_all(&buffer[..read])?;
            line.size += read as u64;
        }
        line.sha256 = hex(&hasher.finalize());
        Ok(line)
    }

    fn part(
        &self,
        zip: &mut ZipWriter<StreamWriter<Pipe>>,
        path: &str,
        bytes: &[u8],
        at: Timestamp,
    ) -> io::Result<()> {
        zip.start_file(path, self.options(at)).map_err(io::Error::other)?;
        zip.write_all(bytes)
    }

    /// Packed lightly: most files are packed in themselves, and readers that go through an archive from front to back
    /// accept no part of unknown length that is not packed.
    fn options(&self, at: Timestamp) -> SimpleFileOptions {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1));
        match wall_clock(at, &self.contest.setup.timetable.zone) {
            Some(time) => options.last_modified_time(time),
            None => options,
        }
    }

    fn statement(&self, code: &str, entry: &Loaded) -> Statement {
        let content = entry.revision.content.clone();
        let authors = content.authors.iter().cloned().map(person).collect();
        let files = entry.files.iter().map(|file| file_line(file.info.clone()));
        Statement {
            code: code.to_owned(),
            authors,
            files: files.collect(),
            made: entry.revision.submitted_at,
            ..of_content(&self.contest, content, &entry.answers)
        }
    }

    /// The last submissions of some entries with their files.
    async fn load(&self, lines: Vec<EntryLine>) -> Result<Vec<Loaded>> {
        let db = self.printing.ctx.store.read();
        let ids: Vec<_> = lines.iter().map(|line| line.id).collect();
        let mut files = store::entry::handed_in(db, &ids).await.fault()?;
        let numbers: Vec<_> = lines.iter().map(|line| (line.id, line.revision)).collect();
        let mut revisions = store::entry::submissions(db, &numbers).await.fault()?;
        let versions = revisions.values().map(|revision| revision.content.form_version);
        let forms = forms_of(db, &self.contest, versions).await?;
        let mut loaded = Vec::with_capacity(lines.len());
        for line in lines {
            let Some(revision) = revisions.remove(&line.id) else {
                continue;
            };
            let (ours, others): (Vec<Attachment>, _) =
                files.into_iter().partition(|file| file.entry == line.id);
            files = others;
            let form = forms.get(&revision.content.form_version);
            let answers = form.map(|form| form.lines(&revision.content)).unwrap_or_default();
            loaded.push(Loaded {
                line,
                revision,
                files: ours,
                answers,
            });
        }
        Ok(loaded)
    }

    fn wait<T>(&self, work: impl Future<Output = Result<T>>) -> io::Result<T> {
        self.runtime.block_on(work).map_err(io::Error::other)
    }
}

/// The wall clock of the contest's zone, as archives keep times; `None` outside the years they can hold.
fn wall_clock(at: Timestamp, zone: &Zone) -> Option<zip::DateTime> {
    let local = zone.local(at);
    let part = |number: u32| u8::try_from(number).ok();
    zip::DateTime::from_date_and_time(
        u16::try_from(local.year()).ok()?,
        part(local.month())?,
        part(local.day())?,
        part(local.hour())?,
        part(local.minute())?,
        part(local.second())?,
    )
    .ok()
}
