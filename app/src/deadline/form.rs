//! The organiser's forms as they are posted: flat texts, read by the server.

use rules::id::{CommandKey, ContestId, EntryId, ExtensionId, UnitId};
use serde::{Deserialize, Serialize};

/// Gives more time; day and time of day are meant in the contest's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GiveForm {
    pub key: CommandKey,
    pub contest: ContestId,
    pub slug: String,
    #[serde(default)]
    pub entry: Option<EntryId>,
    #[serde(default)]
    pub unit: Option<UnitId>,
    #[serde(default)]
    pub date: String,
    /// Empty for the end of the day.
    #[serde(default)]
    pub time: String,
    #[serde(default)]
    pub reason: String,
}

/// Takes more time back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawForm {
    pub key: CommandKey,
    pub contest: ContestId,
    pub slug: String,
    pub extension: ExtensionId,
    #[serde(default)]
    pub reason: String,
}
