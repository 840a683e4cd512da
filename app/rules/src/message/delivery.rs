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
