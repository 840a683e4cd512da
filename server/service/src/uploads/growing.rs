//! A file that grows piece by piece: its bytes on disk and the running SHA-256 of them. Everything here blocks.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rules::ledger::Hash32;
use sha2::{Digest, Sha256};

use super::checksum::{Checksum, Sum};

/// The state of one unfinished upload, kept in memory between its pieces. While the turn is held it is exactly what is on
/// disk; the database may be behind, never ahead. Between two turns another process may write to the file, but never
/// before what the database knows of.
pub(super) struct Growing {
    file: File,
    hasher: Sha256,
    /// Bytes written and hashed.
    pub written: u64,
    /// Bytes the database knows of.
    pub recorded: u64,
    /// The last place of this file no other process takes back.
    safe: Mark,
    /// Where a piece began whose checksum is not verified yet.
    unverified: Option<Unverified>,
}

struct Unverified {
    mark: Mark,
    sum: Sum,
}

/// A place to go back to.
#[derive(Clone)]
pub(super) struct Mark {
    at: u64,
    hasher: Sha256,
}

impl Growing {
    /// Takes an upload up after a restart: of what lies on disk the `recorded` bytes count, which were synced. They are
    /// read once to hash them again. Where the disk has fewer, those count.
    pub fn open(path: &Path, recorded: u64) -> io::Result<Self> {
        let file = opened(path)?;
        let there = file.metadata()?.len().min(recorded);
        file.set_len(there)?;
        let mut hasher = Sha256::new();
        let written = hash_on(&file, there, &mut hasher)?;
        let safe = Mark {
            at: written,
            hasher: hasher.clone(),
        };
        Ok(Self {
            file,
            hasher,
            written,
            recorded,
            safe,
            unverified: None,
        })
    }

    /// Makes the disk what the memory says, after a request that was dropped in the middle: a piece that could not be
    /// verified any more is taken back, and so are bytes of a write that did not end. What the database does not know of
    /// counts only where no other process wrote over it meanwhile.
    pub fn settle(&mut self) -> io::Result<()> {
        let mut to = match self.unverified.take() {
            Some(unverified) => unverified.mark,
            None => self.mark(),
        };
        if to.at > self.safe.at && !self.is_on_disk(&to)? {
            to = self.safe.clone();
        }
        self.back_to(to)
    }

    /// Whether the bytes from the safe place to a later one are still those that were hashed.
    fn is_on_disk(&mut self, to: &Mark) -> io::Result<bool> {
        let length = to.at - self.safe.at;
        let mut hasher = self.safe.hasher.clone();
        self.file.seek(SeekFrom::Start(self.safe.at))?;
        let read = hash_on(&self.file, length, &mut hasher)?;
        Ok(read == length && hasher.finalize() == to.hasher.clone().finalize())
    }

    /// Where it stands now.
    pub fn mark(&self) -> Mark {
        Mark {
            at: self.written,
            hasher: self.hasher.clone(),
        }
    }

    /// Begins a piece whose checksum is said beforehand.
    pub fn expect(&mut self, checksum: &Checksum) {
        self.unverified = Some(Unverified {
            mark: self.mark(),
            sum: Sum::new(checksum.algorithm),
        });
    }

    /// Whether the piece under way has its checksum; if not, it is taken back.
    pub fn verify(&mut self, checksum: &Checksum) -> io::Result<bool> {
        let Some(Unverified { mark, sum }) = self.unverified.take() else {
            return Ok(true);
        };
        if sum.is(&checksum.expected) {
            return Ok(true);
        }
        self.back_to(mark)?;
        Ok(false)
    }

    /// Appends bytes. A write that fails half-way is taken back, so that memory and disk stay the same.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.file.write_all(bytes) {
            let mark = self.mark();
            self.back_to(mark)?;
            return Err(error);
        }
        self.hasher.update(bytes);
        if let Some(unverified) = &mut self.unverified {
            unverified.sum.update(bytes);
        }
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// Whether the database may learn of what is written: not while a checksum is outstanding.
    pub fn is_verified(&self) -> bool {
        self.unverified.is_none()
    }

    /// The database knows of everything written.
    pub fn noted(&mut self) {
        self.recorded = self.written;
        self.safe = self.mark();
    }

    /// What is written survives a power cut after this.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Forgets everything after a place.
    pub fn back_to(&mut self, mark: Mark) -> io::Result<()> {
        self.unverified = None;
        self.file.set_len(mark.at)?;
        self.file.seek(SeekFrom::Start(mark.at))?;
        if mark.at < self.safe.at {
            self.safe = mark.clone();
        }
        (self.written, self.hasher) = (mark.at, mark.hasher);
        Ok(())
    }

    /// The hash of everything written.
    pub fn hash(&self) -> Hash32 {
        Hash32(self.hasher.clone().finalize().into())
    }
}

/// Keeps other processes from the file an upload grows in, which is made where there is none, until what this gives is
/// dropped; `None` where one of them has it. Blocks.
pub(super) fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = opened(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        // a file system without locks: a single process is safe by its turns
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Some(file)),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn opened(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// Hashes what comes next in a file, at most `most` bytes; gives how many there were.
fn hash_on(file: &File, most: u64, hasher: &mut Sha256) -> io::Result<u64> {
    let mut rest = file.take(most);
    let mut block = vec![0; 1024 * 1024];
    let mut read = 0;
    loop {
        let count = rest.read(&mut block)?;
        if count == 0 {
            return Ok(read);
        }
        hasher.update(&block[..count]);
        read += count as u64;
    }
}
