//! Files: attachments of entries and signed documents. Not a contract trait, because bytes do not travel through server
//! functions: the HTTP layer calls this directly.
//!
//! Permission, state and limits are checked before the first byte is taken. Bytes go to a file under way with a running
//! hash, the type is decided by content, and the blob is stored before a row names it.

mod archive;
mod blind;
mod blob;
mod checksum;
mod document;
mod growing;
mod incoming;
mod media;
mod name;
mod open;
mod piece;
mod resumable;
mod scan;
mod slot;
mod sweep;
mod upload;

use std::sync::Arc;

use contract::Result;

pub(crate) use blind::holds_words;
pub use blob::Blob;
pub use checksum::{Algorithm, Checksum};
pub use document::{DocumentUpload, StoredDocument};
pub(crate) use open::{ABSENT, blind_entry};
pub use piece::Piece;
pub use resumable::Standing;
pub use upload::{FILES_MAX, Upload, Uploaded};

use self::blob::Blobs;
use self::slot::Slots;
use crate::ctx::Ctx;
use crate::error::internal;

/// The service of files.
#[derive(Clone)]
pub struct Uploads {
    ctx: Arc<Ctx>,
    blobs: Blobs,
    slots: Slots,
    /// Wakes the scanner.
    waiting: Arc<tokio::sync::Notify>,
}

impl Uploads {
    /// The service on its surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        let blobs = Blobs::new(&ctx.config.data_dir, ctx.config.bucket.clone());
        Self {
            ctx,
            blobs,
            slots: Slots::default(),
            waiting: Arc::default(),
        }
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
