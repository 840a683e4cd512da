//! Accounts: signing in, sessions, the directory, people and their roles.

mod administrator;
mod directory;
mod password;
mod people;
mod session;
mod sign_in;
mod strangers;
mod turns;

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::account::{
    AccountService, ChangePassword, ChangeRole, CreatePerson, NewSession, PeopleView, PersonLine,
    SessionView, SignIn, SignInView, UnitLine,
};
use rules::account::Actor;
use rules::id::UserId;

pub use administrator::create_administrator;
pub use password::hash_password;
pub use session::actor_of;

pub(crate) use directory::{unit_lines, unit_names};
pub(crate) use turns::Turns;

use crate::ctx::Ctx;
use strangers::Strangers;

/// The account service.
pub struct Accounts {
    ctx: Arc<Ctx>,
    strangers: Strangers,
}

impl Accounts {
    /// A service on these surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self {
            ctx,
            strangers: Strangers::default(),
        }
    }
}

#[async_trait]
impl AccountService for Accounts {
    async fn authenticate(&self, token: Option<&str>) -> Result<Actor> {
        session::authenticate(&self.ctx, token).await
    }

    async fn session(&self, actor: &Actor) -> Result<SessionView> {
        session::view(&self.ctx, actor).await
    }

    async fn sign_in_view(&self, _actor: &Actor) -> Result<SignInView> {
        sign_in::view(&self.ctx).await
    }

    async fn sign_in(&self, _actor: &Actor, command: SignIn) -> Result<NewSession> {
        sign_in::with_password(&self.ctx, &self.strangers, command).await
    }

    async fn sign_in_as(&self, _actor: &Actor, persona: UserId) -> Result<NewSession> {
        sign_in::as_persona(&self.ctx, persona).await
    }

    async fn sign_out(&self, _actor: &Actor, token: Option<&str>) -> Result<()> {
        session::end(&self.ctx, token).await
    }

    async fn sign_out_everywhere(&self, actor: &Actor) -> Result<()> {
        session::end_all(&self.ctx, actor).await
    }

    async fn change_password(
        &self,
        actor: &Actor,
        token: Option<&str>,
        command: ChangePassword,
    ) -> Result<()> {
        sign_in::change_password(&self.ctx, actor, token, command).await
    }

    async fn find_people(&self, actor: &Actor, query: String) -> Result<Vec<PersonLine>> {
        directory::find_people(&self.ctx, actor, &query).await
    }

    async fn units(&self, actor: &Actor) -> Result<Vec<UnitLine>> {
        directory::units(&self.ctx, actor).await
    }

    async fn people(&self, actor: &Actor, query: String) -> Result<PeopleView> {
        people::view(&self.ctx, actor, &query).await
    }

    async fn create_person(&self, actor: &Actor, command: CreatePerson) -> Result<UserId> {
        people::create(&self.ctx, actor, command).await
    }

    async fn change_role(&self, actor: &Actor, command: ChangeRole) -> Result<()> {
        people::change_role(&self.ctx, actor, command).await
    }
}
