//! Judging: the judges' ballots, the round desk, the live board.
//!
//! What a call may see follows from where it stands in *this* round: the seats of the jury decide, not the grants
//! ([`scope`]). What the desk may see follows from the ballots ([`sheet`]): no points before every ballot is in and
//! every deviation is settled.

mod board;
mod card;
mod deliberate;
mod desk;
mod judge_entry;
mod lock;
mod names;
mod open;
mod order;
mod queue;
mod scope;
mod sheet;
mod tie;

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::judging::{
    BoardView, ConcludeDeliberation, ConfirmPrinciples, DecideTie, DeclareConflict, JudgeEntryView,
    JudgingService, LockRound, OpenDeliberation, OpenRound, OrderView, OwnCard, PutOrder, PutScorecard,
    QueueView, RoundDeskView,
};
use rules::account::Actor;
use rules::event::EntryLabel;
use rules::id::RoundId;

use crate::ctx::Ctx;

pub(crate) use names::rename;
pub(crate) use scope::locked_tally;

/// The judging service.
pub struct Judgings {
    ctx: Arc<Ctx>,
}

impl Judgings {
    /// A service in these surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl JudgingService for Judgings {
    async fn queues(&self, actor: &Actor) -> Result<Vec<QueueView>> {
        queue::queues(&self.ctx, actor).await
    }

    async fn queue(&self, actor: &Actor, round: RoundId) -> Result<QueueView> {
        queue::queue(&self.ctx, actor, round).await
    }

    async fn confirm_principles(&self, actor: &Actor, command: ConfirmPrinciples) -> Result<()> {
        queue::confirm_principles(&self.ctx, actor, command).await
    }

    async fn judge_entry(&self, actor: &Actor, round: RoundId, label: EntryLabel) -> Result<JudgeEntryView> {
        judge_entry::judge_entry(&self.ctx, actor, round, label).await
    }

    async fn save_scorecard(&self, actor: &Actor, command: PutScorecard) -> Result<OwnCard> {
        card::save(&self.ctx, actor, command).await
    }

    async fn submit_scorecard(&self, actor: &Actor, command: PutScorecard) -> Result<OwnCard> {
        card::submit(&self.ctx, actor, command).await
    }

    async fn declare_conflict(&self, actor: &Actor, command: DeclareConflict) -> Result<()> {
        card::declare_conflict(&self.ctx, actor, command).await
    }

    async fn order(&self, actor: &Actor, round: RoundId) -> Result<OrderView> {
        order::order(&self.ctx, actor, round).await
    }

    async fn put_order(&self, actor: &Actor, command: PutOrder) -> Result<OrderView> {
        order::put_order(&self.ctx, actor, command).await
    }

    async fn round_desk(&self, actor: &Actor, round: RoundId) -> Result<RoundDeskView> {
        desk::round_desk(&self.ctx, actor, round).await
    }

    async fn open_round(&self, actor: &Actor, command: OpenRound) -> Result<()> {
        open::open_round(&self.ctx, actor, command).await
    }

    async fn open_deliberation(&self, actor: &Actor, command: OpenDeliberation) -> Result<()> {
        deliberate::open(&self.ctx, actor, command).await
    }

    async fn conclude_deliberation(&self, actor: &Actor, command: ConcludeDeliberation) -> Result<()> {
        deliberate::conclude(&self.ctx, actor, command).await
    }

    async fn decide_tie(&self, actor: &Actor, command: DecideTie) -> Result<()> {
        tie::decide_tie(&self.ctx, actor, command).await
    }

    async fn lock_round(&self, actor: &Actor, command: LockRound) -> Result<()> {
        lock::lock_round(&self.ctx, actor, command).await
    }

    async fn board(&self, actor: &Actor, slug: String) -> Result<BoardView> {
        board::board(&self.ctx, actor, slug).await
    }
}
