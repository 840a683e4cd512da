//! What a unit asks an author to mend: a reason, comments beside fields, a due date.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Violation;
use crate::entry::{EntryContent, EntryField, StatementSection};
use crate::ledger::{Hash32, NotCanonical, canonical_json};
use crate::time::{Timestamp, Zone};

/// Longest comment beside a field, in characters.
pub const NOTE_MAX: u32 = 2_000;
/// Comments of one return at most.
pub const NOTES_MAX: u32 = 60;

/// A comment beside one field of a returned entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnNote {
    pub field: EntryField,
    pub text: String,
}

/// Fields of every entry a comment can stand beside, in the order of the wizard. Fields a contest defines itself come
/// from its form.
pub fn note_fields() -> Vec<EntryField> {
    let mut fields = vec![
        EntryField::Authors,
        EntryField::Title,
        EntryField::Category,
        EntryField::Scope,
        EntryField::Maturity,
    ];
    fields.extend(StatementSection::ALL.map(EntryField::Section));
    fields.push(EntryField::Attachments);
    fields
}

/// A field as one word of a form or a ledger line: `title`, `section:solution`, `author:2`.
pub fn field_key(field: &EntryField) -> String {
    match serde_json::to_value(field) {
        Ok(Value::Object(members)) => members
            .into_iter()
            .next()
            .map(|(name, value)| match value {
                Value::String(text) => format!("{name}:{text}"),
                other => format!("{name}:{other}"),
            })
            .unwrap_or_default(),
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The field of [`field_key`]; `None` for anything else.
pub fn field_from_key(key: &str) -> Option<EntryField> {
    let read = |value: Value| serde_json::from_value::<EntryField>(value).ok();
    match key.split_once(':') {
        None => read(Value::from(key)),
        Some((name, text)) => {
            let with = |value: Value| read(Value::Object([(name.to_owned(), value)].into_iter().collect()));
            with(Value::from(text)).or_else(|| with(Value::from(text.parse::<u64>().ok()?)))
        }
    }
}

/// SHA-256 of the comments' canonical JSON. The ledger keeps the hash and the fields: comments may name people.
///
/// # Errors
/// [`NotCanonical`], which no comments are.
pub fn notes_hash(notes: &[ReturnNote]) -> Result<Hash32, NotCanonical> {
    let value = serde_json::to_value(notes).map_err(|cause| NotCanonical::NotJson {
        cause: cause.to_string(),
    })?;
    Ok(Hash32::of(&canonical_json(&value)?))
}

/// Whether a field's content differs between two submissions; `None` where the content does not hold the field (files
/// are kept beside it).
pub fn changed_since(field: &EntryField, before: &EntryContent, after: &EntryContent) -> Option<bool> {
    Some(match field {
        EntryField::Authors
        | EntryField::Author(_)
        | EntryField::AuthorName(_)
        | EntryField::AuthorUnit(_)
        | EntryField::AuthorShare(_)
        | EntryField::Shares => (before.author_type, &before.authors) != (after.author_type, &after.authors),
        EntryField::Title => before.title != after.title,
        EntryField::Category => before.category != after.category,
        EntryField::Scope => before.scope != after.scope,
        EntryField::Maturity => before.maturity != after.maturity,
        EntryField::FirstAppliedOn => before.first_applied_on != after.first_applied_on,
        EntryField::Section(section) => {
            before.statement.section(*section) != after.statement.section(*section)
        }
        EntryField::Answer(code) => before.answers.get(code) != after.answers.get(code),
        EntryField::Declaration => before.declaration != after.declaration,
        _ => return None,
    })
}

/// Until when a returned entry is due, as asked. A day that holds the units' deadline means that deadline: afterwards
/// the unit could not forward it.
///
/// # Errors
/// [`Violation::DueTooLate`] for a later day.
pub fn return_due(
    asked: Option<Timestamp>,
    deadline: Option<Timestamp>,
    zone: &Zone,
) -> Result<Option<Timestamp>, Violation> {
    match (asked, deadline) {
        (Some(due), Some(deadline)) if due > deadline => {
            if zone.date(due) == zone.date(deadline) {
                Ok(Some(deadline))
            } else {
                Err(Violation::DueTooLate {
                    deadline,
                    zone: zone.clone(),
                })
            }
        }
        (asked, _) => Ok(asked),
    }
}
