//! Deadlines of single entries and units: extensions, changes after submitting, versions, the public check of a receipt.

mod compare;
mod desk;
mod extension;
mod revise;
mod status;
mod versions;

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::deadline::{
    DeadlineService, DropChanges, ExtensionDeskView, ExtensionQuery, GiveExtension, ReceiptStatusView,
    TakeUpEntry, VersionsView, WithdrawExtension,
};
use rules::account::Actor;
use rules::id::EntryId;

use crate::ctx::Ctx;

/// The service of deadlines.
pub struct Deadlines {
    ctx: Arc<Ctx>,
}

impl Deadlines {
    /// The service on its surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl DeadlineService for Deadlines {
    async fn extensions(
        &self,
        actor: &Actor,
        slug: String,
        query: ExtensionQuery,
    ) -> Result<ExtensionDeskView> {
        desk::view(&self.ctx, actor, &slug, query).await
    }

    async fn give_extension(&self, actor: &Actor, command: GiveExtension) -> Result<()> {
        extension::give(&self.ctx, actor, command).await
    }

    async fn withdraw_extension(&self, actor: &Actor, command: WithdrawExtension) -> Result<()> {
        extension::withdraw(&self.ctx, actor, command).await
    }

    async fn take_up(&self, actor: &Actor, command: TakeUpEntry) -> Result<()> {
        revise::take_up(&self.ctx, actor, command).await
    }

    async fn drop_changes(&self, actor: &Actor, command: DropChanges) -> Result<()> {
        revise::drop_changes(&self.ctx, actor, command).await
    }

    async fn versions(
        &self,
        actor: &Actor,
        entry: EntryId,
        compare: Option<(i64, i64)>,
    ) -> Result<VersionsView> {
        versions::view(&self.ctx, actor, entry, compare).await
    }

    async fn receipt_status(&self, actor: &Actor, token: String) -> Result<ReceiptStatusView> {
        status::view(&self.ctx, actor, &token).await
    }
}
