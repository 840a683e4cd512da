//! Mails on their way: takes those that are due, writes each in its reader's language, hands it to the mail server.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contract::Result;
use futures::StreamExt;
use rules::id::ContestId;
use rules::message::{MailFailure, MessageBody, retry_after};
use store::contest::ContestRow;
use store::message::Claimed;
use tokio::sync::Notify;

use super::letter::{LetterHead, letter};
use super::transport::MailTransport;
use crate::ctx::Ctx;
use crate::error::Fault;

/// Mails taken at once.
const BATCH: u64 = 8;
/// Mails handed over at once: connections to the mail server.
const AT_ONCE: usize = 4;
/// Longer than handing over a batch can take: until then nobody else tries the same mails.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// Mails to be tried again are looked for this often.
const POLL: Duration = Duration::from_secs(5);

/// What one round of deliveries came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: u32,
    pub failed: u32,
}

/// Sends mails. Several may run on one database; a mail is taken by one at a time.
pub struct Postman {
    ctx: Arc<Ctx>,
    transport: Arc<dyn MailTransport>,
    head: LetterHead,
}

impl Postman {
    /// A postman with a way to the mail server.
    pub fn new(ctx: Arc<Ctx>, transport: Arc<dyn MailTransport>, head: LetterHead) -> Self {
        Self { ctx, transport, head }
    }

    /// Sends mails for as long as the process runs; `mails` says when there may be new ones.
    pub async fn run(self, mails: Arc<Notify>) {
        loop {
            // what went wrong is logged; mails stay in the queue
            let _ = self.deliver().await;
            let _ = tokio::time::timeout(POLL, mails.notified()).await;
        }
    }

    /// Tries every mail that is due. Stops early where the server cannot be reached at all: the rest keep their tries.
    ///
    /// # Errors
    /// The store cannot be read or written.
    pub async fn deliver(&self) -> Result<Delivered> {
        let mut all = Delivered::default();
        loop {
            let db = self.ctx.store.read();
            let now = self.ctx.now();
            if !store::message::is_due(db, now).await.fault()? {
                return Ok(all);
            }
            let claimed = store::message::claim(db, now, now + LEASE, BATCH).await.fault()?;
            let contests = store::contest::by_ids(db, claimed.iter().map(|mail| mail.contest))
                .await
                .fault()?;
            let contests: BTreeMap<ContestId, ContestRow> =
                contests.into_iter().map(|row| (row.id, row)).collect();
            let tried = claimed.len();
            let outcomes: Vec<Result<Option<MailFailure>>> = futures::stream::iter(claimed)
                .map(|mail| self.send(mail, &contests))
                .buffer_unordered(AT_ONCE)
                .collect()
                .await;
            let mut unreachable = 0;
            for outcome in outcomes {
                match outcome? {
                    None => all.sent += 1,
                    Some(failure) => {
                        all.failed += 1;
                        unreachable += usize::from(failure == MailFailure::Unreachable);
                    }
                }
            }
            if tried == 0 || unreachable == tried {
                return Ok(all);
            }
        }
    }

    async fn send(
        &self,
        mail: Claimed,
        contests: &BTreeMap<ContestId, ContestRow>,
    ) -> Result<Option<MailFailure>> {
        let db = self.ctx.store.read();
        let mut link = None;
        if let MessageBody::Invitation { invitation, .. } = mail.body {
            match crate::entry::invitation_mail(&self.ctx, invitation).await? {
                Some(invited) => link = Some(invited.path),
                None => {
                    // answered, taken back or run out meanwhile
                    store::message::not_needed(db, mail.id).await.fault()?;
                    return Ok(None);
                }
            }
        }
        let written = contests
            .get(&mail.contest)
            .ok_or(MailFailure::Malformed)
            .and_then(|contest| letter(&self.head, contest, &mail, link, self.ctx.now()));
        let outcome = match &written {
            Ok(letter) => self.transport.send(letter).await,
            Err(failure) => Err(*failure),
        };
        let now = self.ctx.now();
        match outcome {
            Ok(()) => {
                store::message::gone_out(db, mail.id, now).await.fault()?;
                Ok(None)
            }
            Err(failure) => {
                let next = retry_after(mail.attempt, failure).map(|wait| now + wait);
                tracing::warn!(delivery = %mail.id, attempt = mail.attempt, ?failure, given_up = next.is_none(), "a mail did not go out");
                store::message::failed(db, mail.id, mail.attempt, failure, next)
                    .await
                    .fault()?;
                Ok(Some(failure))
            }
        }
    }
}
