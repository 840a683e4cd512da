//! Identifiers: one type for each thing, so that an entry's id cannot stand where a judge's is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Wraps a UUID made elsewhere: fresh ids are parameters of the rules.
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID itself.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdProblem;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text.trim()).map(Self).map_err(|_| IdProblem)
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

ids! {
    /// A contest (cuộc thi).
    ContestId;
    /// A judged round of a contest (vòng chấm).
    RoundId;
    /// An entry (bài dự thi).
    EntryId;
    /// A person with an account.
    UserId;
    /// An organisational unit (cơ quan, đơn vị).
    UnitId;
    /// One judge's scorecard for one entry in one round (phiếu chấm điểm).
    ScorecardId;
    /// A file that belongs to an entry.
    AttachmentId;
    /// A file on its way, in pieces.
    UploadId;
    /// A signed document: plan, decision, minutes.
    DocumentId;
    /// More time given to one entry or unit.
    ExtensionId;
    /// A role held by a person.
    GrantId;
    /// A recorded discussion of a score deviation (hội ý).
    DeliberationId;
    /// A forwarding slip of a unit (phiếu gửi bài).
    SlipId;
    /// A message to one reader (thông báo).
    MessageId;
    /// A message's way out by mail.
    DeliveryId;
    /// An invitation to be a co-author of an entry.
    InvitationId;
    /// Idempotency key of one command: the same key twice is one change.
    CommandKey;
}

/// The text is not a UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("not an identifier")]
pub struct IdProblem;

/// Version of a stored thing. A write names the version it was made from; another version is a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub i64);

impl Version {
    /// The version of a thing just made.
    pub const FIRST: Version = Version(1);

    /// The version after one more change.
    #[must_use]
    pub const fn next(self) -> Version {
        Version(self.0.saturating_add(1))
    }
}

impl Default for Version {
    fn default() -> Self {
        Self::FIRST
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
