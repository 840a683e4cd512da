//! The ledger's events and the live picture folded from them.
//!
//! [`Event`] is the audit record: everything a replay needs, points included, people only as ids. It never leaves the
//! server as it is. [`LiveEvent`] is what may: [`crate::visibility::project`] turns one into the other for an
//! audience, and the type has no room for a score, so the embargo holds by construction.

mod live;

pub use live::{CellState, EntryLabel, LiveEvent, Progress, RoundProgress, SeatLabel, UnitCount};

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::account::Role;
use crate::contest::{SetupSection, Timeliness};
use crate::entry::{EntryState, EntryStep};
use crate::id::{AttachmentId, EntryId, ExtensionId, InvitationId, RoundId, SlipId, UnitId, UserId};
use crate::judging::{Rubric, Scores, ScoringPolicy};
use crate::points::Points;
use crate::register::{Answer, Channel, Checklist, ItemAnswer};
use crate::time::Timestamp;

/// A committed change of one contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    ContestCreated {
        code: String,
    },
    SetupSaved {
        section: SetupSection,
        version: i64,
        setup_hash: String,
    },
    JudgeAppointed {
        round: RoundId,
        judge: UserId,
        seat: u32,
        chair: bool,
    },
    JudgeRemoved {
        round: RoundId,
        judge: UserId,
    },
    RoleGranted {
        user: UserId,
        role: Role,
        unit: Option<UnitId>,
    },
    RoleTaken {
        user: UserId,
        role: Role,
        unit: Option<UnitId>,
    },
    ContestOpened {
        setup_hash: String,
    },

    EntrySubmitted {
        entry: EntryId,
        code: String,
        unit: Option<UnitId>,
        category: String,
        /// SHA-256 of the content's canonical JSON and its files' hashes.
        content_hash: String,
        revision: i64,
        /// Left out where it was in time without grace or extension.
        #[serde(default, skip_serializing_if = "Timeliness::is_regular")]
        timeliness: Timeliness,
    },
    /// Screening, return, forwarding, eligibility, withdrawal: one step of the entry's path.
    EntryMoved {
        entry: EntryId,
        unit: Option<UnitId>,
        /// State before the step.
        from: EntryState,
        step: EntryStep,
        /// Reason where the step asks for one.
        reason: Option<String>,
        /// Place on the unit's forwarding list, from 1.
        rank: Option<u32>,
        due: Option<Timestamp>,
        /// Of a forwarding; left out where it was in time without grace or extension.
        #[serde(default, skip_serializing_if = "Timeliness::is_regular")]
        timeliness: Timeliness,
    },
    /// The organiser gave one entry or one unit's forwarding more time; takes the place of an earlier one.
    ExtensionGiven {
        extension: ExtensionId,
        entry: Option<EntryId>,
        unit: Option<UnitId>,
        until: Timestamp,
        reason: String,
    },
    /// The organiser took an extension back.
    ExtensionWithdrawn {
        extension: ExtensionId,
        entry: Option<EntryId>,
        unit: Option<UnitId>,
        reason: String,
    },
    /// An author took a submitted entry up again; what was submitted stands until they submit anew.
    EntryTakenUp {
        entry: EntryId,
        revision: i64,
    },
    /// The author gave the changes up; what was submitted stands.
    ChangesDropped {
        entry: EntryId,
        revision: i64,
    },
    /// The comments a return carried: which fields they stand beside, and their hash. The texts may name people and
    /// stay out of the record.
    EntryAnnotated {
        entry: EntryId,
        /// The submission that was returned.
        revision: i64,
        /// `unit::field_key` of each.
        fields: Vec<String>,
        /// `unit::notes_hash`.
        notes_hash: String,
    },
    /// One act of forwarding: the slip with what it names, best first. Each entry's step stands beside it.
    EntriesForwarded {
        slip: SlipId,
        code: String,
        unit: UnitId,
        entries: Vec<EntryId>,
        reserves: Vec<EntryId>,
        /// `unit::Slip::hash`.
        slip_hash: String,
    },
    /// Entered by a desk from paper, e-mail or disc; its `EntrySubmitted` follows.
    EntryRegistered {
        entry: EntryId,
        channel: Channel,
        received_at: Timestamp,
        receipt_number: String,
        /// Where it was received after the deadline.
        late_reason: Option<String>,
    },
    /// The items of the contest's checklist were set.
    ChecklistSet {
        version: i64,
        items: Checklist,
    },
    /// The answers an eligibility decision was made from; the decision itself follows.
    EntryChecked {
        entry: EntryId,
        checklist_version: i64,
        answers: BTreeMap<String, ItemAnswer>,
        /// The answers that stood, the system's included.
        standing: BTreeMap<String, Answer>,
    },
    AttachmentAdded {
        entry: EntryId,
        attachment: AttachmentId,
        sha256: String,
        size: u64,
    },
    AttachmentRemoved {
        entry: EntryId,
        attachment: AttachmentId,
    },
    /// The organiser recorded that a copy of the medium came by hand, or took the mark back.
    MediumReceived {
        entry: EntryId,
        received: bool,
    },
    /// The virus scanner found something in a file, which was removed.
    AttachmentInfected {
        entry: EntryId,
        attachment: AttachmentId,
    },
    /// An invitation to be a co-author was sent, for the first time or again; to whom stands in its own row.
    CoAuthorInvited {
        entry: EntryId,
        invitation: InvitationId,
    },
    InvitationAnswered {
        entry: EntryId,
        invitation: InvitationId,
        accepted: bool,
    },
    /// Taken back by the authors before it was answered.
    InvitationWithdrawn {
        entry: EntryId,
        invitation: InvitationId,
    },
    /// The sealed mapping, written when codes are drawn.
    BlindCodesAssigned {
        codes: Vec<(EntryId, String)>,
    },

    RoundOpened {
        round: RoundId,
        ordinal: u32,
        code: String,
        rubric: Rubric,
        policy: ScoringPolicy,
        /// `judging::frozen_hash` of both.
        frozen_hash: String,
        entries: Vec<(EntryId, EntryLabel)>,
        judges: Vec<(UserId, SeatLabel)>,
    },
    PrinciplesConfirmed {
        round: RoundId,
        judge: UserId,
    },
    ScorecardSubmitted {
        round: RoundId,
        entry: EntryId,
        label: EntryLabel,
        judge: UserId,
        seat: SeatLabel,
        version: i64,
        scores: Scores,
        total: Points,
        comment: String,
    },
    Recused {
        round: RoundId,
        entry: EntryId,
        label: EntryLabel,
        judge: UserId,
        seat: SeatLabel,
        reason: String,
        by_rule: bool,
    },
    /// Reopened for a deliberation only.
    ScorecardReopened {
        round: RoundId,
        entry: EntryId,
        label: EntryLabel,
        judge: UserId,
        seat: SeatLabel,
        reason: String,
    },
    OrderSubmitted {
        round: RoundId,
        judge: UserId,
        seat: SeatLabel,
        tiers: Vec<Vec<EntryId>>,
    },
    DeliberationOpened {
        round: RoundId,
        entry: EntryId,
        label: EntryLabel,
        spread: Points,
    },
    DeliberationConcluded {
        round: RoundId,
        entry: EntryId,
        label: EntryLabel,
        rescored: bool,
        explanation: String,
        spread: Points,
    },
    TieDecided {
        round: RoundId,
        order: Vec<EntryId>,
        reason: String,
    },
    RoundLocked {
        round: RoundId,
        /// SHA-256 of the tally's canonical JSON.
        tally_hash: String,
        ranking: Vec<EntryId>,
        advanced: Vec<EntryId>,
        eliminated: Vec<EntryId>,
        last: bool,
    },

    PrizesProposed {
        awards: Vec<(EntryId, String)>,
    },
    DecisionRecorded {
        number: String,
        symbol: String,
        issued_on: NaiveDate,
        signer: String,
        signer_position: String,
        file_sha256: Option<String>,
        awards: Vec<(EntryId, String)>,
    },
    /// A contest entered as a published result without scorecards.
    HistoricalResultEntered {
        number: String,
        symbol: String,
        issued_on: NaiveDate,
        awards: Vec<(EntryId, String)>,
    },
}

impl Event {
    /// The event's kind as stored beside it, the serde tag.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::ContestCreated { .. } => "contest_created",
            Event::SetupSaved { .. } => "setup_saved",
            Event::JudgeAppointed { .. } => "judge_appointed",
            Event::JudgeRemoved { .. } => "judge_removed",
            Event::RoleGranted { .. } => "role_granted",
            Event::RoleTaken { .. } => "role_taken",
            Event::ContestOpened { .. } => "contest_opened",
            Event::EntrySubmitted { .. } => "entry_submitted",
            Event::EntryMoved { .. } => "entry_moved",
            Event::ExtensionGiven { .. } => "extension_given",
            Event::ExtensionWithdrawn { .. } => "extension_withdrawn",
            Event::EntryTakenUp { .. } => "entry_taken_up",
            Event::ChangesDropped { .. } => "changes_dropped",
            Event::EntryAnnotated { .. } => "entry_annotated",
            Event::EntriesForwarded { .. } => "entries_forwarded",
            Event::EntryRegistered { .. } => "entry_registered",
            Event::ChecklistSet { .. } => "checklist_set",
            Event::EntryChecked { .. } => "entry_checked",
            Event::AttachmentAdded { .. } => "attachment_added",
            Event::AttachmentRemoved { .. } => "attachment_removed",
            Event::MediumReceived { .. } => "medium_received",
            Event::AttachmentInfected { .. } => "attachment_infected",
            Event::CoAuthorInvited { .. } => "co_author_invited",
            Event::InvitationAnswered { .. } => "invitation_answered",
            Event::InvitationWithdrawn { .. } => "invitation_withdrawn",
            Event::BlindCodesAssigned { .. } => "blind_codes_assigned",
            Event::RoundOpened { .. } => "round_opened",
            Event::PrinciplesConfirmed { .. } => "principles_confirmed",
            Event::ScorecardSubmitted { .. } => "scorecard_submitted",
            Event::Recused { .. } => "recused",
            Event::ScorecardReopened { .. } => "scorecard_reopened",
            Event::OrderSubmitted { .. } => "order_submitted",
            Event::DeliberationOpened { .. } => "deliberation_opened",
            Event::DeliberationConcluded { .. } => "deliberation_concluded",
            Event::TieDecided { .. } => "tie_decided",
            Event::RoundLocked { .. } => "round_locked",
            Event::PrizesProposed { .. } => "prizes_proposed",
            Event::DecisionRecorded { .. } => "decision_recorded",
            Event::HistoricalResultEntered { .. } => "historical_result_entered",
        }
    }
}
