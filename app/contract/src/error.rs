//! The error that crosses the wire, typed; the UI translates it exhaustively.

use rules::Violation;
use rules::account::Denied;
use rules::id::Version;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use uuid::Uuid;

/// Names one logged fault, so that a person can quote it and an operator can find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ErrorId(pub Uuid);

/// What was not found. 404 also answers where the viewer may not know that it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Page,
    Contest,
    Entry,
    Round,
    Person,
    Unit,
    Attachment,
    Invitation,
    Result,
}

/// What is wrong with a typed value, where no rule of a slice says it better.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum FieldProblem {
    Missing,
    TooLong {
        max: u32,
    },
    Malformed,
    /// Somebody or something has this value already.
    Taken,
    NotANumber,
    NotADate,
    /// User name or password do not match; which one is not said.
    WrongCredentials,
}

/// A message beside a field. `field` is the form field's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub problem: FieldProblem,
}

impl FieldError {
    /// One problem of one field.
    pub fn new(field: impl Into<String>, problem: FieldProblem) -> Self {
        Self {
            field: field.into(),
            problem,
        }
    }
}

/// Somebody else changed it first. The typed text stays with the person; the screen loads `current` beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The version the change was made from.
    pub expected: Version,
    pub current: Version,
}

/// Why a call did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Error {
    #[error("denied: {0}")]
    Denied(#[from] Denied),
    #[error("not found: {0:?}")]
    NotFound(Kind),
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    #[error("rule: {0}")]
    Rule(#[from] Violation),
    #[error("changed meanwhile: {0:?}")]
    Conflict(Conflict),
    /// Too many failures; try again after so many seconds.
    #[error("locked for {retry_after_seconds} s")]
    Locked { retry_after_seconds: u64 },
    #[error("internal error {0:?}")]
    Internal(ErrorId),
    #[error("transport: {0}")]
    Transport(ServerFnErrorErr),
}

impl Error {
    /// One invalid field.
    pub fn field(field: impl Into<String>, problem: FieldProblem) -> Self {
        Error::Invalid(vec![FieldError::new(field, problem)])
    }

    /// The HTTP status that says the same; decided once, here.
    pub fn status(&self) -> u16 {
        match self {
            Error::Denied(Denied::SignInRequired) => 401,
            Error::Denied(Denied::NotYourRole) => 403,
            Error::Denied(Denied::NotInThisPhase { .. }) | Error::Conflict(_) => 409,
            Error::NotFound(_) => 404,
            Error::Rule(Violation::FileTooLarge { .. } | Violation::UploadOverrun { .. }) => 413,
            Error::Rule(Violation::UploadOffset { .. }) => 409,
            Error::Rule(Violation::UploadExpired) => 410,
            Error::Rule(Violation::UploadBusy | Violation::FileHeld) => 423,
            // of the tus protocol
            Error::Rule(Violation::UploadChecksum) => 460,
            Error::Invalid(_) | Error::Rule(_) => 422,
            Error::Locked { .. } => 429,
            Error::Internal(_) => 500,
            Error::Transport(_) => 400,
        }
    }
}

impl FromServerFnError for Error {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        Error::Transport(value)
    }
}
