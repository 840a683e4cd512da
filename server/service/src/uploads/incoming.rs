//! Bytes coming in: streamed to a temporary file, hashed and counted on the way.

use std::path::Path;

use contract::Result;
use rules::Violation;
use rules::ledger::Hash32;
use sha2::{Digest, Sha256};
use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::archive::is_bomb;
use super::blob::Blobs;
use super::media::{HEAD, Media};
use super::name::safe_name;
use super::off_thread;
use crate::error::internal;

/// A file on its way. Dropping it removes what was written.
pub(super) struct Incoming {
    blobs: Blobs,
    file: File,
    /// None once the limit was passed: the bytes are gone then.
    path: Option<TempPath>,
    hasher: Sha256,
    head: Vec<u8>,
    size: u64,
    limit: u64,
}

/// A file kept on disk, not yet named by a row.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub storage_key: String,
    pub sha256: Hash32,
    pub size: u64,
    pub media: Media,
    pub file_name: String,
}

impl Incoming {
    /// Refuses a declared length beyond the limit, then makes room for the bytes.
    pub async fn begin(blobs: Blobs, limit: u64, declared: Option<u64>) -> Result<Self> {
        if declared.is_some_and(|declared| declared > limit) {
            return Err(Violation::FileTooLarge { limit }.into());
        }
        let (file, path) = {
            let blobs = blobs.clone();
            off_thread(move || blobs.temporary()).await?
        };
        Ok(Self {
            blobs,
            file: File::from_std(file),
            path: Some(path),
            hasher: Sha256::new(),
            head: Vec::new(),
            size: 0,
            limit,
        })
    }

    /// Takes the next bytes; refuses the file as soon as it passes the limit, whatever length was declared.
    pub async fn write(&mut self, chunk: &[u8]) -> Result<()> {
        let size = self.size.saturating_add(chunk.len() as u64);
        if size > self.limit || self.path.is_none() {
            self.path = None;
            return Err(Violation::FileTooLarge { limit: self.limit }.into());
        }
        self.file
            .write_all(chunk)
            .await
            .map_err(|error| internal(&error))?;
        self.hasher.update(chunk);
        let wanted = HEAD.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend_from_slice(&chunk[..wanted]);
        self.size = size;
        Ok(())
    }

    /// Decides type and name and keeps the bytes under their hash. `suits` says whether the type will do.
    pub async fn keep(
        mut self,
        typed_name: &str,
        fallback: &'static str,
        suits: impl FnOnce(Media) -> bool,
    ) -> Result<Kept> {
        let Some(path) = self.path.take() else {
            return Err(Violation::FileTooLarge { limit: self.limit }.into());
        };
        if self.size == 0 {
            return Err(Violation::FileEmpty.into());
        }
        self.file.flush().await.map_err(|error| internal(&error))?;
        self.file.sync_all().await.map_err(|error| internal(&error))?;
        let arrived = Arrived {
            path: &path,
            head: self.head,
            size: self.size,
            sha256: Hash32(self.hasher.finalize().into()),
        };
        arrived.keep(&self.blobs, typed_name, fallback, suits).await
    }
}

/// A file that is whole and synced, in the folder of files under way.
pub(super) struct Arrived<'a> {
    pub path: &'a Path,
    /// Its first [`HEAD`] bytes.
    pub head: Vec<u8>,
    pub size: u64,
    pub sha256: Hash32,
}

impl Arrived<'_> {
    /// Decides type and name and keeps the bytes under their hash; the file itself stays. `suits` says whether the type
    /// will do.
    pub async fn keep(
        self,
        blobs: &Blobs,
        typed_name: &str,
        fallback: &'static str,
        suits: impl FnOnce(Media) -> bool,
    ) -> Result<Kept> {
        let (head, path) = (self.head, self.path.to_owned());
        let (media, bomb) = off_thread(move || {
            let media = Media::detect(&head, &path);
            let bomb = matches!(&media, Ok(media) if media.is_zip()) && is_bomb(&path);
            Ok((media, bomb))
        })
        .await?;
        let media = media.map_err(|found| Violation::FileType { found })?;
        let refused = || Violation::FileType {
            found: media.mime().to_owned(),
        };
        if !suits(media) {
            return Err(refused().into());
        }
        if bomb {
            return Err(Violation::FileBomb.into());
        }
        let file_name = safe_name(typed_name, media, fallback).map_err(|_| refused())?;
        let storage_key = blobs.keep(self.path, self.sha256, self.size).await?;
        Ok(Kept {
            storage_key,
            sha256: self.sha256,
            size: self.size,
            media,
            file_name,
        })
    }
}
