//! Files: attachments of entries and signed documents. Not a contract trait, because bytes do not travel through server
//! functions: the HTTP layer calls this directly.
//!
//! Permission, state and limits are checked before the first byte is taken. Bytes go to a temporary file with a running
//! hash, the type is decided by content, and the blob is on disk before a row names it.

mod blind;
mod blob;
mod document;
mod incoming;
mod media;
mod name;
mod open;
mod upload;

use std::sync::Arc;
use std::time::SystemTime;

use contract::Result;

pub(crate) use blind::holds_words;
pub use document::{DocumentUpload, StoredDocument};
pub(crate) use open::{ABSENT, blind_entry, is_handed_in};
pub use upload::{FILES_MAX, Upload, Uploaded};

use self::blob::Blobs;
use crate::ctx::Ctx;
use crate::error::internal;

/// The service of files.
#[derive(Clone)]
pub struct Uploads {
    ctx: Arc<Ctx>,
    blobs: Blobs,
}

impl Uploads {
    /// The service on its surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        let blobs = Blobs::new(&ctx.config.data_dir);
        Self { ctx, blobs }
    }

    /// Removes what uploads broken off by a crash left behind more than a day ago; gives how many files. For the start
    /// of the server.
    ///
    /// # Errors
    /// `Internal`: the data folder cannot be read.
    pub async fn sweep(&self) -> Result<usize> {
        let blobs = self.blobs.clone();
        let before = SystemTime::from(self.ctx.now() - chrono::Duration::days(1));
        off_thread(move || blobs.sweep(before)).await
    }
}

/// Runs file work where it may block.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| internal(&error)),
        Err(panic) => Err(internal(&panic)),
    }
}
