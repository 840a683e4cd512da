//! Entries: the author's wizard, the unit's board, the organiser's eligibility desk.

use async_trait::async_trait;
use rules::account::Actor;
use rules::contest::{Category, ContestPhase, Declaration, Eligibility, Timeliness};
use rules::entry::{
    AnswerLine, Answers, AttachmentInfo, AttachmentKind, Author, AuthorType, Consents, EntryContent,
    EntryGap, EntryScope, EntryState, EntryStep, FormChange, FormVersion, Maturity, Statement,
};
use rules::id::{AttachmentId, CommandKey, ContestId, EntryId, SlipId, UnitId, Version};
use rules::time::{Timestamp, Zone};
use rules::unit::ReturnNote;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::account::UnitLine;
use crate::contest::{ContestCard, NextDeadline};
use crate::deadline::ExtensionNote;

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
    /// The form as it is asked now.
    pub form: FormVersion,
    /// What changed in it since this draft was filled in.
    pub form_changes: Vec<FormChange>,
    /// Units that may enter.
    pub units: Vec<UnitLine>,
    pub saved_at: Timestamp,
    pub now: Timestamp,
    pub zone: Zone,
    pub deadline: Option<NextDeadline>,
    /// More time given to this entry or its unit, where it is in force.
    pub extensions: Vec<ExtensionNote>,
    /// The submission that stands while this one is being changed.
    pub revising: Option<i64>,
    /// What the unit asked to complete, and until when.
    pub returned: Option<(String, Option<Timestamp>)>,
    /// Files on their way, refused ones, and copies by hand.
    pub files: crate::file::DraftFiles,
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
    /// Questions not named keep their answers; an empty one takes its answer back.
    Form {
        answers: Answers,
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
    /// Number of the submission, of a step that is one.
    pub revision: Option<i64>,
    /// How a submission or forwarding stood to its deadline.
    pub timeliness: Timeliness,
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
    /// Number of the submission, from 1.
    pub revision: i64,
    pub timeliness: Timeliness,
    /// Address that opens the status, for the receipt's QR code: `rules::entry::ReceiptToken::path`.
    pub status_path: String,
    /// Files of this submission.
    pub attachments: Vec<AttachmentInfo>,
    pub deadline: Option<NextDeadline>,
    /// More time given to this entry or its unit, where it is in force.
    pub extensions: Vec<ExtensionNote>,
    /// The author may take it up again now.
    pub can_take_up: bool,
    /// A copy of it is being changed.
    pub revising: bool,
    /// Version of that copy.
    pub copy_version: Option<Version>,
    pub now: Timestamp,
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
    /// How the last submission stood to its deadline.
    pub timeliness: Timeliness,
    pub attachments: Vec<AttachmentInfo>,
    /// Place on the unit's list, once forwarded.
    pub forward_rank: Option<u32>,
    /// Last reason given for a return, rejection or withdrawal.
    pub reason: Option<String>,
    /// Until when a returned entry is to be completed.
    pub due_at: Option<Timestamp>,
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
    /// More time the organiser gave the unit, where it is in force.
    pub extensions: Vec<ExtensionNote>,
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
    /// The questions of the form the entry was filled in with, answered.
    pub answers: Vec<AnswerLine>,
    pub categories: Vec<Category>,
    pub track: Vec<TrackStep>,
    pub zone: Zone,
    pub now: Timestamp,
    /// The viewer organises the contest.
    pub organises: bool,
    /// Eligibility is decided by a checklist.
    pub has_checklist: bool,
    /// The viewer coordinates the entry's unit and may screen it now.
    pub can_screen: bool,
    /// More time given to this entry or its unit, where it is in force.
    pub extensions: Vec<ExtensionNote>,
    /// The viewer organises the contest and may give more time now.
    pub can_extend: bool,
    /// The viewer organises the contest and may decide eligibility now.
    pub can_decide: bool,
    /// The medium the category may ask for.
    pub medium: crate::file::MediumView,
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
    /// Comments beside fields; empty ones are left out.
    pub notes: Vec<ReturnNote>,
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
    /// Version of the unit's list this was decided from; 0 for a list nobody saved.
    pub order: Version,
    pub entries: Vec<(EntryId, Version)>,
    /// Kept in reserve, first to move up first; recorded with the slip, not forwarded.
    pub reserves: Vec<EntryId>,
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

/// How far the check of an entry has come, as a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckFilter {
    /// Not begun.
    Unchecked,
    Open,
    Complete,
    Failing,
}

/// Filter of the eligibility desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskFilter {
    /// Search in title, code, authors, unit and text, without diacritics and by synonyms.
    pub query: String,
    pub state: Option<EntryState>,
    pub category: Option<String>,
    /// That unit and those below it.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// With (true) or without picture, video or software.
    #[serde(default)]
    pub medium: Option<bool>,
    /// Received after (true) or before the end of the submission deadline.
    #[serde(default)]
    pub late: Option<bool>,
    #[serde(default)]
    pub check: Option<CheckFilter>,
    /// Registered from paper (true) or submitted by its author.
    #[serde(default)]
    pub registered: Option<bool>,
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
    /// Checks, lateness and channels of the entries shown.
    pub marks: std::collections::BTreeMap<EntryId, crate::register::DeskMarks>,
    /// Units to filter by.
    pub units: Vec<UnitLine>,
    /// The contest uses a checklist; entries are accepted by it.
    pub has_checklist: bool,
    /// Entries waiting for a decision whose check is complete.
    pub checked: u32,
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
    /// An entry with names, for its unit's coordinator and the organiser. A coordinator's first look starts screening.
    async fn detail(&self, actor: &Actor, entry: EntryId) -> Result<EntryDetailView>;
    /// Returns for completion.
    async fn return_entry(&self, actor: &Actor, command: ReturnEntry) -> Result<()>;
    /// Keeps back.
    async fn keep_back(&self, actor: &Actor, command: KeepBack) -> Result<()>;
    /// Forwards in order; gives the slip made of it.
    async fn forward(&self, actor: &Actor, command: ForwardEntries) -> Result<SlipId>;
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
