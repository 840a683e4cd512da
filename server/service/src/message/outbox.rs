//! The consumer of the ledgers: turns events into messages, once, and reminds of deadlines.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contract::Result;
use rules::id::ContestId;
use rules::time::Timestamp;
use store::message::NewMessage;
use tokio::sync::Notify;

use super::{compose, deadline};
use crate::ctx::Ctx;
use crate::error::Fault;

/// Events turned into messages in one transaction.
const BATCH: u64 = 100;
/// A commit that nobody was told of (another node's, a lost notification) is found after this time.
const POLL: Duration = Duration::from_secs(5);
/// Deadlines are looked at this often.
const REMIND_EVERY: TimeDelta = TimeDelta::minutes(10);

/// Writes messages. Any number may run on one database; each event is turned into messages once.
pub struct Outbox {
    ctx: Arc<Ctx>,
    /// Mails are written too.
    mailing: bool,
    /// Rung when there may be mails to send.
    mails: Arc<Notify>,
}

impl Outbox {
    /// An outbox that writes mails where `mailing`; without it messages stay in the site.
    pub fn new(ctx: Arc<Ctx>, mailing: bool) -> Self {
        Self {
            ctx,
            mailing,
            mails: Arc::default(),
        }
    }

    /// Rung when there may be mails to send.
    pub fn mails(&self) -> Arc<Notify> {
        self.mails.clone()
    }

    /// Follows the ledgers for as long as the process runs.
    pub async fn run(self) {
        let mut reminded: Option<Timestamp> = None;
        loop {
            // what went wrong is logged where it did; the cursor stands, and the next turn tries again
            let _ = self.catch_up().await;
            let now = self.ctx.now();
            if reminded.is_none_or(|last| now - last >= REMIND_EVERY) {
                reminded = Some(now);
                let _ = self.remind().await;
            }
            // a timeout is as good as a commit
            let _ = tokio::time::timeout(POLL, self.ctx.hub.committed()).await;
        }
    }

    /// Turns everything committed so far into messages; gives how many were written. One contest that cannot be read
    /// does not hold the others up.
    ///
    /// # Errors
    /// The store cannot be read at all.
    pub async fn catch_up(&self) -> Result<u64> {
        let behind = store::message::behind(self.ctx.store.read()).await.fault()?;
        let mut written = 0;
        for (contest, from) in behind {
            match self.follow(contest, from).await {
                Ok(count) => written += count,
                Err(error) => tracing::error!(%contest, %error, "the outbox stands still"),
            }
        }
        if written > 0 {
            self.mails.notify_one();
        }
        Ok(written)
    }

    /// Writes the reminders that are due; gives how many were new. One contest that cannot be read does not keep the
    /// others from theirs.
    ///
    /// # Errors
    /// The store cannot be read at all.
    pub async fn remind(&self) -> Result<u64> {
        let open = store::message::open_contests(self.ctx.store.read())
            .await
            .fault()?;
        let mut written = 0;
        for contest in open {
            match self.remind_in(contest).await {
                Ok(count) => written += count,
                Err(error) => tracing::error!(%contest, %error, "nobody is reminded"),
            }
        }
        if written > 0 {
            self.mails.notify_one();
        }
        Ok(written)
    }

    async fn remind_in(&self, contest: ContestId) -> Result<u64> {
        let row = store::contest::by_id(self.ctx.store.read(), contest)
            .await
            .fault()?;
        let Some(row) = row else {
            return Ok(0);
        };
        let drafts = deadline::reminders(&self.ctx, &row).await?;
        if drafts.is_empty() {
            return Ok(0);
        }
        let messages = compose::address(&self.ctx, &row, drafts, self.mailing).await?;
        let tx = self.ctx.store.write(None).await.fault()?;
        let written = self.store(&tx, &messages).await?;
        tx.commit().await.fault()?;
        Ok(written)
    }

    async fn follow(&self, contest: ContestId, mut from: i64) -> Result<u64> {
        let mut written = 0;
        loop {
            let db = self.ctx.store.read();
            let events = store::ledger::events_after(db, contest, from, BATCH)
                .await
                .fault()?;
            let Some(to) = events.last().map(|event| event.seq) else {
                return Ok(written);
            };
            let Some(row) = store::contest::by_id(db, contest).await.fault()? else {
                return Ok(written);
            };
            // read before the transaction, so that it holds up nobody's writes on SQLite
            let drafts = compose::compose(&self.ctx, &row, &events).await?;
            let messages = compose::address(&self.ctx, &row, drafts, self.mailing).await?;
            let tx = self.ctx.store.write(None).await.fault()?;
            if !store::message::advance(tx.conn(), contest, from, to)
                .await
                .fault()?
            {
                // another node was first; these messages are its
                tx.rollback().await.fault()?;
                return Ok(written);
            }
            written += self.store(&tx, &messages).await?;
            tx.commit().await.fault()?;
            from = to;
        }
    }

    async fn store(&self, tx: &store::Tx, messages: &[NewMessage]) -> Result<u64> {
        store::message::insert(tx.conn(), messages, self.ctx.now())
            .await
            .fault()
    }
}
