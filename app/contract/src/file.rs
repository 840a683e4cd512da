//! Files of entries: those on their way, those refused by the scanner, and copies that come by hand. The bytes do
//! not travel here; see `/uploads` and `/files`.

use async_trait::async_trait;
use rules::account::Actor;
use rules::entry::{AttachmentKind, PhysicalCopy};
use rules::id::{CommandKey, EntryId, UploadId, Version};
use rules::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Result;

/// An upload of the viewer that stopped half-way and may go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingUpload {
    pub upload: UploadId,
    pub kind: AttachmentKind,
    pub file_name: String,
    /// Bytes.
    pub size: u64,
    /// Bytes the server has.
    pub received: u64,
    /// Until when it is kept.
    pub expires_at: Timestamp,
}

/// What the author's page says of files besides those attached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFiles {
    pub pending: Vec<PendingUpload>,
    /// Names of files removed because the scanner found something in them.
    pub infected: Vec<String>,
    pub copy: PhysicalCopy,
}

/// The medium of an entry as the organiser sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediumView {
    /// The entry's category asks for one.
    pub required: bool,
    /// One is attached as a file.
    pub attached: bool,
    pub copy: PhysicalCopy,
    /// The viewer may record that a copy came.
    pub can_receive: bool,
}

/// Says that a copy of the medium comes by hand, or takes that back. An author of the entry, while it may be changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PromiseCopy {
    pub key: CommandKey,
    pub entry: EntryId,
    pub promised: bool,
}

/// Records that a copy of the medium came, or takes the mark back. The organiser.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReceiveCopy {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    pub received: bool,
}

/// Files of entries.
#[async_trait]
pub trait FileService: Send + Sync {
    /// The author's word on a copy.
    async fn promise_copy(&self, actor: &Actor, command: PromiseCopy) -> Result<()>;
    /// The organiser's mark.
    async fn receive_copy(&self, actor: &Actor, command: ReceiveCopy) -> Result<()>;
}
