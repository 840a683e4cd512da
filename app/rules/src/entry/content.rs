//! What an author writes: title, category, scope, the statement in sections, attachments (domain.md 2.3).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Answers, Author, AuthorType};
use crate::id::AttachmentId;
use crate::text;
use crate::time::Timestamp;

/// Longest title, in characters.
pub const TITLE_MAX: usize = 300;
/// Longest section of a statement, in characters.
pub const SECTION_MAX: usize = 20_000;

/// Title of an entry: one line, NFC, 10 to [`TITLE_MAX`] characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryTitle(String);

impl EntryTitle {
    /// Parses a typed title: NFC, white space folded.
    ///
    /// # Errors
    /// [`super::EntryProblem::Missing`], `TooShort` or `TooLong`.
    pub fn parse(typed: &str) -> Result<Self, super::EntryProblem> {
        let title = text::one_line(typed);
        match title.chars().count() {
            0 => Err(super::EntryProblem::Missing),
            1..=9 => Err(super::EntryProblem::TooShort { min: 10 }),
            n if n > TITLE_MAX => Err(super::EntryProblem::TooLong {
                max: TITLE_MAX as u32,
            }),
            _ => Ok(Self(title)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where the initiative applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryScope {
    /// The author's own unit.
    Unit,
    /// The whole area or agency of the contest.
    Wide,
}

/// How far the initiative has come (2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Maturity {
    Proposed,
    Piloted,
    Applied,
}

/// A section of the statement (V14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementSection {
    /// Tình trạng giải pháp đã biết.
    CurrentSituation,
    /// Mục đích.
    Purpose,
    /// Nội dung và các bước.
    Solution,
    /// Tính mới so với giải pháp cũ.
    Novelty,
    /// Khả năng áp dụng.
    Applicability,
    /// Hiệu quả, lợi ích kèm cách tính.
    Effect,
    /// Điều kiện cần thiết, kinh phí; may stay empty.
    Conditions,
}

impl StatementSection {
    /// Every section in printed order.
    pub const ALL: [StatementSection; 7] = [
        StatementSection::CurrentSituation,
        StatementSection::Purpose,
        StatementSection::Solution,
        StatementSection::Novelty,
        StatementSection::Applicability,
        StatementSection::Effect,
        StatementSection::Conditions,
    ];

    /// Whether submitting needs it.
    pub fn is_required(self) -> bool {
        self != StatementSection::Conditions
    }

    /// The form field's name, stable across languages.
    pub fn slug(self) -> &'static str {
        match self {
            StatementSection::CurrentSituation => "current_situation",
            StatementSection::Purpose => "purpose",
            StatementSection::Solution => "solution",
            StatementSection::Novelty => "novelty",
            StatementSection::Applicability => "applicability",
            StatementSection::Effect => "effect",
            StatementSection::Conditions => "conditions",
        }
    }
}

/// The statement: text per section, paragraphs separated by line ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Statement(pub BTreeMap<StatementSection, String>);

impl Statement {
    /// The text of a section, empty where nothing is written.
    pub fn section(&self, section: StatementSection) -> &str {
        self.0.get(&section).map_or("", String::as_str)
    }
}

/// What an attachment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// The statement as PDF or DOCX.
    StatementFile,
    Image,
    Video,
    Software,
    Other,
}

impl AttachmentKind {
    /// Every kind.
    pub const ALL: [AttachmentKind; 5] = [
        AttachmentKind::StatementFile,
        AttachmentKind::Image,
        AttachmentKind::Video,
        AttachmentKind::Software,
        AttachmentKind::Other,
    ];

    /// Counts as the medium that IT, image and video entries must carry.
    pub fn is_medium(self) -> bool {
        matches!(
            self,
            AttachmentKind::Image | AttachmentKind::Video | AttachmentKind::Software
        )
    }

    /// The form field's value, stable across languages.
    pub fn slug(self) -> &'static str {
        match self {
            AttachmentKind::StatementFile => "statement_file",
            AttachmentKind::Image => "image",
            AttachmentKind::Video => "video",
            AttachmentKind::Software => "software",
            AttachmentKind::Other => "other",
        }
    }

    /// The kind of a form value.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// A file of an entry; the bytes stay on the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentInfo {
    pub id: AttachmentId,
    pub kind: AttachmentKind,
    /// As uploaded, NFC, without path parts.
    pub file_name: String,
    /// Decided by content, not by name.
    pub media_type: String,
    pub size: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    pub uploaded_at: Timestamp,
    #[serde(default)]
    pub scan: super::Scan,
}

/// Everything an author fills in; a draft may be incomplete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryContent {
    pub author_type: AuthorType,
    pub authors: Vec<Author>,
    pub title: String,
    /// Code of the contest's category.
    pub category: Option<String>,
    pub scope: Option<EntryScope>,
    pub maturity: Option<Maturity>,
    pub first_applied_on: Option<NaiveDate>,
    pub statement: Statement,
    /// Version of the declaration accepted; `None` until accepted.
    pub declaration: Option<u32>,
    /// Version of the contest's form that `answers` were given to; 0 where it was never filled in. Left out then, so
    /// that the hash of an entry without answers is what it was before there were forms.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub form_version: u32,
    /// Answers to the contest's own questions; those of questions no longer asked are kept.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub answers: Answers,
}

fn is_zero(version: &u32) -> bool {
    *version == 0
}
