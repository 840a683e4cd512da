//! The inbox, and what became of a contest's mails.

use async_trait::async_trait;
use rules::account::Actor;
use rules::id::{CommandKey, ContestId, DeliveryId, EntryId, MessageId};
use rules::message::{MailFailure, MessageBody, MessageKind, Reach};
use rules::text::Locale;
use rules::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};

use crate::Result;

/// Which page of the inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxQuery {
    /// Only those not read.
    #[serde(default)]
    pub unread: bool,
    /// From 1.
    #[serde(default)]
    pub page: u32,
}

/// Where the mail of a message stands, as its reader is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MailStatus {
    /// Not gone out yet, or to be tried again.
    Waiting,
    Sent {
        at: Timestamp,
    },
    /// Not tried any more.
    NotSent,
}

/// A message in the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageLine {
    pub id: MessageId,
    pub body: MessageBody,
    pub entry: Option<EntryId>,
    pub contest_slug: String,
    pub contest_name: String,
    pub zone: Zone,
    /// When it happened, on the contest's own clock.
    pub at: Timestamp,
    pub read: bool,
    /// None where no mail was written: no mail server is set up, or the reader has no address.
    pub mail: Option<MailStatus>,
}

/// A page of the inbox, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxView {
    pub messages: Vec<MessageLine>,
    /// Messages that match, on all pages.
    pub total: u64,
    pub unread: u64,
    /// From 1.
    pub page: u32,
    pub pages: u32,
    pub unread_only: bool,
    /// The server's clock: "mark all read" means what was written until then.
    pub now: Timestamp,
}

/// Marks one message read, or (`None`) every one written until then. Doing it twice changes nothing, so it needs
/// neither key nor version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRead {
    #[serde(default)]
    pub message: Option<MessageId>,
    pub until: Timestamp,
}

/// Messages of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindLine {
    pub kind: MessageKind,
    pub messages: u64,
    /// Read in the site.
    pub read: u64,
    /// Mails by state.
    pub queued: u64,
    pub sent: u64,
    pub failed: u64,
    pub given_up: u64,
}

impl KindLine {
    /// Messages that have come this far.
    pub const fn reached(&self, reach: Reach) -> u64 {
        match reach {
            Reach::Queued => self.queued,
            Reach::Sent => self.sent,
            Reach::Failed => self.failed,
            Reach::GivenUp => self.given_up,
            Reach::Site => {
                let mails = self.queued + self.sent + self.failed + self.given_up;
                self.messages.saturating_sub(mails)
            }
        }
    }
}

/// A message to one reader and how far it has come; nothing of what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryLine {
    /// The mail; none where the message is in the inbox only.
    pub delivery: Option<DeliveryId>,
    pub kind: MessageKind,
    /// The reader's name, where they have an account.
    pub reader: Option<String>,
    /// Where the mail goes to, or would for a reader without an account.
    pub address: Option<String>,
    pub entry: Option<EntryId>,
    pub entry_code: Option<String>,
    /// When it happened, on the contest's own clock.
    pub at: Timestamp,
    pub reach: Reach,
    /// Tries since the mail was last put into the queue.
    pub attempts: u32,
    pub sent_at: Option<Timestamp>,
    /// Of a mail that failed and is tried again.
    pub next_attempt_at: Option<Timestamp>,
    pub failure: Option<MailFailure>,
}

/// The organiser's overview of a contest's messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveriesView {
    pub contest: ContestId,
    pub contest_slug: String,
    pub contest_name: String,
    pub zone: Zone,
    /// Only kinds of which there are messages.
    pub kinds: Vec<KindLine>,
    /// What the list is narrowed down to.
    pub reach: Option<Reach>,
    /// A page of the messages, newest first.
    pub lines: Vec<DeliveryLine>,
    /// Messages that match, on all pages.
    pub total: u64,
    /// From 1.
    pub page: u32,
    pub pages: u32,
    pub key: CommandKey,
}

/// Puts one mail that did not go out into the queue again, or (`None`) all of the contest's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResendMail {
    pub key: CommandKey,
    pub contest: ContestId,
    #[serde(default)]
    pub delivery: Option<DeliveryId>,
}

/// Messages to people. They are written by the outbox, which follows the ledger; nobody writes one by hand.
#[async_trait]
pub trait MessageService: Send + Sync {
    /// One's own messages.
    async fn inbox(&self, actor: &Actor, query: InboxQuery) -> Result<InboxView>;
    /// How many of one's own messages are not read.
    async fn unread(&self, actor: &Actor) -> Result<u64>;
    /// Marks own messages read; somebody else's stay as they are.
    async fn mark_read(&self, actor: &Actor, command: MarkRead) -> Result<()>;
    /// What became of a contest's messages (organiser), narrowed down to those that have come so far. `page` from 1.
    async fn deliveries(
        &self,
        actor: &Actor,
        slug: String,
        reach: Option<Reach>,
        page: u32,
    ) -> Result<DeliveriesView>;
    /// Sends mails again that did not go out; gives how many.
    async fn resend(&self, actor: &Actor, command: ResendMail) -> Result<u64>;
    /// Sets the language the person is written to in.
    async fn set_language(&self, actor: &Actor, language: Locale) -> Result<()>;
}
