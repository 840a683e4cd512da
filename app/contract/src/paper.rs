//! Documents made of entries: how far the copies judges get are blind.

use async_trait::async_trait;
use rules::account::Actor;
use rules::entry::{Clue, StatementSection, Wording};
use rules::id::EntryId;
use serde::{Deserialize, Serialize};

use crate::Result;

/// Why judges get the original of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyOriginal {
    /// Hidden data of this type cannot be removed: videos, archives.
    Media,
    /// The file has a password.
    Protected,
    /// The file cannot be taken apart.
    Broken,
    /// Larger than what is taken apart.
    Large,
}

/// What judges get of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyState {
    /// A copy without hidden data.
    Stripped,
    Original(WhyOriginal),
    /// The stored file is gone.
    Missing,
}

/// A file as the check shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedFile {
    pub file_name: String,
    /// Bytes of the original.
    pub size: u64,
    pub copy: CopyState,
    /// A document whose words could not be read: somebody has to look.
    pub unread: bool,
}

/// Where a clue stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "in", content = "name", rename_all = "snake_case")]
pub enum CluePlace {
    Title,
    Section(StatementSection),
    /// An answer to one of the contest's own questions.
    Answer(Wording),
    /// By file name.
    File(String),
}

/// An entry as the check shows it: by its own code, never by the blind one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedEntry {
    pub entry: EntryId,
    pub code: String,
    pub title: String,
    pub clues: Vec<(CluePlace, Clue)>,
    pub files: Vec<CheckedFile>,
}

/// What may tell judges who wrote an entry; a page of accepted entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlindCheckView {
    pub contest_slug: String,
    pub contest_name: String,
    /// Judges see blind codes only.
    pub blind: bool,
    pub entries: Vec<CheckedEntry>,
    pub total: u32,
    /// From 1.
    pub page: u32,
    pub page_size: u32,
}

/// Documents.
#[async_trait]
pub trait PaperService: Send + Sync {
    /// What may tell judges who wrote the accepted entries, for the organiser.
    async fn blind_check(&self, actor: &Actor, slug: String, page: u32) -> Result<BlindCheckView>;
}
