//! From faults of the store to what a person may read. There is no `From<store::Error>`: every `?` passes here by name.

use contract::error::{Error, ErrorId, FieldProblem};

/// Turns a fault into an answer.
pub trait Fault<T> {
    /// A fault nobody expects: logged once under a fresh id, which is all that leaves the server.
    fn fault(self) -> contract::Result<T>;
    /// Like [`Fault::fault`], but a taken unique `column` is a message beside `field`.
    fn or_taken(self, column: &str, field: &str) -> contract::Result<T>;
}

impl<T> Fault<T> for Result<T, store::Error> {
    fn fault(self) -> contract::Result<T> {
        self.map_err(|error| match error {
            // somebody else's key: nothing of theirs is told
            store::Error::KeyOfAnother => Error::Denied(rules::account::Denied::NotYourRole),
            store::Error::KeyOfAnotherCommand => Error::field("key", FieldProblem::Taken),
            store::Error::BadText => Error::field("text", FieldProblem::Malformed),
            other => internal(&other),
        })
    }

    fn or_taken(self, column: &str, field: &str) -> contract::Result<T> {
        match self {
            Err(error) if error.is_taken(column) => Err(Error::field(field, FieldProblem::Taken)),
            other => other.fault(),
        }
    }
}

/// Logs a fault under a fresh id and answers with the id only.
pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Error {
    let id = crate::clock::fault_id();
    tracing::error!(%id, ?cause, "internal error");
    Error::Internal(ErrorId(id))
}
