//! Deadlines of single entries and units: extensions, changes after submitting, versions, the public check of a receipt.

use async_trait::async_trait;
use rules::account::Actor;
use rules::contest::{ContestPhase, Timeliness};
use rules::entry::{Answer, AttachmentInfo, EntryState, StatementSection, Wording};
use rules::id::{CommandKey, ContestId, EntryId, ExtensionId, UnitId, Version};
use rules::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::contest::NextDeadline;

/// More time as those see it whom it is given to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionNote {
    pub until: Timestamp,
    pub reason: String,
    /// Given to the unit for forwarding, not to the entry.
    pub unit: bool,
}

/// Whom an extension is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionTarget {
    /// One entry: to hand it in, and for its unit to forward it.
    Entry(EntryId),
    /// One unit: to forward.
    Unit(UnitId),
}

/// An entry found for an extension: title, authors and state, never its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateLine {
    pub entry: EntryId,
    /// From the first submission.
    pub code: Option<String>,
    pub title: String,
    pub authors: Vec<String>,
    pub unit_name: Option<String>,
    pub state: EntryState,
}

/// An extension on the organiser's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionLine {
    pub extension: ExtensionId,
    pub target: ExtensionTarget,
    /// Code and title of the entry, or the unit's name.
    pub name: String,
    pub until: Timestamp,
    pub reason: String,
    pub given_by: String,
    pub given_at: Timestamp,
    /// When it was taken back or another took its place.
    pub ended_at: Option<Timestamp>,
}

/// What the organiser's page asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionQuery {
    /// Code, title or author, diacritics aside; empty lists nothing but the one chosen.
    pub query: String,
    /// The entry chosen.
    pub entry: Option<EntryId>,
    /// The unit chosen.
    pub unit: Option<UnitId>,
}

/// The organiser's page of extensions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionDeskView {
    pub contest: ContestId,
    pub contest_slug: String,
    pub contest_name: String,
    pub phase: ContestPhase,
    pub now: Timestamp,
    pub zone: Zone,
    /// The plan's deadlines, for comparison.
    pub submission: Option<NextDeadline>,
    pub forwarding: Option<NextDeadline>,
    /// Entries that match, last changed first; at most 30.
    pub found: Vec<CandidateLine>,
    /// Whom the form is about.
    pub chosen: Option<(ExtensionTarget, String)>,
    /// Units with a coordinator in the contest; empty where no unit screens.
    pub units: Vec<(UnitId, String)>,
    /// Given so far, last first; at most 200.
    pub extensions: Vec<ExtensionLine>,
    pub can_extend: bool,
    pub key: CommandKey,
}

/// Gives one entry, or one unit's forwarding, more time; takes the place of what it had.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GiveExtension {
    pub key: CommandKey,
    pub contest: ContestId,
    pub entry: Option<EntryId>,
    pub unit: Option<UnitId>,
    pub until: Timestamp,
    pub reason: String,
}

/// Takes an extension back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawExtension {
    pub key: CommandKey,
    pub contest: ContestId,
    pub extension: ExtensionId,
    pub reason: String,
}

/// Takes a submitted entry up again, to change it before the deadline.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TakeUpEntry {
    pub key: CommandKey,
    pub entry: EntryId,
    /// Of the entry as submitted.
    pub expected: Version,
}

/// Gives the changes up; what was submitted stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DropChanges {
    pub key: CommandKey,
    pub entry: EntryId,
    /// Of the copy being changed.
    pub expected: Version,
}

/// One submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLine {
    /// From 1.
    pub revision: i64,
    pub submitted_at: Timestamp,
    pub submitted_by: String,
    pub timeliness: Timeliness,
    /// SHA-256 over content and files, lower-case hex.
    pub content_hash: String,
    pub files: Vec<AttachmentInfo>,
}

/// A run of words as a comparison shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    Same(String),
    Added(String),
    Removed(String),
}

/// Begins a stable word in a line of a comparison: [`LEAD`], or an attachment kind's slug. It takes no room, and nobody
/// can have typed it: texts and file names are stored without such characters.
pub const STABLE: char = '\u{2060}';

/// The stable word after the lead author.
pub const LEAD: &str = "lead";

/// Which part of an entry a comparison is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparedPart {
    Title,
    Category,
    Scope,
    Maturity,
    FirstAppliedOn,
    AuthorType,
    Authors,
    Section(StatementSection),
    Files,
    Declaration,
}

/// One part that differs, older text against newer, word by word. Scope, maturity and author type stand as their stable
/// words, the declaration as the version accepted; in lines of authors and files stable words begin with [`STABLE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub part: ComparedPart,
    pub pieces: Vec<Piece>,
}

/// An answer to one of the contest's own questions that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedAnswer {
    pub label: Wording,
    /// `None` where it was left open or not asked.
    pub before: Option<Answer>,
    pub after: Option<Answer>,
}

/// Two submissions side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub older: i64,
    pub newer: i64,
    /// What differs; parts that are equal are left out.
    pub changes: Vec<Change>,
    /// Answers that differ, in the order of the newer form.
    pub answers: Vec<ChangedAnswer>,
}

/// The submissions of an entry, and a comparison of two of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionsView {
    pub entry: EntryId,
    pub contest_slug: String,
    pub contest_name: String,
    pub code: String,
    pub title: String,
    pub state: EntryState,
    pub zone: Zone,
    /// Last first.
    pub versions: Vec<VersionLine>,
    pub comparison: Option<Comparison>,
    /// The viewer is one of its authors; else they see it from a desk.
    pub own: bool,
}

/// What everybody may learn of a receipt whose code and check they hold: no title, no names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptStatusView {
    pub contest_slug: String,
    pub contest_name: String,
    pub code: String,
    pub revision: i64,
    /// A later submission took this one's place.
    pub replaced: bool,
    pub submitted_at: Timestamp,
    pub zone: Zone,
    pub timeliness: Timeliness,
    pub content_hash: String,
    /// The entry's page, where the viewer is one of its authors.
    pub entry: Option<EntryId>,
}

/// Deadlines of single entries and units.
#[async_trait]
pub trait DeadlineService: Send + Sync {
    /// The organiser's page of extensions.
    async fn extensions(
        &self,
        actor: &Actor,
        slug: String,
        query: ExtensionQuery,
    ) -> Result<ExtensionDeskView>;
    /// Gives more time.
    async fn give_extension(&self, actor: &Actor, command: GiveExtension) -> Result<()>;
    /// Takes more time back.
    async fn withdraw_extension(&self, actor: &Actor, command: WithdrawExtension) -> Result<()>;
    /// Takes a submitted entry up again.
    async fn take_up(&self, actor: &Actor, command: TakeUpEntry) -> Result<()>;
    /// Gives up what was changed since.
    async fn drop_changes(&self, actor: &Actor, command: DropChanges) -> Result<()>;
    /// The submissions of an entry; `compare` names two of them.
    async fn versions(
        &self,
        actor: &Actor,
        entry: EntryId,
        compare: Option<(i64, i64)>,
    ) -> Result<VersionsView>;
    /// The public check of a receipt, by the last part of its address.
    async fn receipt_status(&self, actor: &Actor, token: String) -> Result<ReceiptStatusView>;
}
