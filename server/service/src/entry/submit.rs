//! Submitting and taking back.

use contract::Result;
use contract::entry::{ReceiptView, SubmitEntry, WithdrawEntry};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::entry::{AttachmentInfo, EntryContent, EntryState, EntryStep, with_copy};
use rules::event::Event;
use rules::ledger::{Hash32, canonical_json};
use serde_json::json;
use store::entry::Revision;

use super::case::{Case, contest_of};
use super::deadline::Extended;
use super::draft::files;
use super::gaps::Check;
use super::{deadline, receipt, screen};
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::{Fault, internal};

/// Submits an entry, for the first time or again after a return. The first time it gets its code.
pub(super) async fn submit(ctx: &Ctx, actor: &Actor, command: SubmitEntry) -> Result<ReceiptView> {
    // what came by the deadline is in time, however long others keep it waiting for its turn
    let arrived = ctx.now();
    let me = signed_in(actor)?.id;
    let contest = contest_of(ctx, command.entry).await?;
    let mut tx = match ctx.begin::<()>(Some(contest), command.key, me, &command).await? {
        Begun::Repeat(()) => return receipt::view(ctx, actor, command.entry).await,
        Begun::New(tx) => tx,
    };
    let mut case = Case::load_to_write(tx.conn(), command.entry).await?;
    case.authors_only(actor)?;
    in_contest(actor, Action::SubmitEntry, contest, case.contest.phase)?;
    case.at_version(command.expected)?;
    let state = case.submitted_state()?;
    let now = case.contest.now(arrived);
    let timetable = &case.contest.setup.timetable;
    let extended = Extended::load(tx.conn(), contest, case.entry.id, case.entry.unit).await?;
    let deadline = deadline::submission(timetable, case.entry.state, case.entry.due_at, extended.times());
    let timeliness = deadline::in_time(deadline.as_ref(), timetable, now)?;
    let files = files(tx.conn(), case.entry.id).await?;
    let check = Check::load(tx.conn(), contest).await?;
    let copy = store::entry::copy(tx.conn(), case.entry.id).await.fault()?;
    let mut gaps = check.gaps(&case.entry.content, &files, &case.contest.setup);
    gaps.extend(case.consents.gaps(&case.entry.content, now));
    let gaps = with_copy(gaps, copy);
    if !gaps.is_empty() {
        return Err(Violation::EntryIncomplete { gaps }.into());
    }

    let code = match case.entry.code.clone() {
        Some(code) => code,
        // under the contest's lock: nobody else counts at the same time
        None => next_code(
            &case.contest.code,
            store::entry::last_code(tx.conn(), contest)
                .await
                .fault()?
                .as_deref(),
        ),
    };
    // from now on the entry shows the form it was complete by
    case.entry.content.form_version = case.contest.setup.form.version;
    let hash = content_hash(&case.entry.content, &files)?;
    case.adopt_copy(tx.conn(), || ctx.ids.id()).await?;
    let entry = &mut case.entry;
    entry.code = Some(code.clone());
    entry.state = state;
    entry.revision += 1;
    entry.content_hash = Some(hash.clone());
    entry.submitted_at = Some(now);
    entry.updated_at = now;
    (entry.reason, entry.due_at) = (None, None);
    case.save(tx.conn()).await?;
    let entry = &case.entry;
    let revision = Revision {
        entry: entry.id,
        revision: entry.revision,
        content: entry.content.clone(),
        content_hash: hash.clone(),
        submitted_at: now,
        submitted_by: me,
        timeliness,
    };
    store::entry::insert_revision(tx.conn(), &revision)
        .await
        .fault()?;
    crate::register::index::put(tx.conn(), entry, &check.tree).await?;
    let event = Event::EntrySubmitted {
        entry: entry.id,
        code,
        unit: entry.unit,
        category: entry.content.category.clone().unwrap_or_default(),
        content_hash: hash,
        revision: entry.revision,
        timeliness,
    };
    tx.record(contest, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &()).await?;
    receipt::view(ctx, actor, command.entry).await
}

/// Withdraws an entry. A draft goes without a reason; anything others have received needs one.
pub(super) async fn withdraw(ctx: &Ctx, actor: &Actor, command: WithdrawEntry) -> Result<()> {
    let me = signed_in(actor)?.id;
    let contest = contest_of(ctx, command.entry).await?;
    let mut tx = match ctx.begin::<()>(Some(contest), command.key, me, &command).await? {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let mut case = Case::load(tx.conn(), command.entry).await?;
    case.authors_only(actor)?;
    in_contest(actor, Action::WithdrawEntry, contest, case.contest.phase)?;
    case.at_version(command.expected)?;
    let from = case.entry.state;
    let to = from.after(EntryStep::Withdraw).map_err(Violation::from)?;
    let reason = screen::optional_reason(&command.reason)?;
    if reason.is_none() && from != EntryState::Draft {
        return Err(Violation::ReasonRequired.into());
    }
    let now = case.now(ctx);
    case.entry.state = to;
    case.entry.reason = reason.clone();
    case.entry.updated_at = now;
    case.save(tx.conn()).await?;
    if from == EntryState::InRound {
        // a lock prepared before was made from another ranking
        let rounds = store::contest::rounds(tx.conn(), contest).await.fault()?;
        for round in rounds.iter().filter(|round| round.state.takes_ballots()) {
            store::judging::set_state(tx.conn(), round.id, round.state, true)
                .await
                .fault()?;
        }
    }
    tx.record(
        contest,
        Some(me),
        now,
        screen::moved(&case.entry, from, EntryStep::Withdraw, reason),
    )
    .fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

/// The code after the highest one given out: `QT-KKT-2021-001`, `QT-KKT-2021-002` …
pub(crate) fn next_code(contest: &str, last: Option<&str>) -> String {
    let number = last
        .and_then(|code| code.rsplit('-').next())
        .and_then(|digits| digits.parse::<u32>().ok());
    format!("{contest}-{:03}", number.unwrap_or_default().saturating_add(1))
}

/// SHA-256 of the canonical JSON of the content and its files' hashes, lower-case hex.
pub(crate) fn content_hash(content: &EntryContent, files: &[AttachmentInfo]) -> Result<String> {
    let files: Vec<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
    let bytes =
        canonical_json(&json!({ "content": content, "files": files })).map_err(|cause| internal(&cause))?;
    Ok(Hash32::of(&bytes).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_count_up_without_end() {
        assert_eq!(next_code("PT-2023", None), "PT-2023-001");
        assert_eq!(next_code("PT-2023", Some("PT-2023-009")), "PT-2023-010");
        assert_eq!(next_code("PT-2023", Some("PT-2023-999")), "PT-2023-1000");
    }

    #[test]
    fn the_hash_covers_content_and_files() {
        let content = EntryContent::default();
        let hash =
            |content: &EntryContent, files: &[AttachmentInfo]| content_hash(content, files).expect("a hash");
        let renamed = EntryContent {
            title: "Tên khác".into(),
            ..EntryContent::default()
        };
        assert_ne!(hash(&content, &[]), hash(&renamed, &[]));
        let file = AttachmentInfo {
            id: rules::id::AttachmentId(uuid::Uuid::nil()),
            kind: rules::entry::AttachmentKind::Other,
            file_name: "a.pdf".into(),
            media_type: "application/pdf".into(),
            size: 1,
            sha256: "00".repeat(32),
            uploaded_at: chrono::DateTime::UNIX_EPOCH,
            scan: rules::entry::Scan::Clean,
        };
        assert_ne!(hash(&content, &[]), hash(&content, &[file]));
        assert_eq!(hash(&content, &[]).len(), 64);
        let answered = EntryContent {
            form_version: 1,
            answers: rules::entry::Answers([("f1".to_owned(), "có".to_owned())].into()),
            ..EntryContent::default()
        };
        assert_ne!(hash(&content, &[]), hash(&answered, &[]));
        let plain = serde_json::to_value(&content).expect("JSON");
        assert!(
            plain.get("answers").is_none() && plain.get("form_version").is_none(),
            "an entry without answers keeps its hash: {plain}"
        );
    }
}
