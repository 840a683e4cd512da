//! Entries: drafts, submission, screening by units, eligibility, blind codes.

mod author;
mod blind;
pub(crate) mod case;
mod content;
mod deadline;
mod desk;
mod detail;
pub(crate) mod draft;
mod forward;
mod gaps;
mod line;
mod own;
mod receipt;
mod screen;
mod submit;
mod track;
mod unit;
mod units;

pub use author::{Authors, InvitationMail, invitation_mail};

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::entry::{
    AssignBlindCodes, DecideEligibility, DeskFilter, DraftView, EligibilityDeskView, EntryDetailView,
    EntryService, ForwardEntries, KeepBack, OwnEntriesView, ReceiptView, RemoveAttachment, ReturnEntry,
    SaveDraft, Saved, StartEntry, SubmitEntry, UnitBoardView, WithdrawEntry,
};
use rules::account::Actor;
use rules::id::{EntryId, UnitId};

use crate::ctx::Ctx;

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

    async fn unit_board(&self, actor: &Actor, slug: String, unit: Option<UnitId>) -> Result<UnitBoardView> {
        unit::board(&self.ctx, actor, &slug, unit).await
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

    async fn forward(&self, actor: &Actor, command: ForwardEntries) -> Result<()> {
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
