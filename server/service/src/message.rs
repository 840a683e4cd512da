//! Messages to people: the outbox writes them from the ledger, the inbox shows them, the postman mails them.
//!
//! [`Outbox`] follows every contest's ledger with a cursor that moves in the transaction which stores the messages, so a
//! crash neither doubles nor loses one. [`Postman`] takes mails that are due, one node at a time, and tries again with
//! growing delay: a mail server that is down loses nothing. Who is told what is decided in `rules::message`.

mod compose;
mod deadline;
mod deliveries;
mod inbox;
mod invitation;
mod letter;
mod outbox;
mod postman;
mod transport;

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::message::{DeliveriesView, InboxQuery, InboxView, MarkRead, MessageService, ResendMail};
use rules::account::{Action, Actor};
use rules::message::Reach;
use rules::text::Locale;

pub use compose::{Draft, Reader};
pub use letter::{Letter, LetterHead};
pub use outbox::Outbox;
pub use postman::{Delivered, Postman};
pub use transport::{MailTransport, SetupProblem, Smtp};

use crate::actor::{anywhere, signed_in};
use crate::ctx::Ctx;
use crate::error::Fault;

/// The message service.
pub struct Messages {
    ctx: Arc<Ctx>,
}

impl Messages {
    /// A service on these surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl MessageService for Messages {
    async fn inbox(&self, actor: &Actor, query: InboxQuery) -> Result<InboxView> {
        inbox::view(&self.ctx, actor, query).await
    }

    async fn unread(&self, actor: &Actor) -> Result<u64> {
        anywhere(actor, Action::SeeOwnMessages)?;
        let me = signed_in(actor)?.id;
        store::message::unread(self.ctx.store.read(), me).await.fault()
    }

    async fn mark_read(&self, actor: &Actor, command: MarkRead) -> Result<()> {
        anywhere(actor, Action::SeeOwnMessages)?;
        let me = signed_in(actor)?.id;
        let (db, now) = (self.ctx.store.read(), self.ctx.now());
        store::message::mark_read(db, me, command.message, command.until, now)
            .await
            .fault()
    }

    async fn deliveries(
        &self,
        actor: &Actor,
        slug: String,
        reach: Option<Reach>,
        page: u32,
    ) -> Result<DeliveriesView> {
        deliveries::view(&self.ctx, actor, &slug, reach, page).await
    }

    async fn resend(&self, actor: &Actor, command: ResendMail) -> Result<u64> {
        deliveries::resend(&self.ctx, actor, command).await
    }

    async fn set_language(&self, actor: &Actor, language: Locale) -> Result<()> {
        anywhere(actor, Action::SeeOwnMessages)?;
        let me = signed_in(actor)?.id;
        store::message::set_language(self.ctx.store.read(), me, language)
            .await
            .fault()
    }
}
