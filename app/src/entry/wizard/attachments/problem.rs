//! Why a file was not taken, in words.

use contract::Error;

use crate::text::{bytes_text, error_text, word};

/// Why a file was not taken.
#[derive(Clone, Debug)]
pub enum Problem {
    /// Larger than so many bytes; said before anything was sent.
    TooLarge(String, u64),
    Empty(String),
    /// The server said no; without a name where a plain form was posted.
    Refused(Option<String>, Error),
}

impl Problem {
    /// The sentence for it, with the file's name.
    pub fn text(&self) -> String {
        match self {
            Problem::TooLarge(name, limit) => {
                word!(
                    entry.files.too_large,
                    name = name.clone(),
                    limit = bytes_text(*limit)
                )
            }
            Problem::Empty(name) => word!(entry.files.empty, name = name.clone()),
            Problem::Refused(name, error) => {
                let text = match error {
                    Error::Invalid(_) => word!(entry.files.broken),
                    error => error_text(error),
                };
                name.as_ref()
                    .map_or_else(|| text.clone(), |name| format!("{name}: {text}"))
            }
        }
    }
}
