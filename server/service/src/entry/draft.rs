//! Drafts: starting one, the wizard, saving a step, removing a file.

use contract::entry::{DraftView, RemoveAttachment, SaveDraft, Saved, StartEntry};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, may};
use rules::contest::{Extensions, UnitTree};
use rules::entry::{AttachmentInfo, Author, EntryContent, EntryState, with_copy};
use rules::event::Event;
use rules::id::{EntryId, UserId, Version};
use rules::points::Points;
use rules::time::Timestamp;
use store::Conn;
use store::contest::ContestRow;
use store::entry::Entry;

use super::case::{Case, contest_of};
use super::form::form_of;
use super::gaps::Check;
use super::{content, deadline, units};
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;
use crate::file::draft_files;

/// Drafts one person may keep in one contest.
pub(super) const DRAFTS_MAX: u32 = 20;

/// Starts a draft with the caller as its lead author.
pub(super) async fn start(ctx: &Ctx, actor: &Actor, command: StartEntry) -> Result<EntryId> {
    let me = signed_in(actor)?.id;
    let tx = match ctx
        .begin::<EntryId>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(entry) => return Ok(entry),
        Begun::New(tx) => tx,
    };
    let db = tx.conn();
    let contest = store::contest::by_id(db, command.contest).await.fault()?;
    let contest = contest
        .filter(|contest| contest.phase.is_public())
        .ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::StartEntry, contest.id, contest.phase)?;
    let now = contest.now(ctx.now());
    let timetable = &contest.setup.timetable;
    deadline::in_time(
        deadline::submission(timetable, EntryState::Draft, None, Extensions::default()).as_ref(),
        timetable,
        now,
    )?;

    let check = Check::load(db, contest.id).await?;
    let content = first_content(db, &check.tree, me).await?;
    if let Some(exclusion) = content.authors.iter().find_map(|author| check.exclusion(author)) {
        return Err(Violation::Excluded { exclusion }.into());
    }
    if store::entry::count_drafts(db, contest.id, me).await.fault()? >= u64::from(DRAFTS_MAX) {
        return Err(Violation::TooManyDrafts { max: DRAFTS_MAX }.into());
    }
    let entry = new_entry(ctx.id(), &contest, content, me, now);
    store::entry::insert(db, &entry).await.fault()?;
    store::entry::set_authors(db, entry.id, &entry.content, || ctx.ids.id())
        .await
        .fault()?;
    ctx.finish(tx, command.key, me, &entry.id).await?;
    Ok(entry.id)
}

async fn first_content(db: &impl Conn, tree: &UnitTree, me: UserId) -> Result<EntryContent> {
    let person = store::account::person(db, me)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Person))?;
    let author = Author {
        user: Some(me),
        full_name: person.full_name,
        unit: person.unit,
        unit_name: units::name(tree, person.unit).unwrap_or_default(),
        position: person.position,
        contact: person.email.unwrap_or_default(),
        share: Points::whole(100),
        lead: true,
    };
    Ok(EntryContent {
        authors: vec![author],
        ..EntryContent::default()
    })
}

fn new_entry(id: EntryId, contest: &ContestRow, content: EntryContent, me: UserId, now: Timestamp) -> Entry {
    Entry {
        id,
        contest: contest.id,
        code: None,
        state: EntryState::Draft,
        unit: lead_unit(&content),
        content,
        content_hash: None,
        revision: 0,
        blind_code: None,
        forward_rank: None,
        reason: None,
        due_at: None,
        created_by: me,
        created_at: now,
        updated_at: now,
        submitted_at: None,
        forwarded_at: None,
        prize_code: None,
        fictional: contest.fictional,
        version: Version::FIRST,
    }
}

/// The wizard.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, id: EntryId) -> Result<DraftView> {
    let db = ctx.store.read();
    let case = Case::load_to_write(db, id).await?;
    let me = case.authors_only(actor)?;
    let open = case.editable().is_ok();
    let attachments = if open {
        files(db, id).await?
    } else {
        handed_in(db, id).await?
    };
    let extended = deadline::Extended::load(db, case.contest.id, id, case.entry.unit).await?;
    let revising = (case.is_copy() && !case.entry.state.is_editable()).then_some(case.entry.revision);
    let check = Check::load(db, case.contest.id).await?;
    let mut units = crate::account::unit_lines(ctx, store::account::units(db).await.fault()?);
    units.retain(|unit| case.contest.setup.eligibility.admits(Some(unit.id), &check.tree));
    let form_changes = match case.entry.content.form_version {
        0 => Vec::new(),
        version => form_of(db, &case.contest, version)
            .await?
            .changes(&case.contest.setup.form),
    };
    let now = case.now(ctx);
    let on_the_way = draft_files(db, id, me, ctx.now()).await?;
    let mut gaps = check.gaps(&case.entry.content, &attachments, &case.contest.setup);
    gaps.extend(case.consents.gaps(&case.entry.content, now));
    let Case {
        contest,
        entry,
        consents,
        ..
    } = case;
    let setup = &contest.setup;
    let standing = actor.roles_in(Some(contest.id), None);
    let returned = (entry.state == EntryState::ReturnedForSupplement)
        .then(|| (entry.reason.clone().unwrap_or_default(), entry.due_at));
    Ok(DraftView {
        entry: entry.id,
        phase: contest.phase,
        state: rules::visibility::state_for_author(entry.state, contest.phase),
        version: entry.version,
        gaps: with_copy(gaps, on_the_way.copy),
        files: on_the_way,
        consents,
        attachments,
        categories: setup.categories.clone(),
        eligibility: setup.eligibility.clone(),
        declaration: setup.declaration.clone(),
        form: setup.form.clone(),
        form_changes,
        units,
        saved_at: entry.updated_at,
        now,
        zone: setup.timetable.zone.clone(),
        deadline: deadline::submission(&setup.timetable, entry.state, entry.due_at, extended.times()),
        extensions: extended.notes(now),
        revising,
        returned,
        upload_limit: ctx.config.upload_limit,
        can_edit: open && may(Action::EditEntry, &standing, Some(contest.phase)).is_ok(),
        key: ctx.key(),
        code: entry.code,
        content: entry.content,
        contest_slug: contest.slug,
        contest_name: contest.name,
    })
}

/// Saves one step. Saving stays possible after the deadline as long as the contest takes entries: nothing typed is
/// lost, only submitting is refused.
pub(super) async fn save(ctx: &Ctx, actor: &Actor, command: SaveDraft) -> Result<Saved> {
    let me = signed_in(actor)?.id;
    // without the contest's lock: drafts are saved often and record no event; the version decides who was first
    let tx = match ctx.begin::<Saved>(None, command.key, me, &command).await? {
        Begun::Repeat(saved) => return Ok(saved),
        Begun::New(tx) => tx,
    };
    let db = tx.conn();
    let mut case = open_to_edit(db, actor, command.entry).await?;
    case.at_version(command.expected)?;
    let check = Check::load(db, case.contest.id).await?;
    let before = case.entry.content.clone();
    content::apply(&mut case.entry.content, command.content, &case.contest.setup.form);
    for author in &mut case.entry.content.authors {
        if let Some(name) = units::name(&check.tree, author.unit) {
            author.unit_name = name;
        }
    }
    let refusals = check
        .refusals(db, &case.entry.content, &case.contest.setup)
        .await?;
    if !refusals.is_empty() {
        return Err(Violation::EntryIncomplete { gaps: refusals }.into());
    }
    if case.entry.content != before {
        case.entry.updated_at = case.now(ctx);
        case.entry.unit = lead_unit(&case.entry.content);
        case.save(db).await?;
        // the authors of what was submitted stay until the copy is submitted
        if case.taken_up.is_none() && case.entry.content.authors != before.authors {
            store::entry::set_authors(db, case.entry.id, &case.entry.content, || ctx.ids.id())
                .await
                .fault()?;
        }
    }
    let saved = saved(db, &case, &check, case.now(ctx)).await?;
    ctx.finish(tx, command.key, me, &saved).await?;
    Ok(saved)
}

/// Removes a file.
pub(super) async fn remove_attachment(ctx: &Ctx, actor: &Actor, command: RemoveAttachment) -> Result<Saved> {
    let me = signed_in(actor)?.id;
    let contest = contest_of(ctx, command.entry).await?;
    let mut tx = match ctx
        .begin::<Saved>(Some(contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(saved) => return Ok(saved),
        Begun::New(tx) => tx,
    };
    let mut case = open_to_edit(tx.conn(), actor, command.entry).await?;
    case.at_version(command.expected)?;
    let now = case.now(ctx);
    let removed = store::entry::remove_attachment(tx.conn(), case.entry.id, command.attachment, now)
        .await
        .fault()?;
    if !removed {
        return Err(Error::NotFound(Kind::Attachment));
    }
    case.entry.updated_at = now;
    case.save(tx.conn()).await?;
    let check = Check::load(tx.conn(), contest).await?;
    let saved = saved(tx.conn(), &case, &check, now).await?;
    let event = Event::AttachmentRemoved {
        entry: case.entry.id,
        attachment: command.attachment,
    };
    tx.record(contest, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &saved).await?;
    Ok(saved)
}

/// Loads an entry its author may change now.
pub(crate) async fn open_to_edit(db: &impl Conn, actor: &Actor, id: EntryId) -> Result<Case> {
    let case = Case::load_to_write(db, id).await?;
    case.authors_only(actor)?;
    in_contest(actor, Action::EditEntry, case.contest.id, case.contest.phase)?;
    case.editable()?;
    Ok(case)
}

/// An entry's files as handed in last.
pub(crate) async fn handed_in(db: &impl Conn, entry: EntryId) -> Result<Vec<AttachmentInfo>> {
    let rows = store::entry::handed_in(db, &[entry]).await.fault()?;
    Ok(rows.into_iter().map(|row| row.info).collect())
}

/// An entry's files as its authors have them now.
pub(crate) async fn files(db: &impl Conn, entry: EntryId) -> Result<Vec<AttachmentInfo>> {
    let rows = store::entry::attachments(db, &[entry]).await.fault()?;
    Ok(rows.into_iter().map(|row| row.info).collect())
}

async fn saved(db: &impl Conn, case: &Case, check: &Check, now: Timestamp) -> Result<Saved> {
    let files = files(db, case.entry.id).await?;
    let copy = store::entry::copy(db, case.entry.id).await.fault()?;
    let mut gaps = check.gaps(&case.entry.content, &files, &case.contest.setup);
    gaps.extend(case.consents.gaps(&case.entry.content, now));
    Ok(Saved {
        version: case.entry.version,
        saved_at: case.entry.updated_at,
        gaps: with_copy(gaps, copy),
    })
}

/// The unit an entry comes from: its lead author's.
pub(super) fn lead_unit(content: &EntryContent) -> Option<rules::id::UnitId> {
    content
        .authors
        .iter()
        .find(|author| author.lead)
        .and_then(|author| author.unit)
}
