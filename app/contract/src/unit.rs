//! The unit's desk: its list with reserves, the comments of a return, forwarding slips; and, for the organiser, how every
//! unit stands.

use async_trait::async_trait;
use rules::account::Actor;
use rules::contest::ContestPhase;
use rules::entry::{EntryField, Wording};
use rules::id::{CommandKey, ContestId, EntryId, SlipId, UnitId, Version};
use rules::time::{Timestamp, Zone};
use rules::unit::{Quota, Slip, Todo, UnitOrder};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::contest::NextDeadline;
use crate::entry::UnitBoardView;

/// The list of a unit as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDraft {
    /// Only entries that can be forwarded now.
    pub order: UnitOrder,
    /// 0 while nobody saved one: the list is then a proposal in the order the entries came in.
    pub version: Version,
    pub saved_at: Option<Timestamp>,
    /// Name of the coordinator who saved it.
    pub saved_by: Option<String>,
}

/// A slip in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipRef {
    pub slip: SlipId,
    pub code: String,
    pub turn: u32,
    pub entries: u32,
    pub reserves: u32,
    pub forwarded_at: Timestamp,
}

/// The whole desk of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitDeskView {
    pub board: UnitBoardView,
    pub order: OrderDraft,
    /// Entries that can be forwarded but are not on the list, as they came in.
    pub unplaced: Vec<EntryId>,
    pub quota: Quota,
    pub todo: Vec<Todo>,
    /// First to last.
    pub slips: Vec<SlipRef>,
    /// The unit may still forward: the contest is open and the deadline is not past.
    pub open: bool,
}

/// Saves the list of a unit as it was put in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveUnitOrder {
    pub key: CommandKey,
    pub contest: ContestId,
    pub unit: UnitId,
    /// The version on the screen; 0 for a list nobody saved yet.
    pub expected: Version,
    pub order: UnitOrder,
}

/// Considers an entry again that the unit kept back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TakeUp {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    pub reason: String,
}

/// A comment of a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    /// From 1, in the order of the wizard.
    pub ordinal: u32,
    pub field: EntryField,
    /// The question's own words, where `field` is one of the contest's own questions.
    pub question: Option<Wording>,
    pub text: String,
    /// When an author ticked it off.
    pub mended_at: Option<Timestamp>,
    /// Whether the field differs in the submission that followed; `None` before one came, or where nobody can tell.
    pub changed: Option<bool>,
}

/// One return of an entry for completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnView {
    /// The submission that was returned, from 1.
    pub revision: i64,
    pub reason: String,
    pub due: Option<Timestamp>,
    pub returned_at: Timestamp,
    pub notes: Vec<NoteView>,
    /// When the entry came back.
    pub resubmitted_at: Option<Timestamp>,
}

/// Every return of an entry, last first; for its authors and its desks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnsView {
    pub entry: EntryId,
    pub returns: Vec<ReturnView>,
    pub zone: Zone,
    /// The viewer is an author and the entry is theirs to mend now.
    pub can_mend: bool,
    pub key: CommandKey,
}

/// Ticks a comment off, or takes the tick back. It says what the tick is to be, so two authors ticking at once agree,
/// and the text of the entry stays as it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MendNote {
    pub key: CommandKey,
    pub entry: EntryId,
    pub revision: i64,
    pub ordinal: u32,
    pub mended: bool,
}

/// A forwarding slip, as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipView {
    pub id: SlipId,
    pub contest_slug: String,
    pub unit: UnitId,
    pub slip: Slip,
    /// As written into the ledger, lower-case hex.
    pub hash: String,
    /// The stored slip still has this hash.
    pub intact: bool,
    /// The viewer coordinates the unit: the way back is its board.
    pub own: bool,
}

/// What the list of units is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitSort {
    #[default]
    Name,
    Drafts,
    Submitted,
    Listed,
    Forwarded,
    LastActivity,
}

/// Which units the organiser asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsFilter {
    /// Words of the unit's name, diacritics aside.
    #[serde(default)]
    pub query: String,
    #[serde(default)]
    pub sort: UnitSort,
    #[serde(default)]
    pub descending: bool,
    /// Only units below the quota.
    #[serde(default)]
    pub below: bool,
    /// From 1.
    #[serde(default)]
    pub page: u32,
}

/// How one unit stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitStandingLine {
    pub unit: UnitId,
    pub name: String,
    /// Drafts begun.
    pub drafts: u32,
    /// Handed in and still at the unit, returned ones included.
    pub submitted: u32,
    /// On the unit's list to be forwarded, and in reserve behind it.
    pub listed: u32,
    pub reserves: u32,
    pub forwarded: u32,
    /// Entries missing to the quota; 0 where it is met.
    pub missing: u32,
    pub last_activity: Option<Timestamp>,
    /// Names of the unit's coordinators: whom to remind.
    pub coordinators: Vec<String>,
    pub slips: Vec<(SlipId, String)>,
}

/// Every unit of a contest and its quota, for the organiser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsView {
    pub contest: ContestId,
    pub contest_slug: String,
    pub contest_name: String,
    pub phase: ContestPhase,
    pub units: Vec<UnitStandingLine>,
    /// Units that match; a page holds `page_size` of them.
    pub total: u32,
    pub page: u32,
    pub page_size: u32,
    /// Units below the quota, and all units, whatever is asked for.
    pub below: u32,
    pub all: u32,
    pub quota: Quota,
    /// Whether units screen and forward in this contest at all.
    pub screening: bool,
    pub deadline: Option<NextDeadline>,
    pub now: Timestamp,
    pub zone: Zone,
}

/// The unit's desk.
#[async_trait]
pub trait UnitService: Send + Sync {
    /// Board, list, quota, slips and what is left to do; `unit` chooses among several.
    async fn desk(&self, actor: &Actor, slug: String, unit: Option<UnitId>) -> Result<UnitDeskView>;
    /// Saves the list.
    ///
    /// # Errors
    /// `Conflict` where another coordinator saved it first; nothing is overwritten.
    async fn save_order(&self, actor: &Actor, command: SaveUnitOrder) -> Result<OrderDraft>;
    /// Takes up an entry that was kept back, with a reason.
    async fn take_up(&self, actor: &Actor, command: TakeUp) -> Result<()>;
    /// What was asked to be mended, for the entry's authors and desks.
    async fn returns(&self, actor: &Actor, entry: EntryId) -> Result<ReturnsView>;
    /// Ticks a comment off.
    async fn mend(&self, actor: &Actor, command: MendNote) -> Result<ReturnsView>;
    /// A slip, for the unit's coordinators and the organiser.
    async fn slip(&self, actor: &Actor, slip: SlipId) -> Result<SlipView>;
    /// Every unit and its quota, for the organiser.
    async fn units(&self, actor: &Actor, slug: String, filter: UnitsFilter) -> Result<UnitsView>;
}
