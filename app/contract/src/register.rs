//! The organiser's register: checklist and checks, entries from paper, similar entries, tables in and out.

use std::collections::BTreeMap;

use async_trait::async_trait;
use rules::account::Actor;
use rules::contest::{Category, ContestPhase};
use rules::entry::EntryState;
use rules::id::{CommandKey, ContestId, EntryId, UnitId, UserId, Version};
use rules::register::{
    Channel, CheckStanding, Checklist, Finding, ImportField, ImportKind, ItemAnswer, Likeness, Overlap,
    Passage,
};
use rules::text::legacy::Legacy;
use rules::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Result;
use crate::account::UnitLine;
use crate::entry::{DeskEntry, DeskFilter};

/// What the eligibility desk shows beside an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskMarks {
    /// The check of the last submission, where it was begun.
    pub check: Option<CheckStanding>,
    /// Registered by a desk after the deadline, with a reason. Authors themselves can only submit in time.
    pub after_deadline: bool,
    /// How it came in, where a desk registered it.
    pub channel: Option<Channel>,
}

/// The contest's checklist, to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistView {
    pub contest: ContestId,
    pub contest_slug: String,
    pub contest_name: String,
    pub phase: ContestPhase,
    pub checklist: Checklist,
    /// 0 while none was ever set.
    pub version: Version,
    /// Entries are being decided by it already.
    pub in_use: bool,
    pub can_set: bool,
    pub key: CommandKey,
}

/// Sets the checklist. Items keep their code; a new one has none and gets one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetChecklist {
    pub key: CommandKey,
    pub contest: ContestId,
    pub expected: Version,
    pub checklist: Checklist,
}

/// The check of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckView {
    pub entry: EntryId,
    /// Version of the entry, for a decision.
    pub entry_version: Version,
    pub state: EntryState,
    /// Without items the contest uses no checklist.
    pub checklist: Checklist,
    pub checklist_version: Version,
    pub answers: BTreeMap<String, ItemAnswer>,
    /// The system's answers with their evidence, by item code.
    pub findings: BTreeMap<String, Finding>,
    pub standing: CheckStanding,
    /// Version of the check; 0 while none was saved.
    pub version: Version,
    /// Who saved it last, and when.
    pub checked: Option<(String, Timestamp)>,
    /// Answers were given to an earlier submission of the entry.
    pub outdated: bool,
    pub registration: Option<RegistrationView>,
    pub zone: Zone,
    pub can_check: bool,
    pub key: CommandKey,
}

/// How a paper entry came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationView {
    pub channel: Channel,
    pub received_at: Timestamp,
    pub receipt_number: String,
    pub late_reason: Option<String>,
    pub registered_by: String,
}

/// What to do with the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckAct {
    #[default]
    Save,
    Accept,
    Reject,
}

/// Saves the answers to the checklist, and decides where asked to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckEntry {
    pub key: CommandKey,
    pub entry: EntryId,
    /// Version of the check the answers were made from; 0 where there was none.
    pub expected: Version,
    /// Version of the entry.
    pub entry_version: Version,
    pub checklist_version: Version,
    pub answers: BTreeMap<String, ItemAnswer>,
    pub act: CheckAct,
    /// Of a rejection; may stay empty where an item is answered no.
    pub reason: String,
}

/// Accepts every entry whose check is complete.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AcceptChecked {
    pub key: CommandKey,
    pub contest: ContestId,
}

/// What accepting many came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedMany {
    pub accepted: u32,
    /// Codes of entries whose check no longer holds.
    pub left_out: Vec<String>,
}

/// An entry that shares text with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimilarEntry {
    /// Where the viewer may open it.
    pub entry: Option<EntryId>,
    pub code: String,
    pub title: String,
    pub contest_name: String,
    pub overlap: Overlap,
    pub likeness: Likeness,
    pub passages: Vec<Passage>,
}

/// The form to register an entry from paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    pub contest: ContestId,
    pub contest_slug: String,
    pub contest_name: String,
    pub categories: Vec<Category>,
    /// Units to choose from: all, or those the viewer coordinates.
    pub units: Vec<UnitLine>,
    /// An author need not belong to a unit.
    pub outside_authors: bool,
    pub organiser: bool,
    pub now: Timestamp,
    pub zone: Zone,
    pub deadline: Option<Timestamp>,
    pub key: CommandKey,
}

/// Registers an entry received on paper, by e-mail or on a disc.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegisterEntry {
    pub key: CommandKey,
    pub contest: ContestId,
    pub title: String,
    pub category: String,
    /// Full names; the first is the lead author.
    pub authors: Vec<String>,
    /// Unit of the authors; none for people from outside.
    pub unit: Option<UnitId>,
    pub received_at: Timestamp,
    pub channel: Channel,
    pub receipt_number: String,
    /// Compulsory where it was received after the deadline.
    pub late_reason: String,
    /// What it is about, in short; may stay empty.
    pub summary: String,
}

/// What registering answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    pub entry: EntryId,
    pub code: String,
}

/// A file made by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeFile {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// One entry of the exported list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRow {
    pub line: DeskEntry,
    pub unit_code: String,
    pub marks: DeskMarks,
    pub receipt_number: Option<String>,
    pub late_reason: Option<String>,
}

/// The entries of the desk under a filter, to be written as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportView {
    pub contest_code: String,
    pub contest_name: String,
    pub zone: Zone,
    pub rows: Vec<ExportRow>,
    /// Entries under the filter beyond what one table holds.
    pub left_out: u64,
}

/// A table handed in to be imported.
#[derive(Clone, Debug)]
pub struct NewTable {
    pub kind: ImportKind,
    /// Slug of the contest, for entries.
    pub contest: Option<String>,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// What an import is made with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportChoice {
    /// Field of each column; empty: by the headings.
    #[serde(default)]
    pub columns: Vec<Option<ImportField>>,
    /// Rows in TCVN3 or VNI are converted; otherwise they are errors.
    #[serde(default)]
    pub convert_legacy: bool,
}

/// What is to be said of a row, or of a cell of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum RowProblem {
    Missing,
    TooLong {
        max: u32,
    },
    Malformed,
    /// Control or direction characters.
    Hidden,
    NotADate,
    InTheFuture,
    /// After the deadline, and no reason in the row.
    LateWithoutReason {
        deadline: Timestamp,
    },
    /// Not one of the units, categories, channels or roles there are.
    Unknown {
        value: String,
    },
    /// The same key stands in an earlier row.
    Repeated {
        line: u32,
    },
    /// Somebody else's.
    Taken,
    TooShort {
        min: u32,
    },
    TooManyAuthors {
        max: u32,
    },
    GroupNotAllowed,
    UnitNotEligible,
    Excluded(rules::contest::Exclusion),
    SameAuthorTwice,
    /// The role is not granted by a table.
    RoleRefused,
    /// A coordinator without a unit.
    RoleWithoutUnit,
    /// A unit above itself.
    Ring,
    /// The parent is a new unit whose own row has errors.
    ParentFaulty {
        line: u32,
    },
    /// A role of the board or the jury for an author of a received entry.
    AuthorCannotJudge {
        full_name: String,
        entry_code: String,
    },
    /// In the encoding of before Unicode, refused as asked.
    LegacyRefused {
        legacy: Legacy,
        converted: String,
    },
    /// In the encoding of before Unicode, converted as asked.
    LegacyConverted {
        legacy: Legacy,
        converted: String,
    },
    /// Taken in after the deadline, with its reason.
    Late {
        deadline: Timestamp,
    },
    /// There already: nothing is done.
    Exists,
    /// There already and changed by this row.
    Changes,
    /// There already with other values: nothing is done.
    ExistsOtherwise,
}

impl RowProblem {
    /// Whether the row can be imported all the same.
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            RowProblem::LegacyConverted { .. }
                | RowProblem::Late { .. }
                | RowProblem::Exists
                | RowProblem::Changes
                | RowProblem::ExistsOtherwise
        )
    }
}

/// Something about one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellProblem {
    /// `None` where it is about the row as a whole.
    pub field: Option<ImportField>,
    /// As a spreadsheet names the cell: `C12`.
    pub cell: Option<String>,
    pub problem: RowProblem,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    Error,
    Warning,
    Ok,
    /// There already: nothing to do.
    Skip,
}

/// One row of the dry run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowReport {
    /// Line of the file, from 1.
    pub line: u32,
    /// What the row is about: title, name.
    pub about: String,
    pub outcome: RowOutcome,
    pub problems: Vec<CellProblem>,
}

/// How many rows come to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    pub ok: u32,
    pub warnings: u32,
    pub errors: u32,
    pub skipped: u32,
}

/// The dry run of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRun {
    pub file: Uuid,
    pub file_name: String,
    pub headings: Vec<String>,
    /// Field of each column.
    pub columns: Vec<Option<ImportField>>,
    /// Compulsory columns that are missing: nothing can be imported.
    pub missing: Vec<ImportField>,
    pub counts: RowCounts,
    /// A page of the rows, those with errors first.
    pub rows: Vec<RowReport>,
    pub page: u32,
    pub pages: u32,
    pub convert_legacy: bool,
    /// Rows in an encoding of before Unicode.
    pub legacy_rows: u32,
    /// When it was imported, and how many things were made.
    pub imported: Option<(Timestamp, u32)>,
    /// People made by it who have set no password yet.
    pub without_password: u32,
    pub key: CommandKey,
}

/// The page of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    pub kind: ImportKind,
    pub contest_slug: Option<String>,
    pub contest_name: Option<String>,
    pub zone: Zone,
    /// Largest file in bytes, and most rows.
    pub max_bytes: u64,
    pub max_rows: u32,
    pub dry_run: Option<DryRun>,
}

/// What the page of an import is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportQuery {
    pub kind: ImportKind,
    /// Slug of the contest, for entries.
    pub contest: Option<String>,
    pub file: Option<Uuid>,
    pub choice: ImportChoice,
    /// From 1.
    pub page: u32,
}

/// Imports a table looked through before, all in one transaction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportTable {
    pub key: CommandKey,
    pub file: Uuid,
    pub choice: ImportChoice,
    /// Leaves rows with errors out; otherwise one of them stops everything.
    pub good_rows_only: bool,
}

/// What an import made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    pub created: u32,
    pub changed: u32,
    pub skipped: u32,
}

/// Whose first password a link sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordLinkView {
    pub user_name: String,
    pub full_name: String,
}

/// The register.
#[async_trait]
pub trait RegisterService: Send + Sync {
    /// The contest's checklist.
    async fn checklist(&self, actor: &Actor, slug: String) -> Result<ChecklistView>;
    /// Sets it.
    async fn set_checklist(&self, actor: &Actor, command: SetChecklist) -> Result<Version>;
    /// The check of an entry, for the organiser.
    async fn check(&self, actor: &Actor, entry: EntryId) -> Result<CheckView>;
    /// Saves answers, and decides where asked to.
    async fn check_entry(&self, actor: &Actor, command: CheckEntry) -> Result<Version>;
    /// Accepts every entry whose check is complete.
    async fn accept_checked(&self, actor: &Actor, command: AcceptChecked) -> Result<AcceptedMany>;
    /// Entries of this and published contests that share text, most first; as advice.
    async fn similar(&self, actor: &Actor, entry: EntryId) -> Result<Vec<SimilarEntry>>;
    /// The form for a paper entry.
    async fn paper(&self, actor: &Actor, slug: String) -> Result<PaperView>;
    /// Registers a paper entry.
    async fn register(&self, actor: &Actor, command: RegisterEntry) -> Result<Registered>;
    /// The entries of the desk under a filter, all pages of them; at most 10,000.
    async fn export(&self, actor: &Actor, slug: String, filter: DeskFilter) -> Result<ExportView>;
    /// An empty table with headings and an example.
    async fn template(&self, actor: &Actor, kind: ImportKind) -> Result<MadeFile>;
    /// Reads a table and keeps it for the dry run.
    async fn take_table(&self, actor: &Actor, table: NewTable) -> Result<Uuid>;
    /// The page of an import with its dry run.
    async fn import_view(&self, actor: &Actor, query: ImportQuery) -> Result<ImportView>;
    /// Imports.
    async fn import(&self, actor: &Actor, command: ImportTable) -> Result<Imported>;
    /// Fresh links by which the people of an import set their first password, as a table; earlier ones end. `origin` is
    /// the site's address.
    async fn password_links(&self, actor: &Actor, file: Uuid, origin: String) -> Result<MadeFile>;
    /// Whose link this is; `NotFound` for a used, ended or unknown one.
    async fn password_link(&self, token: String) -> Result<PasswordLinkView>;
    /// Sets the first password by a link; the link is used up.
    async fn set_first_password(&self, token: String, password: String) -> Result<UserId>;
}
