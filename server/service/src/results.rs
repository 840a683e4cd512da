//! From the locked ranking to the published result: prizes, the decision, the record.

mod decision;
mod desk;
mod final_round;
mod lines;
mod prizes;
mod published;
mod record;

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::results::{ProposePrizes, RecordDecision, ResultView, ResultsDeskView, ResultsService};
use rules::account::Actor;
use rules::record::ContestRecord;

use crate::ctx::Ctx;

/// The results service.
pub struct Results {
    ctx: Arc<Ctx>,
}

impl Results {
    /// A service in these surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl ResultsService for Results {
    async fn desk(&self, actor: &Actor, slug: String) -> Result<ResultsDeskView> {
        desk::desk(&self.ctx, actor, slug).await
    }

    async fn propose_prizes(&self, actor: &Actor, command: ProposePrizes) -> Result<()> {
        prizes::propose_prizes(&self.ctx, actor, command).await
    }

    async fn record_decision(&self, actor: &Actor, command: RecordDecision) -> Result<()> {
        decision::record_decision(&self.ctx, actor, command).await
    }

    async fn result(&self, actor: &Actor, slug: String) -> Result<ResultView> {
        published::result(&self.ctx, actor, slug).await
    }

    async fn export_record(&self, actor: &Actor, slug: String) -> Result<ContestRecord> {
        record::export_record(&self.ctx, actor, slug).await
    }
}
