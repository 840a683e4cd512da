//! Entries: drafts, submission, screening by units, eligibility, blind codes.

mod author;
mod blind;
pub(crate) mod case;
mod content;
pub(crate) mod deadline;
pub(crate) mod desk;
mod detail;
pub(crate) mod draft;
pub(crate) mod form;
mod forward;
pub(crate) mod gaps;
pub(crate) mod line;
mod own;
mod receipt;
pub(crate) mod screen;
pub(crate) mod submit;
mod track;
mod unit;
pub(crate) mod units;

pub use unit::UnitDesks;

pub use author::{Authors, InvitationMail, invitation_mail};

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::contest::NextDeadline;
use contract::entry::{
    AssignBlindCodes, DecideEligibility, DeskFilter, DraftView, EligibilityDeskView, EntryDetailView,
    EntryService, ForwardEntries, KeepBack, OwnEntriesView, ReceiptView, RemoveAttachment, ReturnEntry,
    SaveDraft, Saved, StartEntry, SubmitEntry, WithdrawEntry,
};
use rules::account::Actor;
use rules::contest::{Extensions, Timetable};
use rules::entry::EntryState;
use rules::id::{EntryId, SlipId};
use rules::time::Timestamp;

use crate::ctx::Ctx;

/// The last instant to submit an entry in this state; `None` where the plan sets no day.
pub(crate) fn submission_deadline(
    timetable: &Timetable,
    state: EntryState,
    due: Option<Timestamp>,
    extensions: Extensions,
) -> Option<NextDeadline> {
    deadline::submission(timetable, state, due, extensions)
}

/// The service of entries.
pub struct Entries {
    ctx: Arc<Ctx>,
}

impl Entries {
    /// The service on its surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl EntryService for Entries {
    async fn own_entries(&self, actor: &Actor) -> Result<OwnEntriesView> {
        own::view(&self.ctx, actor).await
    }

    async fn start(&self, actor: &Actor, command: StartEntry) -> Result<EntryId> {
        draft::start(&self.ctx, actor, command).await
    }

    async fn draft(&self, actor: &Actor, entry: EntryId) -> Result<DraftView> {
        draft::view(&self.ctx, actor, entry).await
    }

    async fn save_draft(&self, actor: &Actor, command: SaveDraft) -> Result<Saved> {
        draft::save(&self.ctx, actor, command).await
    }

    async fn remove_attachment(&self, actor: &Actor, command: RemoveAttachment) -> Result<Saved> {
        draft::remove_attachment(&self.ctx, actor, command).await
    }

    async fn submit(&self, actor: &Actor, command: SubmitEntry) -> Result<ReceiptView> {
        submit::submit(&self.ctx, actor, command).await
    }

    async fn receipt(&self, actor: &Actor, entry: EntryId) -> Result<ReceiptView> {
        receipt::view(&self.ctx, actor, entry).await
    }

    async fn withdraw(&self, actor: &Actor, command: WithdrawEntry) -> Result<()> {
        submit::withdraw(&self.ctx, actor, command).await
    }

    async fn detail(&self, actor: &Actor, entry: EntryId) -> Result<EntryDetailView> {
        detail::view(&self.ctx, actor, entry).await
    }

    async fn return_entry(&self, actor: &Actor, command: ReturnEntry) -> Result<()> {
        screen::return_entry(&self.ctx, actor, command).await
    }

    async fn keep_back(&self, actor: &Actor, command: KeepBack) -> Result<()> {
        screen::keep_back(&self.ctx, actor, command).await
    }

    async fn forward(&self, actor: &Actor, command: ForwardEntries) -> Result<SlipId> {
        forward::forward(&self.ctx, actor, command).await
    }

    async fn eligibility_desk(
        &self,
        actor: &Actor,
        slug: String,
        filter: DeskFilter,
    ) -> Result<EligibilityDeskView> {
        desk::view(&self.ctx, actor, &slug, filter).await
    }

    async fn decide_eligibility(&self, actor: &Actor, command: DecideEligibility) -> Result<()> {
        desk::decide(&self.ctx, actor, command).await
    }

    async fn assign_blind_codes(&self, actor: &Actor, command: AssignBlindCodes) -> Result<()> {
        blind::assign(&self.ctx, actor, command).await
    }
}
