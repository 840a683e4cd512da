//! The store's edge: enums as their serde words, documents as JSON, times to the microsecond.

use rules::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Result};

/// The stored word of a unit-variant enum, its serde name.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        // only enums of plain words are stored this way; a test of each enum would fail at once
        other => format!("{other:?}"),
    }
}

/// Reads a stored word back.
pub(crate) fn from_word<T: DeserializeOwned>(what: &'static str, word: &str) -> Result<T> {
    serde_json::from_value(Value::String(word.to_owned())).map_err(|cause| Error::Unreadable {
        what,
        cause: cause.to_string(),
    })
}

/// A document column.
pub(crate) fn json<T: Serialize>(what: &'static str, value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|cause| Error::Unreadable {
        what,
        cause: cause.to_string(),
    })
}

/// Reads a document column back.
pub(crate) fn from_json<T: DeserializeOwned>(what: &'static str, value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|cause| Error::Unreadable {
        what,
        cause: cause.to_string(),
    })
}

/// Postgres keeps microseconds and SQLite more; cutting at the edge keeps a value equal to itself read back.
pub(crate) fn micros(at: Timestamp) -> Timestamp {
    use chrono::SubsecRound;
    at.trunc_subsecs(6)
}
