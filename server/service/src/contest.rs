//! Contests: the public pages, the set-up, juries, the control room, and results of the past.

mod card;
mod control;
mod create;
mod historical;
mod jury;
mod open;
mod pending;
mod public;
mod section;
mod setup;

use std::sync::Arc;

use async_trait::async_trait;
use contract::contest::{
    AppointJudge, ContestCard, ContestService, ControlRoomView, CreateContest, HomeView, OpenContest,
    PublicContestView, RemoveJudge, SaveSetup, SetupView,
};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::id::Version;
use store::contest::ContestRow;

pub(crate) use card::card;
pub use card::cards;
pub use historical::{HistoricalEntry, HistoricalResult, enter_historical_result};

use crate::actor::in_contest;
use crate::ctx::Ctx;
use crate::error::Fault;

/// The contest service.
pub struct Contests {
    ctx: Arc<Ctx>,
}

impl Contests {
    /// A service on these surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl ContestService for Contests {
    async fn home(&self, _actor: &Actor) -> Result<HomeView> {
        public::home(&self.ctx).await
    }

    async fn public_contest(&self, actor: &Actor, slug: String) -> Result<PublicContestView> {
        public::contest(&self.ctx, actor, &slug).await
    }

    async fn managed(&self, actor: &Actor) -> Result<Vec<ContestCard>> {
        card::managed(&self.ctx, actor).await
    }

    async fn create(&self, actor: &Actor, command: CreateContest) -> Result<String> {
        create::create(&self.ctx, actor, command).await
    }

    async fn setup(&self, actor: &Actor, slug: String) -> Result<SetupView> {
        setup::view(&self.ctx, actor, &slug).await
    }

    async fn save_setup(&self, actor: &Actor, command: SaveSetup) -> Result<Version> {
        setup::save(&self.ctx, actor, command).await
    }

    async fn appoint_judge(&self, actor: &Actor, command: AppointJudge) -> Result<()> {
        jury::appoint(&self.ctx, actor, command).await
    }

    async fn remove_judge(&self, actor: &Actor, command: RemoveJudge) -> Result<()> {
        jury::remove(&self.ctx, actor, command).await
    }

    async fn open(&self, actor: &Actor, command: OpenContest) -> Result<()> {
        open::open(&self.ctx, actor, command).await
    }

    async fn control_room(&self, actor: &Actor, slug: String) -> Result<ControlRoomView> {
        control::view(&self.ctx, actor, &slug).await
    }
}

/// A contest by its address part, for somebody who may do `action` with it.
///
/// # Errors
/// `NotFound` where there is none, or it is a draft that the caller may not know of; `Denied` else.
pub(crate) async fn for_action(ctx: &Ctx, actor: &Actor, slug: &str, action: Action) -> Result<ContestRow> {
    let row = store::contest::by_slug(ctx.store.read(), slug).await.fault()?;
    let row = row.ok_or(Error::NotFound(Kind::Contest))?;
    allowed(actor, action, &row)?;
    Ok(row)
}

/// Asks the table about a contest; a draft does not exist for those who have no part in it.
pub(crate) fn allowed(actor: &Actor, action: Action, row: &ContestRow) -> Result<()> {
    in_contest(actor, action, row.id, row.phase).map_err(|denied| {
        let known = row.phase.is_public() || in_contest(actor, Action::SeeSetup, row.id, row.phase).is_ok();
        if known {
            denied
        } else {
            Error::NotFound(Kind::Contest)
        }
    })
}
