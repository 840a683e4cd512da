//! `contract::Error` in words.

use super::{phase_name, violation_text, word};
use contract::error::{Conflict, Error, FieldProblem, Kind};
use rules::account::Denied;

/// The whole error as one sentence or two.
pub fn error_text(error: &Error) -> String {
    match error {
        Error::Rule(violation) => violation_text(violation),
        Error::Invalid(fields) => match fields.as_slice() {
            [only] => problem_text(&only.problem),
            _ => word!(common.error.invalid),
        },
        Error::Conflict(Conflict { expected, current }) => {
            word!(
                common.error.conflict,
                expected = expected.to_string(),
                current = current.to_string()
            )
        }
        other => request_text(other),
    }
}

/// The error of loading a page, where nothing was typed that could be wrong. Says less than [`error_text`] about rules
/// and fields, and so keeps their many texts out of what the public pages download.
pub fn request_text(error: &Error) -> String {
    match error {
        Error::Denied(denied) => denied_text(denied),
        Error::NotFound(kind) => not_found_text(*kind),
        Error::Locked { retry_after_seconds } => {
            word!(common.error.locked, seconds = retry_after_seconds.to_string())
        }
        Error::Internal(id) => word!(common.error.internal, id = id.0.to_string()),
        Error::Transport(_) => word!(common.error.transport),
        Error::Rule(_) | Error::Invalid(_) | Error::Conflict(_) => word!(common.error.request),
    }
}

/// Why the viewer may not do it.
pub fn denied_text(denied: &Denied) -> String {
    match denied {
        Denied::SignInRequired => word!(common.error.denied.sign_in),
        Denied::NotYourRole => word!(common.error.denied.role),
        Denied::NotInThisPhase { phase } => word!(common.error.denied.phase, phase = phase_name(*phase)),
    }
}

fn not_found_text(kind: Kind) -> String {
    match kind {
        Kind::Page => word!(common.error.not_found.page),
        Kind::Contest => word!(common.error.not_found.contest),
        Kind::Entry => word!(common.error.not_found.entry),
        Kind::Round => word!(common.error.not_found.round),
        Kind::Person => word!(common.error.not_found.person),
        Kind::Unit => word!(common.error.not_found.unit),
        Kind::Attachment => word!(common.error.not_found.attachment),
        Kind::Invitation => word!(author.page.unknown),
        Kind::Result => word!(common.error.not_found.result),
    }
}

/// What is wrong with a typed value.
pub fn problem_text(problem: &FieldProblem) -> String {
    match problem {
        FieldProblem::Missing => word!(common.error.field.missing),
        FieldProblem::TooLong { max } => word!(common.error.field.too_long, max = max.to_string()),
        FieldProblem::Malformed => word!(common.error.field.malformed),
        FieldProblem::Taken => word!(common.error.field.taken),
        FieldProblem::NotANumber => word!(common.error.field.not_a_number),
        FieldProblem::NotADate => word!(common.error.field.not_a_date),
        FieldProblem::WrongCredentials => word!(common.error.field.wrong_credentials),
    }
}

/// The message that stands beside the field the service calls `field`, if the error is about it.
pub fn field_message(error: &Error, field: &str) -> Option<String> {
    let Error::Invalid(fields) = error else {
        return None;
    };
    fields
        .iter()
        .find(|error| error.field == field)
        .map(|error| problem_text(&error.problem))
}
