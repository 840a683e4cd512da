//! Entries that came otherwise than through the wizard (domain.md 2.1: paper, through a unit, or by e-mail).

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// How an entry came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Paper,
    Email,
    /// On a disc or a memory stick.
    Disc,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Channel; 3] = [Channel::Paper, Channel::Email, Channel::Disc];

    /// The form's value, stable across languages.
    pub fn slug(self) -> &'static str {
        match self {
            Channel::Paper => "paper",
            Channel::Email => "email",
            Channel::Disc => "disc",
        }
    }

    /// The channel of a form's value, or of a cell of an imported table in either language.
    pub fn from_word(word: &str) -> Option<Self> {
        match crate::text::fold(word).as_str() {
            "paper" | "giay" | "ban giay" | "truc tiep" | "buu dien" => Some(Channel::Paper),
            "email" | "e-mail" | "thu dien tu" => Some(Channel::Email),
            "disc" | "dia" | "dia cd" | "cd" | "usb" => Some(Channel::Disc),
            _ => None,
        }
    }
}

/// Whether registering an entry needs a reason: it was received after the deadline. The last instant is in time.
pub fn needs_reason(received_at: Timestamp, deadline: Option<Timestamp>) -> bool {
    deadline.is_some_and(|deadline| received_at > deadline)
}
