//! Co-authors: inviting them, their answers, and the secrets of the links sent to them.

mod answer;
mod invite;
mod link;
mod page;

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::author::{
    AnswerInvitation, AnswerOwnInvitation, AuthorService, InvitationView, InviteCoAuthor, WithdrawInvitation,
};
use rules::account::Actor;
use rules::id::InvitationId;

pub use link::{InvitationMail, invitation_mail};

use crate::ctx::Ctx;

/// The service of co-authors.
pub struct Authors {
    ctx: Arc<Ctx>,
}

impl Authors {
    /// The service on its surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl AuthorService for Authors {
    async fn invite(&self, actor: &Actor, command: InviteCoAuthor) -> Result<InvitationId> {
        invite::invite(&self.ctx, actor, command).await
    }

    async fn withdraw_invitation(&self, actor: &Actor, command: WithdrawInvitation) -> Result<()> {
        invite::withdraw(&self.ctx, actor, command).await
    }

    async fn invitation(&self, actor: &Actor, token: String) -> Result<InvitationView> {
        page::by_token(&self.ctx, actor, &token).await
    }

    async fn answer(&self, actor: &Actor, command: AnswerInvitation) -> Result<()> {
        answer::by_token(&self.ctx, actor, command).await
    }

    async fn own_invitations(&self, actor: &Actor) -> Result<Vec<InvitationView>> {
        page::own(&self.ctx, actor).await
    }

    async fn answer_own(&self, actor: &Actor, command: AnswerOwnInvitation) -> Result<()> {
        answer::own(&self.ctx, actor, command).await
    }
}
