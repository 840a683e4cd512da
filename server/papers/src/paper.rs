//! The papers: plain data, one type a template.

use rules::time::{Timestamp, Zone, format_date_words, format_datetime};
use serde::{Serialize, Serializer};

pub use crate::markdown::{Block, Run};

/// A document to print.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Paper {
    Receipt(Receipt),
    Slip(Slip),
    Statement(Statement),
}

impl Paper {
    /// The template's file name.
    pub(crate) fn template(&self) -> &'static str {
        match self {
            Paper::Receipt(_) => "receipt.typ",
            Paper::Slip(_) => "slip.typ",
            Paper::Statement(_) => "statement.typ",
        }
    }

    /// The date the file carries, which PDF/A demands.
    pub(crate) fn made(&self) -> Timestamp {
        match self {
            Paper::Receipt(receipt) => receipt.made,
            Paper::Slip(slip) => slip.made,
            Paper::Statement(statement) => statement.made,
        }
    }

    /// Names the document: the same for the same thing printed again.
    pub(crate) fn identity(&self) -> String {
        match self {
            Paper::Receipt(receipt) => format!("receipt {} {}", receipt.code, receipt.content_hash),
            Paper::Slip(slip) => format!("slip {} {}", slip.code, slip.hash),
            Paper::Statement(statement) => format!("statement {}", statement.code),
        }
    }
}

/// An instant as printed: `13/10/2023 16:59:07 giờ Việt Nam (UTC+7)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment(String);

impl Moment {
    /// With seconds and zone: what proves that something was in time.
    pub fn exact(at: Timestamp, zone: &Zone) -> Self {
        let seconds = zone.local(at).format(":%S");
        Self(format!("{}{seconds} {}", format_datetime(at, zone), zone.label))
    }

    /// To the minute, the zone named elsewhere on the page.
    pub fn short(at: Timestamp, zone: &Zone) -> Self {
        Self(format_datetime(at, zone))
    }

    /// The date line of an official document: `ngày 08 tháng 9 năm 2021`.
    pub fn date_line(at: Timestamp, zone: &Zone) -> Self {
        Self(format_date_words(zone.date(at)))
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// An author as printed.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    pub full_name: String,
    pub position: String,
    pub unit: String,
    /// Contribution in percent, decimal comma; empty where it is not stated.
    pub share: String,
}

/// A file as printed.
#[derive(Clone, Debug, Serialize)]
pub struct FileLine {
    pub name: String,
    /// Bytes with digit groups.
    pub size: String,
    /// Lower-case hex; empty where it is not stated.
    pub sha256: String,
}

/// What an author gets for a submission.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
    pub contest: String,
    pub code: String,
    pub title: String,
    pub category: String,
    pub authors: Vec<Person>,
    pub unit: String,
    /// Server time of the receipt.
    pub received: Moment,
    /// How it stood to its deadline, where it came after it: [`crate::timeliness_name`].
    pub timeliness: Option<String>,
    /// Until when an extension had moved the deadline, where it came by one.
    pub extended_until: Option<Moment>,
    /// Number of the submission, from 1.
    pub revision: i64,
    /// Version of the declaration accepted; `None` where the contest asks for none.
    pub declaration: Option<u32>,
    /// SHA-256 over content and files, lower-case hex.
    pub content_hash: String,
    pub files: Vec<FileLine>,
    /// The date the file carries.
    pub made: Timestamp,
    /// Address that shows the state of the receipt to anybody.
    pub status_url: String,
    /// The same as a QR code, SVG.
    pub qr: String,
}

/// A unit's list of entries handed to the organiser.
#[derive(Clone, Debug, Serialize)]
pub struct Slip {
    pub contest: String,
    /// The unit above, as the first line of the letterhead; may be empty.
    pub parent: String,
    pub unit: String,
    /// How the slip is cited.
    pub code: String,
    /// The date line of the act; the place is filled in by hand.
    pub dated: Moment,
    /// Zone of the time.
    pub zone: String,
    /// When the unit forwarded.
    pub forwarded: Moment,
    /// The date the file carries.
    pub made: Timestamp,
    /// Who forwarded.
    pub maker: String,
    /// May be empty.
    pub maker_position: String,
    /// Best first.
    pub lines: Vec<SlipLine>,
    /// Kept in reserve, not forwarded.
    pub reserves: Vec<SlipLine>,
    /// SHA-256 of the stored slip, lower-case hex.
    pub hash: String,
}

/// An entry on a slip.
#[derive(Clone, Debug, Serialize)]
pub struct SlipLine {
    /// Place on the unit's list, from 1.
    pub rank: u32,
    pub code: String,
    pub title: String,
    pub authors: Vec<String>,
    pub category: String,
}

/// An entry's statement, with its authors or, for judges, without.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    pub contest: String,
    /// Entry code, or blind code on a blind copy. Stands on every page.
    pub code: String,
    pub title: String,
    pub category: String,
    /// Empty where not chosen.
    pub scope: String,
    /// Empty where not chosen.
    pub maturity: String,
    /// First applied on, `dd/MM/yyyy`.
    pub applied_on: Option<String>,
    /// Empty on a blind copy.
    pub authors: Vec<Person>,
    /// The date the file carries; on a blind copy one that all entries share.
    pub made: Timestamp,
    /// A blind copy says so on every page.
    pub blind: bool,
    pub parts: Vec<StatementPart>,
    pub files: Vec<FileLine>,
}

/// A section of a statement.
#[derive(Clone, Debug, Serialize)]
pub struct StatementPart {
    pub heading: String,
    pub blocks: Vec<Block>,
}

impl StatementPart {
    /// A section from its text: paragraphs, lists and bold as typed.
    pub fn of_text(heading: impl Into<String>, text: &str) -> Self {
        Self {
            heading: heading.into(),
            blocks: crate::markdown::blocks(text),
        }
    }

    /// A section of one line, nothing in which is formatting.
    pub fn of_line(heading: impl Into<String>, text: String) -> Self {
        Self {
            heading: heading.into(),
            blocks: crate::markdown::line(text),
        }
    }
}
