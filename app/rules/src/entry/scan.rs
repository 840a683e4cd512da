//! Whether a file may be handed out: what the virus scanner said of it.

use serde::{Deserialize, Serialize};

/// The scan of a file. Without a scanner every file is clean from the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scan {
    #[default]
    Clean,
    /// Not scanned yet: nobody but its authors may open the file.
    Held,
    /// Something was found: the file was removed.
    Infected,
}
