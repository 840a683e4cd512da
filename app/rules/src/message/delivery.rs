//! A mail on its way: its states, why it failed, and when it is tried again.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Not tried yet, or asked for again.
    Queued,
    /// The mail server took it.
    Sent,
    /// Tried without success; tried again later.
    Failed,
    /// Not tried any more unless somebody asks.
    GivenUp,
}

/// How far a message has come on its way to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// In the inbox only: no mail was written, as mails are off or the reader has no address.
    Site,
    /// There is a mail, not tried yet.
    Queued,
    /// The mail server took the mail.
    Sent,
    /// The mail is tried again later.
    Failed,
    /// The mail is not tried any more unless somebody asks.
    GivenUp,
}

impl Reach {
    /// From waiting to given up, the inbox last.
    pub const ALL: [Reach; 5] = [
        Reach::Queued,
        Reach::Sent,
        Reach::Failed,
        Reach::GivenUp,
        Reach::Site,
    ];

    /// Of a message whose mail stands there; `None` for one without a mail.
    pub const fn of(mail: Option<DeliveryState>) -> Self {
        match mail {
            None => Reach::Site,
            Some(DeliveryState::Queued) => Reach::Queued,
            Some(DeliveryState::Sent) => Reach::Sent,
            Some(DeliveryState::Failed) => Reach::Failed,
            Some(DeliveryState::GivenUp) => Reach::GivenUp,
        }
    }

    /// Where the mail stands; `None` where there is none.
    pub const fn mail(self) -> Option<DeliveryState> {
        match self {
            Reach::Site => None,
            Reach::Queued => Some(DeliveryState::Queued),
            Reach::Sent => Some(DeliveryState::Sent),
            Reach::Failed => Some(DeliveryState::Failed),
            Reach::GivenUp => Some(DeliveryState::GivenUp),
        }
    }

    /// The word of an address: `?state=given_up`.
    pub const fn slug(self) -> &'static str {
        match self {
            Reach::Site => "site",
            Reach::Queued => "queued",
            Reach::Sent => "sent",
            Reach::Failed => "failed",
            Reach::GivenUp => "given_up",
        }
    }

    /// The mail did not go out, so that it can be asked for again.
    pub const fn is_undelivered(self) -> bool {
        matches!(self, Reach::Failed | Reach::GivenUp)
    }
}

/// Why a mail did not go out, as far as a person is told: the server's own words stay in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailFailure {
    /// No connection, or it broke.
    Unreachable,
    /// The server asks to come again.
    Busy,
    /// The server does not let this site send.
    Credentials,
    /// The server will not take this mail: mostly an address that does not exist.
    Refused,
    /// The address is none, or the mail could not be written.
    Malformed,
}

impl MailFailure {
    /// Every class.
    pub const ALL: [MailFailure; 5] = [
        MailFailure::Unreachable,
        MailFailure::Busy,
        MailFailure::Credentials,
        MailFailure::Refused,
        MailFailure::Malformed,
    ];

    /// Another try may help without anybody changing the address.
    const fn may_pass(self) -> bool {
        matches!(
            self,
            MailFailure::Unreachable | MailFailure::Busy | MailFailure::Credentials
        )
    }
}

/// Minutes between tries. They add up to five days, longer than a long weekend without anybody at the mail server.
const WAITS: [i64; 12] = [1, 2, 5, 15, 30, 60, 180, 360, 720, 1440, 1440, 2880];
/// Tries of a mail the server refused: the second and third are for servers that refuse everybody new at first.
const REFUSED_TRIES: u32 = 3;

/// How long to wait after the try number `attempts` (from 1) failed; `None` to give up.
pub fn retry_after(attempts: u32, failure: MailFailure) -> Option<TimeDelta> {
    if !failure.may_pass() && attempts >= REFUSED_TRIES {
        return None;
    }
    let index = usize::try_from(attempts.saturating_sub(1)).ok()?;
    WAITS.get(index).map(|minutes| TimeDelta::minutes(*minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<i64> = (1..)
            .map_while(|attempts| retry_after(attempts, MailFailure::Unreachable))
            .map(|wait| wait.num_minutes())
            .collect();
        assert_eq!(waits.first(), Some(&1));
        assert!(waits.is_sorted(), "{waits:?}");
        let total: i64 = waits.iter().sum();
        assert!(
            total >= 4 * 24 * 60,
            "a server down over a long weekend loses nothing"
        );
        assert_eq!(retry_after(13, MailFailure::Busy), None);
    }

    #[test]
    fn every_reach_is_that_of_its_mail() {
        for reach in Reach::ALL {
            assert_eq!(Reach::of(reach.mail()), reach);
            assert_eq!(
                serde_json::json!(reach),
                reach.slug(),
                "one word in addresses and calls"
            );
        }
    }

    #[test]
    fn a_refused_mail_is_not_tried_for_days() {
        for failure in [MailFailure::Refused, MailFailure::Malformed] {
            assert!(retry_after(2, failure).is_some());
            assert_eq!(retry_after(3, failure), None, "{failure:?}");
        }
        assert!(
            retry_after(3, MailFailure::Credentials).is_some(),
            "the operator may mend it"
        );
    }
}
