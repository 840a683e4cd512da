//! Entries: the author's wizard, the unit's board, the organiser's eligibility desk.

use async_trait::async_trait;
use rules::account::Actor;
use rules::contest::{Category, ContestPhase, Declaration, Eligibility};
use rules::entry::{
    AttachmentInfo, AttachmentKind, Author, AuthorType, Consents, EntryContent, EntryGap, EntryScope,
    EntryState, EntryStep, Maturity, Statement,
};
use rules::id::{AttachmentId, CommandKey, ContestId, EntryId, UnitId, Version};
use rules::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::account::UnitLine;
use crate::contest::{ContestCard, NextDeadline};

/// An entry in its author's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEntryLine {
    pub entry: EntryId,
    /// Code, once submitted.
    pub code: Option<String>,
    pub title: String,
    pub contest_slug: String,
    pub contest_name: String,
    pub state: EntryState,
    pub updated_at: Timestamp,
    pub submitted_at: Option<Timestamp>,
    pub zone: Zone,
    pub deadline: Option<NextDeadline>,
    /// Prize won, after the decision.
    pub prize: Option<String>,
}

/// The author's entries and the contests open to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEntriesView {
    pub now: Timestamp,
    pub entries: Vec<OwnEntryLine>,
    pub open_contests: Vec<ContestCard>,
    pub key: CommandKey,
}

/// Starts a draft with oneself as lead author.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StartEntry {
    pub key: CommandKey,
    pub contest: ContestId,
}

/// The wizard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    pub entry: EntryId,
    pub contest_slug: String,
    pub contest_name: String,
    pub phase: ContestPhase,
    pub state: EntryState,
    pub version: Version,
    pub code: Option<String>,
    pub content: EntryContent,
    pub attachments: Vec<AttachmentInfo>,
    /// Everything between now and "submit", exclusions included.
    pub gaps: Vec<EntryGap>,
    /// Which co-authors were asked, and what they answered.
    pub consents: Consents,
    pub categories: Vec<Category>,
    pub eligibility: Eligibility,
    pub declaration: Declaration,
    /// Units that may enter.
    pub units: Vec<UnitLine>,
    pub saved_at: Timestamp,
    pub now: Timestamp,
    pub zone: Zone,
    pub deadline: Option<NextDeadline>,
    /// What the unit asked to complete, and until when.
    pub returned: Option<(String, Option<Timestamp>)>,
    /// Largest file in bytes.
    pub upload_limit: u64,
    /// The viewer is the lead author or a co-author and may edit now.
    pub can_edit: bool,
    pub key: CommandKey,
}

/// One wizard step's fields; the others stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum StepContent {
    Authors {
        author_type: AuthorType,
        authors: Vec<Author>,
    },
    Topic {
        title: String,
        category: Option<String>,
        scope: Option<EntryScope>,
        maturity: Option<Maturity>,
        first_applied_on: Option<chrono::NaiveDate>,
    },
    Statement {
        statement: Statement,
    },
    /// Version of the declaration accepted; `None` takes the acceptance back.
    Declaration {
        accepted: Option<u32>,
    },
}

/// Saves a step of a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SaveDraft {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    pub content: StepContent,
}

/// What saving answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub version: Version,
    pub saved_at: Timestamp,
    pub gaps: Vec<EntryGap>,
}

/// Removes an attachment of a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemoveAttachment {
    pub key: CommandKey,
    pub entry: EntryId,
    pub attachment: AttachmentId,
    pub expected: Version,
}

/// Submits an entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SubmitEntry {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
}

/// Withdraws an entry with a reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawEntry {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    pub reason: String,
}

/// One dated hand-over on the status track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackStep {
    pub at: Timestamp,
    pub step: EntryStep,
    /// Shown to the author: reason of a return or a rejection.
    pub reason: Option<String>,
}

/// The receipt and status page of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptView {
    pub entry: EntryId,
    pub code: String,
    pub title: String,
    pub contest_slug: String,
    pub contest_name: String,
    pub category_name: String,
    pub authors: Vec<Author>,
    pub unit_name: Option<String>,
    pub state: EntryState,
    pub version: Version,
    /// Server time of the receipt.
    pub submitted_at: Timestamp,
    pub zone: Zone,
    /// SHA-256 over content and files, lower-case hex.
    pub content_hash: String,
    pub attachments: Vec<AttachmentInfo>,
    pub track: Vec<TrackStep>,
    pub prize: Option<String>,
    /// Own average in hundredths, after the decision.
    pub average: Option<rules::points::Points>,
    /// Judges' comments without names, after the decision.
    pub comments: Vec<String>,
    pub can_withdraw: bool,
    pub key: CommandKey,
}

/// An entry on a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskEntry {
    pub entry: EntryId,
    pub code: String,
    pub title: String,
    pub category: String,
    pub category_name: String,
    pub authors: Vec<String>,
    pub unit: Option<UnitId>,
    pub unit_name: Option<String>,
    pub state: EntryState,
    pub version: Version,
    pub submitted_at: Timestamp,
    pub attachments: Vec<AttachmentInfo>,
    /// Place on the unit's list, once forwarded.
    pub forward_rank: Option<u32>,
    /// Last reason given for a return, rejection or withdrawal.
    pub reason: Option<String>,
}

/// The board of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitBoardView {
    pub contest: ContestId,
    pub contest_slug: String,
    pub contest_name: String,
    pub phase: ContestPhase,
    pub unit: UnitId,
    pub unit_name: String,
    /// Other units the viewer coordinates in this contest.
    pub other_units: Vec<(UnitId, String)>,
    pub entries: Vec<DeskEntry>,
    /// Drafts begun in the unit; only how many.
    pub drafts: u32,
    pub forwarded: u32,
    pub min_quota: u32,
    pub max_quota: u32,
    pub now: Timestamp,
    pub zone: Zone,
    pub deadline: Option<NextDeadline>,
    pub can_act: bool,
    pub key: CommandKey,
}

/// The full text of an entry for a desk that may read it with names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryDetailView {
    pub contest_slug: String,
    pub contest_name: String,
    pub phase: ContestPhase,
    pub line: DeskEntry,
    pub content: EntryContent,
    pub categories: Vec<Category>,
    pub track: Vec<TrackStep>,
    pub zone: Zone,
    pub now: Timestamp,
    /// The viewer coordinates the entry's unit and may screen it now.
    pub can_screen: bool,
    /// The viewer organises the contest and may decide eligibility now.
    pub can_decide: bool,
    pub key: CommandKey,
}

/// Returns an entry to its author for completion.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReturnEntry {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    pub reason: String,
    pub due: Option<Timestamp>,
}

/// Keeps an entry back at the unit, with a reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeepBack {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    pub reason: String,
}

/// Forwards entries in the unit's order, best first, in one act.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ForwardEntries {
    pub key: CommandKey,
    pub contest: ContestId,
    pub unit: UnitId,
    pub entries: Vec<(EntryId, Version)>,
}

/// Accepts or rejects an entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DecideEligibility {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    pub accepted: bool,
    /// Compulsory for a rejection.
    pub reason: String,
}

/// Draws blind codes for every accepted entry, once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssignBlindCodes {
    pub key: CommandKey,
    pub contest: ContestId,
}

/// Filter of the eligibility desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskFilter {
    /// Folded search in title, code, authors and unit.
    pub query: String,
    pub state: Option<EntryState>,
    pub category: Option<String>,
    /// From 1.
    pub page: u32,
}

/// The eligibility desk; at most 50 entries a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EligibilityDeskView {
    pub contest: ContestId,
    pub contest_slug: String,
    pub contest_name: String,
    pub phase: ContestPhase,
    pub entries: Vec<DeskEntry>,
    pub total: u32,
    pub page: u32,
    pub page_size: u32,
    pub categories: Vec<Category>,
    /// Entries waiting for a decision, and accepted ones.
    pub unchecked: u32,
    pub accepted: u32,
    pub blind: bool,
    pub codes_assigned: bool,
    pub units_below_quota: Vec<String>,
    pub intake_ends: Option<Timestamp>,
    pub now: Timestamp,
    pub zone: Zone,
    pub can_decide: bool,
    pub key: CommandKey,
}

/// A file as the upload endpoint hands it over; the bytes travel beside it.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    pub key: CommandKey,
    pub entry: EntryId,
    pub kind: AttachmentKind,
    pub file_name: String,
}

/// Entries.
#[async_trait]
pub trait EntryService: Send + Sync {
    /// The author's entries.
    async fn own_entries(&self, actor: &Actor) -> Result<OwnEntriesView>;
    /// Starts a draft.
    async fn start(&self, actor: &Actor, command: StartEntry) -> Result<EntryId>;
    /// The wizard.
    async fn draft(&self, actor: &Actor, entry: EntryId) -> Result<DraftView>;
    /// Saves a step.
    async fn save_draft(&self, actor: &Actor, command: SaveDraft) -> Result<Saved>;
    /// Removes an attachment.
    async fn remove_attachment(&self, actor: &Actor, command: RemoveAttachment) -> Result<Saved>;
    /// Submits; refused after the deadline, server time decides.
    async fn submit(&self, actor: &Actor, command: SubmitEntry) -> Result<ReceiptView>;
    /// The receipt and status page.
    async fn receipt(&self, actor: &Actor, entry: EntryId) -> Result<ReceiptView>;
    /// Withdraws.
    async fn withdraw(&self, actor: &Actor, command: WithdrawEntry) -> Result<()>;
    /// The unit's board; `unit` chooses among several.
    async fn unit_board(&self, actor: &Actor, slug: String, unit: Option<UnitId>) -> Result<UnitBoardView>;
    /// An entry with names, for its unit's coordinator and the organiser. A coordinator's first look starts screening.
    async fn detail(&self, actor: &Actor, entry: EntryId) -> Result<EntryDetailView>;
    /// Returns for completion.
    async fn return_entry(&self, actor: &Actor, command: ReturnEntry) -> Result<()>;
    /// Keeps back.
    async fn keep_back(&self, actor: &Actor, command: KeepBack) -> Result<()>;
    /// Forwards in order.
    async fn forward(&self, actor: &Actor, command: ForwardEntries) -> Result<()>;
    /// The eligibility desk.
    async fn eligibility_desk(
        &self,
        actor: &Actor,
        slug: String,
        filter: DeskFilter,
    ) -> Result<EligibilityDeskView>;
    /// Accepts or rejects.
    async fn decide_eligibility(&self, actor: &Actor, command: DecideEligibility) -> Result<()>;
    /// Draws blind codes.
    async fn assign_blind_codes(&self, actor: &Actor, command: AssignBlindCodes) -> Result<()>;
}
