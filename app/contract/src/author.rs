//! Co-authors: inviting them, and their answers.

use async_trait::async_trait;
use rules::account::Actor;
use rules::id::{CommandKey, EntryId, InvitationId, UserId, Version};
use rules::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};

use crate::Result;

/// Who is invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Invitee {
    /// Somebody of the directory.
    Person { user: UserId },
    /// Somebody known by an e-mail address. An address of the directory is the person it belongs to.
    Email { full_name: String, email: String },
}

/// Invites a co-author, for the first time or again. Who is not an author of the entry yet becomes one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InviteCoAuthor {
    pub key: CommandKey,
    pub entry: EntryId,
    /// Of the entry.
    pub expected: Version,
    pub invitee: Invitee,
}

/// Takes an invitation back; its link opens nothing any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawInvitation {
    pub key: CommandKey,
    pub entry: EntryId,
    pub invitation: InvitationId,
    /// Of the invitation.
    pub expected: Version,
}

/// Answers the invitation behind a link, with or without an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerInvitation {
    pub key: CommandKey,
    /// The link's secret.
    pub token: String,
    /// Of the invitation.
    pub expected: Version,
    pub accepted: bool,
}

/// Answers an invitation to the signed-in person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerOwnInvitation {
    pub key: CommandKey,
    pub invitation: InvitationId,
    /// Of the invitation.
    pub expected: Version,
    pub accepted: bool,
}

/// What an invitation is good for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStanding {
    /// It can be answered.
    Open,
    Accepted,
    Declined,
    /// Taken back, or its author was taken out of the entry.
    Withdrawn,
    Expired,
    /// The entry is submitted or withdrawn, or the contest takes no entries any more.
    Closed,
}

/// An invitation as the person invited sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    pub invitation: InvitationId,
    pub version: Version,
    pub standing: InvitationStanding,
    pub contest_slug: String,
    pub contest_name: String,
    /// Title of the entry, maybe empty; only while the invitation is open or accepted.
    pub title: Option<String>,
    /// Who invites; only while the invitation is open or accepted.
    pub inviter: Option<String>,
    /// Whom the invitation is for, as the authors wrote it.
    pub invitee: String,
    pub expires_at: Timestamp,
    pub now: Timestamp,
    pub zone: Zone,
    /// The account that accepting is tied to; `None` for a visitor who is not signed in.
    pub account: Option<String>,
    /// The invitation went to another account than the viewer's.
    pub somebody_else: bool,
    /// The entry, where the viewer may open it.
    pub entry: Option<EntryId>,
    pub key: CommandKey,
}

/// Invitations of co-authors.
#[async_trait]
pub trait AuthorService: Send + Sync {
    /// Invites a co-author. Errors: `Rule(Excluded)` with the reason, `Rule(Invitation)`.
    async fn invite(&self, actor: &Actor, command: InviteCoAuthor) -> Result<InvitationId>;
    /// Takes an invitation back.
    async fn withdraw_invitation(&self, actor: &Actor, command: WithdrawInvitation) -> Result<()>;
    /// The invitation behind a link; `NotFound(Invitation)` for a secret that is none, or no longer.
    async fn invitation(&self, actor: &Actor, token: String) -> Result<InvitationView>;
    /// Answers the invitation behind a link. Who is signed in is tied to the entry with their account.
    async fn answer(&self, actor: &Actor, command: AnswerInvitation) -> Result<()>;
    /// The viewer's open invitations; at most 100.
    async fn own_invitations(&self, actor: &Actor) -> Result<Vec<InvitationView>>;
    /// Answers one of them.
    async fn answer_own(&self, actor: &Actor, command: AnswerOwnInvitation) -> Result<()>;
}
