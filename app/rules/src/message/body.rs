//! What a message says. The words are the reader's language's; the facts are here, frozen when the message was made.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::contest::MilestoneCode;
use crate::id::{EntryId, InvitationId, UnitId};
use crate::time::Timestamp;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Asked to be a co-author.
    Invitation,
    /// To authors: the entry was taken.
    Receipt,
    /// To the unit: an entry came in.
    EntryReceived,
    Returned,
    KeptBack,
    Forwarded,
    Accepted,
    Rejected,
    /// To authors: an entry not handed in yet.
    DeadlineNear,
    /// To the unit: fewer entries forwarded than it must.
    ForwardDeadlineNear,
    ResultPublished,
}

impl MessageKind {
    /// Every kind, in the order of an entry's path.
    pub const ALL: [MessageKind; 11] = [
        MessageKind::Invitation,
        MessageKind::Receipt,
        MessageKind::EntryReceived,
        MessageKind::Returned,
        MessageKind::KeptBack,
        MessageKind::Forwarded,
        MessageKind::Accepted,
        MessageKind::Rejected,
        MessageKind::DeadlineNear,
        MessageKind::ForwardDeadlineNear,
        MessageKind::ResultPublished,
    ];

    /// The stored word, also the name of the mail's template.
    pub const fn slug(self) -> &'static str {
        match self {
            MessageKind::Invitation => "invitation",
            MessageKind::Receipt => "receipt",
            MessageKind::EntryReceived => "entry_received",
            MessageKind::Returned => "returned",
            MessageKind::KeptBack => "kept_back",
            MessageKind::Forwarded => "forwarded",
            MessageKind::Accepted => "accepted",
            MessageKind::Rejected => "rejected",
            MessageKind::DeadlineNear => "deadline_near",
            MessageKind::ForwardDeadlineNear => "forward_deadline_near",
            MessageKind::ResultPublished => "result_published",
        }
    }
}

/// An entry whose deadline is near.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearEntry {
    pub entry: EntryId,
    /// May be empty: a draft need not have a title.
    pub title: String,
}

/// The facts of a message. Nothing its reader may not see: no score, no blind code, no judge, no state inside a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MessageBody {
    Invitation {
        /// Its link has a secret, which only the mail carries.
        invitation: InvitationId,
        title: String,
        /// Full name of who invites.
        inviter: String,
        expires_at: Timestamp,
    },
    Receipt {
        title: String,
        code: String,
        /// SHA-256 of what was submitted, hex.
        content_hash: String,
        /// From 1; more for an entry submitted again.
        revision: i64,
    },
    EntryReceived {
        title: String,
        code: String,
        unit_name: String,
        revision: i64,
    },
    Returned {
        title: String,
        code: String,
        reason: String,
        due: Option<Timestamp>,
    },
    KeptBack {
        title: String,
        code: String,
        reason: String,
    },
    Forwarded {
        title: String,
        code: String,
        unit_name: String,
    },
    Accepted {
        title: String,
        code: String,
    },
    Rejected {
        title: String,
        code: String,
        reason: String,
    },
    DeadlineNear {
        entries: Vec<NearEntry>,
        milestone: MilestoneCode,
        deadline: Timestamp,
    },
    ForwardDeadlineNear {
        unit: UnitId,
        unit_name: String,
        forwarded: u32,
        /// How many the unit must forward at least.
        needed: u32,
        milestone: MilestoneCode,
        deadline: Timestamp,
    },
    ResultPublished {
        title: String,
        code: String,
        /// Name of the prize won; none for no prize.
        prize: Option<String>,
        /// Number and symbol of the decision as printed, e.g. `181/QĐ-KKT`.
        decision: String,
        issued_on: NaiveDate,
    },
}

impl MessageBody {
    /// What it is about.
    pub const fn kind(&self) -> MessageKind {
        match self {
            MessageBody::Invitation { .. } => MessageKind::Invitation,
            MessageBody::Receipt { .. } => MessageKind::Receipt,
            MessageBody::EntryReceived { .. } => MessageKind::EntryReceived,
            MessageBody::Returned { .. } => MessageKind::Returned,
            MessageBody::KeptBack { .. } => MessageKind::KeptBack,
            MessageBody::Forwarded { .. } => MessageKind::Forwarded,
            MessageBody::Accepted { .. } => MessageKind::Accepted,
            MessageBody::Rejected { .. } => MessageKind::Rejected,
            MessageBody::DeadlineNear { .. } => MessageKind::DeadlineNear,
            MessageBody::ForwardDeadlineNear { .. } => MessageKind::ForwardDeadlineNear,
            MessageBody::ResultPublished { .. } => MessageKind::ResultPublished,
        }
    }

    /// The page of this site the message leads to, as a path. `entry` is the entry it is about, `slug` its contest's
    /// address; readers without an account (`signed_in` false) are led to pages open to everybody. The mail of an
    /// invitation leads to the invitation's own link instead.
    pub fn page(&self, slug: &str, entry: Option<EntryId>, signed_in: bool) -> String {
        let contest = || format!("/contests/{slug}");
        if !signed_in {
            return match self {
                MessageBody::ResultPublished { .. } => format!("/contests/{slug}/result"),
                _ => contest(),
            };
        }
        match self {
            MessageBody::Invitation { .. } => "/entries".to_owned(),
            MessageBody::Receipt { .. }
            | MessageBody::KeptBack { .. }
            | MessageBody::Forwarded { .. }
            | MessageBody::Accepted { .. }
            | MessageBody::Rejected { .. } => entry.map_or_else(contest, |entry| format!("/entries/{entry}")),
            MessageBody::Returned { .. } => {
                entry.map_or_else(contest, |entry| format!("/entries/{entry}/review"))
            }
            MessageBody::EntryReceived { .. } => {
                entry.map_or_else(contest, |entry| format!("/entries/{entry}/detail"))
            }
            MessageBody::DeadlineNear { entries, .. } => match &entries[..] {
                [one] => format!("/entries/{}/review", one.entry),
                _ => "/entries".to_owned(),
            },
            MessageBody::ForwardDeadlineNear { unit, .. } => format!("/contests/{slug}/unit?unit={unit}"),
            MessageBody::ResultPublished { .. } => format!("/contests/{slug}/result"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slug_is_the_stored_word() {
        for kind in MessageKind::ALL {
            assert_eq!(
                serde_json::to_value(kind).expect("a word"),
                serde_json::json!(kind.slug())
            );
        }
    }

    #[test]
    fn readers_without_an_account_are_led_to_public_pages() {
        let entry = Some(EntryId(uuid::Uuid::nil()));
        let accepted = MessageBody::Accepted {
            title: "T".into(),
            code: "C".into(),
        };
        assert_eq!(accepted.page("kt", entry, false), "/contests/kt");
        assert_eq!(
            accepted.page("kt", entry, true),
            "/entries/00000000-0000-0000-0000-000000000000"
        );
        let invitation = MessageBody::Invitation {
            invitation: InvitationId(uuid::Uuid::nil()),
            title: "T".into(),
            inviter: "A".into(),
            expires_at: chrono::DateTime::UNIX_EPOCH,
        };
        assert_eq!(
            invitation.page("kt", entry, true),
            "/entries",
            "where it can be answered"
        );
    }
}
