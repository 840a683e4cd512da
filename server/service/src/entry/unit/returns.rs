//! What was asked to be mended: stored with the return, shown to authors and desks, ticked off by authors.

use std::collections::BTreeMap;

use contract::error::{FieldError, FieldProblem};
use contract::unit::{MendNote, NoteView, ReturnView, ReturnsView};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, may};
use rules::entry::{EntryContent, EntryField, EntryState, FormVersion};
use rules::event::Event;
use rules::id::{AttachmentId, EntryId, UserId};
use rules::text::{TextProblem, clean_text};
use rules::time::Timestamp;
use rules::unit::{NOTE_MAX, NOTES_MAX, ReturnNote, changed_since, field_key, notes_hash};
use store::entry::Entry;
use store::unit::{NoteRow, ReturnRow};
use store::{Conn, Tx};

use super::super::case::{Case, unit_tree};
use super::super::form::{form_of, forms_of};
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::{Fault, internal};

/// The comments made good: empty ones left out, each field once.
///
/// # Errors
/// `Invalid`, beside the comment's own field (`notes[KEY]`).
pub(in super::super) fn clean(notes: Vec<ReturnNote>) -> Result<Vec<ReturnNote>> {
    if notes.len() > NOTES_MAX as usize {
        return Err(Error::field("notes", FieldProblem::TooLong { max: NOTES_MAX }));
    }
    let mut problems = Vec::new();
    let mut clean: Vec<ReturnNote> = Vec::with_capacity(notes.len());
    for note in notes {
        let mut refuse = |problem| {
            let name = format!("notes[{}]", field_key(&note.field));
            problems.push(FieldError::new(name, problem));
        };
        match clean_text(&note.text, NOTE_MAX as usize) {
            Ok(text) if clean.iter().all(|known| known.field != note.field) => clean.push(ReturnNote {
                field: note.field,
                text: text.trim().to_owned(),
            }),
            Ok(_) => refuse(FieldProblem::Taken),
            Err(TextProblem::Empty) => {}
            Err(TextProblem::TooLong { .. }) => refuse(FieldProblem::TooLong { max: NOTE_MAX }),
            Err(TextProblem::Hidden { .. }) => refuse(FieldProblem::Malformed),
        }
    }
    if problems.is_empty() {
        Ok(clean)
    } else {
        Err(Error::Invalid(problems))
    }
}

/// Refuses comments beside questions that the entry's form does not ask.
pub(in super::super) async fn known(db: &impl Conn, case: &Case, notes: &[ReturnNote]) -> Result<()> {
    let codes: Vec<&String> = notes
        .iter()
        .filter_map(|note| match &note.field {
            EntryField::Answer(code) => Some(code),
            _ => None,
        })
        .collect();
    if codes.is_empty() {
        return Ok(());
    }
    let form = form_of(db, &case.contest, case.entry.content.form_version).await?;
    if codes.into_iter().all(|code| form.field(code).is_some()) {
        return Ok(());
    }
    Err(Error::field("notes", FieldProblem::Malformed))
}

/// Stores a return with its comments; the ledger learns which fields and a hash, never the words.
pub(in super::super) async fn keep(
    tx: &mut Tx,
    entry: &Entry,
    me: UserId,
    reason: String,
    notes: &[ReturnNote],
    now: Timestamp,
) -> Result<()> {
    let row = ReturnRow {
        entry: entry.id,
        revision: entry.revision,
        reason,
        due_at: entry.due_at,
        returned_at: now,
        returned_by: me,
    };
    store::unit::insert_return(tx.conn(), &row, notes).await.fault()?;
    if notes.is_empty() {
        return Ok(());
    }
    let hash = notes_hash(notes).map_err(|cause| internal(&cause))?;
    let event = Event::EntryAnnotated {
        entry: entry.id,
        revision: entry.revision,
        fields: notes.iter().map(|note| field_key(&note.field)).collect(),
        notes_hash: hash.to_string(),
    };
    tx.record(entry.contest, Some(me), now, event).fault()
}

/// Every return of an entry, for its authors and for the desks that may read it.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, id: EntryId) -> Result<ReturnsView> {
    let db = ctx.store.read();
    let case = Case::load_to_write(db, id).await?;
    let me = signed_in(actor)?.id;
    let author = case.is_written_by(me);
    if author {
        in_contest(actor, Action::SeeOwnEntries, case.contest.id, case.contest.phase)?;
    } else {
        case.desk(actor, &unit_tree(db).await?)?;
    }
    let rows = store::unit::returns_of(db, id).await.fault()?;
    let revisions: Vec<i64> = rows.iter().map(|row| row.revision).collect();
    let mut notes: BTreeMap<i64, Vec<NoteRow>> = BTreeMap::new();
    for note in store::unit::notes_of(db, id, &revisions).await.fault()? {
        notes.entry(note.revision).or_default().push(note);
    }
    // each return is compared with the submission that answered it
    let mut wanted: Vec<i64> = revisions
        .iter()
        .flat_map(|number| [*number, number + 1])
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let submitted = store::entry::revisions(db, id, &wanted).await.fault()?;
    let files = if rows.is_empty() {
        Vec::new()
    } else {
        store::entry::files_by_revision(db, id).await.fault()?
    };
    let had = |number: i64, file: AttachmentId| {
        files
            .iter()
            .any(|(revision, row)| *revision == number && row.info.id == file)
    };
    let content_of = |number: i64| submitted.iter().find(|revision| revision.revision == number);
    let versions = submitted.iter().map(|revision| revision.content.form_version);
    let forms = forms_of(db, &case.contest, versions).await?;
    let returns = rows.into_iter().map(|row| {
        let answer = content_of(row.revision + 1);
        let pair = content_of(row.revision).zip(answer);
        let form = content_of(row.revision).and_then(|it| forms.get(&it.content.form_version));
        let contents = pair.map(|(before, after)| (&before.content, &after.content));
        let new_files = files
            .iter()
            .any(|(number, file)| *number == row.revision + 1 && !had(row.revision, file.info.id));
        let mine = notes.remove(&row.revision).unwrap_or_default();
        ReturnView {
            notes: mine
                .into_iter()
                .map(|note| line(note, contents, new_files, form))
                .collect(),
            revision: row.revision,
            reason: row.reason,
            due: row.due_at,
            returned_at: row.returned_at,
            resubmitted_at: answer.map(|answer| answer.submitted_at),
        }
    });
    let standing = actor.roles_in(Some(case.contest.id), None);
    Ok(ReturnsView {
        entry: id,
        returns: returns.collect(),
        zone: case.contest.setup.timetable.zone.clone(),
        can_mend: author
            && case.entry.state == EntryState::ReturnedForSupplement
            && may(Action::EditEntry, &standing, Some(case.contest.phase)).is_ok(),
        key: ctx.key(),
    })
}

fn line(
    note: NoteRow,
    contents: Option<(&EntryContent, &EntryContent)>,
    new_files: bool,
    form: Option<&FormVersion>,
) -> NoteView {
    let question = match &note.field {
        EntryField::Answer(code) => form.and_then(|form| form.field(code)),
        _ => None,
    };
    let changed = contents.and_then(|(before, after)| match note.field {
        // a file taken away leaves no trace beside the entry, so only a new one is told
        EntryField::Attachments => new_files.then_some(true),
        ref field => changed_since(field, before, after),
    });
    NoteView {
        ordinal: u32::try_from(note.ordinal).unwrap_or_default(),
        question: question.map(|field| field.label.clone()),
        field: note.field,
        text: note.text,
        mended_at: note.mended_at,
        changed,
    }
}

/// Ticks a comment off. A help for the authors among themselves, like a draft: no event, no version.
pub(super) async fn mend(ctx: &Ctx, actor: &Actor, command: MendNote) -> Result<ReturnsView> {
    let me = signed_in(actor)?.id;
    let entry = command.entry;
    let tx = match ctx.begin::<()>(None, command.key, me, &command).await? {
        Begun::Repeat(()) => return view(ctx, actor, entry).await,
        Begun::New(tx) => tx,
    };
    let case = Case::load_to_write(tx.conn(), entry).await?;
    case.authors_only(actor)?;
    in_contest(actor, Action::EditEntry, case.contest.id, case.contest.phase)?;
    case.editable()?;
    let mended_at = command.mended.then(|| case.now(ctx));
    let ordinal = i64::from(command.ordinal);
    // an answered return stays as it was answered
    let known = command.revision == case.entry.revision
        && store::unit::mend_note(tx.conn(), entry, command.revision, ordinal, mended_at)
            .await
            .fault()?;
    if !known {
        return Err(Error::NotFound(Kind::Entry));
    }
    ctx.finish(tx, command.key, me, &()).await?;
    view(ctx, actor, entry).await
}
