//! The organiser's register: checklist and checks, entries from paper, similar entries, tables in and out.

pub(crate) mod check;
mod checklist;
mod export;
mod import;
pub(crate) mod index;
mod links;
pub(crate) mod marks;
mod paper;
pub mod sheet;
mod similar;
pub(crate) mod wanted;

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::entry::DeskFilter;
use contract::register::{
    AcceptChecked, AcceptedMany, CheckEntry, CheckView, ChecklistView, ExportView, ImportQuery, ImportTable,
    ImportView, Imported, MadeFile, NewTable, PaperView, PasswordLinkView, RegisterEntry, RegisterService,
    Registered, SetChecklist, SimilarEntry,
};
use rules::account::Actor;
use rules::id::{EntryId, UserId, Version};
use rules::register::ImportKind;
use uuid::Uuid;

use crate::ctx::Ctx;

/// The service of the register.
pub struct Registers {
    ctx: Arc<Ctx>,
}

impl Registers {
    /// The service on its surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl RegisterService for Registers {
    async fn checklist(&self, actor: &Actor, slug: String) -> Result<ChecklistView> {
        checklist::view(&self.ctx, actor, &slug).await
    }

    async fn set_checklist(&self, actor: &Actor, command: SetChecklist) -> Result<Version> {
        checklist::set(&self.ctx, actor, command).await
    }

    async fn check(&self, actor: &Actor, entry: EntryId) -> Result<CheckView> {
        check::view(&self.ctx, actor, entry).await
    }

    async fn check_entry(&self, actor: &Actor, command: CheckEntry) -> Result<Version> {
        check::check(&self.ctx, actor, command).await
    }

    async fn accept_checked(&self, actor: &Actor, command: AcceptChecked) -> Result<AcceptedMany> {
        check::accept_checked(&self.ctx, actor, command).await
    }

    async fn similar(&self, actor: &Actor, entry: EntryId) -> Result<Vec<SimilarEntry>> {
        similar::view(&self.ctx, actor, entry).await
    }

    async fn paper(&self, actor: &Actor, slug: String) -> Result<PaperView> {
        paper::view(&self.ctx, actor, &slug).await
    }

    async fn register(&self, actor: &Actor, command: RegisterEntry) -> Result<Registered> {
        paper::register(&self.ctx, actor, command).await
    }

    async fn export(&self, actor: &Actor, slug: String, filter: DeskFilter) -> Result<ExportView> {
        export::view(&self.ctx, actor, &slug, filter).await
    }

    async fn template(&self, actor: &Actor, kind: ImportKind) -> Result<MadeFile> {
        import::template(actor, kind).await
    }

    async fn take_table(&self, actor: &Actor, table: NewTable) -> Result<Uuid> {
        import::take(&self.ctx, actor, table).await
    }

    async fn import_view(&self, actor: &Actor, query: ImportQuery) -> Result<ImportView> {
        import::view(&self.ctx, actor, query).await
    }

    async fn import(&self, actor: &Actor, command: ImportTable) -> Result<Imported> {
        import::import(&self.ctx, actor, command).await
    }

    async fn password_links(&self, actor: &Actor, file: Uuid, origin: String) -> Result<MadeFile> {
        links::make(&self.ctx, actor, file, &origin).await
    }

    async fn password_link(&self, token: String) -> Result<PasswordLinkView> {
        links::view(&self.ctx, &token).await
    }

    async fn set_first_password(&self, token: String, password: String) -> Result<UserId> {
        links::set(&self.ctx, &token, &password).await
    }
}
