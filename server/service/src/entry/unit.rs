//! The unit's desk: board, list with reserves, comments of a return, slips, and every unit for the
//! organiser.

mod board;
mod desk;
pub(super) mod order;
mod overview;
pub(super) mod returns;
pub(super) mod slip;

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::unit::{
    MendNote, OrderDraft, ReturnsView, SaveUnitOrder, SlipView, TakeUp, UnitDeskView, UnitService,
    UnitsFilter, UnitsView,
};
use rules::account::Actor;
use rules::id::{EntryId, SlipId, UnitId};

use super::screen;
use crate::ctx::Ctx;

/// The service of units' desks.
pub struct UnitDesks {
    ctx: Arc<Ctx>,
}

impl UnitDesks {
    /// The service on its surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl UnitService for UnitDesks {
    async fn desk(&self, actor: &Actor, slug: String, unit: Option<UnitId>) -> Result<UnitDeskView> {
        desk::view(&self.ctx, actor, &slug, unit).await
    }

    async fn save_order(&self, actor: &Actor, command: SaveUnitOrder) -> Result<OrderDraft> {
        order::save(&self.ctx, actor, command).await
    }

    async fn take_up(&self, actor: &Actor, command: TakeUp) -> Result<()> {
        screen::take_up(&self.ctx, actor, command).await
    }

    async fn returns(&self, actor: &Actor, entry: EntryId) -> Result<ReturnsView> {
        returns::view(&self.ctx, actor, entry).await
    }

    async fn mend(&self, actor: &Actor, command: MendNote) -> Result<ReturnsView> {
        returns::mend(&self.ctx, actor, command).await
    }

    async fn slip(&self, actor: &Actor, slip: SlipId) -> Result<SlipView> {
        slip::view(&self.ctx, actor, slip).await
    }

    async fn units(&self, actor: &Actor, slug: String, filter: UnitsFilter) -> Result<UnitsView> {
        overview::view(&self.ctx, actor, &slug, filter).await
    }
}
