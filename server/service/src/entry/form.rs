//! The contest's own questions: which version an entry answers, and its answers made good.

use std::collections::{BTreeMap, BTreeSet};

use contract::Result;
use rules::entry::{Answers, EntryContent, EntryField, EntryGap, EntryProblem, FormVersion};
use rules::text::one_line;
use store::Conn;
use store::contest::ContestRow;

use super::content::text;
use crate::error::{Fault, internal};

/// The form in the version that an entry was filled in with.
pub(crate) async fn form_of(db: &impl Conn, contest: &ContestRow, version: u32) -> Result<FormVersion> {
    let current = &contest.setup.form;
    if version == 0 {
        return Ok(FormVersion::default());
    }
    if version == current.version {
        return Ok(current.clone());
    }
    let kept = store::contest::kept_form(db, contest.id, version).await.fault()?;
    kept.ok_or_else(|| internal(&MissingForm(version)))
}

/// The forms in these versions.
pub(crate) async fn forms_of(
    db: &impl Conn,
    contest: &ContestRow,
    versions: impl Iterator<Item = u32>,
) -> Result<BTreeMap<u32, FormVersion>> {
    let versions: BTreeSet<u32> = versions.collect();
    let mut forms = BTreeMap::new();
    for version in versions {
        forms.insert(version, form_of(db, contest, version).await?);
    }
    Ok(forms)
}

/// An entry names a version that was never kept.
#[derive(Debug, thiserror::Error)]
#[error("version {0} of the entry form is missing")]
struct MissingForm(u32);

/// Puts answers into the content: those named replace what was there, an empty one takes it back. The draft is filled
/// in with the form as it is now.
pub(super) fn answer(content: &mut EntryContent, answers: Answers, form: &FormVersion) {
    for (code, typed) in answers.0 {
        let long = form.field(&code).is_some_and(rules::entry::FormField::is_long);
        let typed = if long { text(&typed) } else { one_line(&typed) };
        if typed.is_empty() {
            content.answers.0.remove(&code);
        } else {
            content.answers.0.insert(code, typed);
        }
    }
    content.form_version = form.version;
}

/// Answers to questions that the form never asked.
pub(super) fn unknown_answers(content: &EntryContent, form: &FormVersion) -> Vec<EntryGap> {
    let unknown = content.answers.0.keys().filter(|code| form.field(code).is_none());
    unknown
        .map(|code| EntryGap {
            field: EntryField::Answer(code.chars().take(40).collect()),
            problem: EntryProblem::Unknown,
        })
        .collect()
}
