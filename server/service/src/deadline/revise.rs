//! Changing what was submitted: a copy of the author's own, while what was submitted stands.

use contract::deadline::{DropChanges, TakeUpEntry};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::event::Event;
use store::entry::WorkingCopy;

use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::entry::case::{Case, contest_of, end_copy};
use crate::entry::deadline::{self, Extended};
use crate::error::Fault;

/// Takes a submitted entry up again: until the deadline, and as long as its desk has not acted. Taking it up twice is
/// taking it up once.
pub(super) async fn take_up(ctx: &Ctx, actor: &Actor, command: TakeUpEntry) -> Result<()> {
    let me = signed_in(actor)?.id;
    let contest = contest_of(ctx, command.entry).await?;
    let mut tx = match ctx.begin::<()>(Some(contest), command.key, me, &command).await? {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let case = Case::load(tx.conn(), command.entry).await?;
    case.authors_only(actor)?;
    in_contest(actor, Action::TakeUpEntry, contest, case.contest.phase)?;
    case.at_version(command.expected)?;
    let entry = &case.entry;
    if !case.may_take_up() {
        return Err(Violation::EntryStep {
            from: entry.state,
            step: case.submit_step(),
        }
        .into());
    }
    let now = case.now(ctx);
    let timetable = &case.contest.setup.timetable;
    let extended = Extended::load(tx.conn(), contest, entry.id, entry.unit).await?;
    let deadline = deadline::submission(timetable, entry.state, entry.due_at, extended.times());
    deadline::in_time(deadline.as_ref(), timetable, now)?;
    if store::entry::has_working_copy(tx.conn(), entry.id)
        .await
        .fault()?
    {
        return ctx.finish(tx, command.key, me, &()).await;
    }
    let submitted = store::entry::revision(tx.conn(), entry.id, entry.revision)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Entry))?;
    let copy = WorkingCopy {
        content: submitted.content,
        started_at: now,
        updated_at: now,
        version: entry.version.next(),
    };
    store::entry::insert_working_copy(tx.conn(), entry.id, &copy)
        .await
        .fault()?;
    let event = Event::EntryTakenUp {
        entry: entry.id,
        revision: entry.revision,
    };
    tx.record(contest, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

/// Gives the copy up as the author's page shows it: files are again those submitted.
pub(super) async fn drop_changes(ctx: &Ctx, actor: &Actor, command: DropChanges) -> Result<()> {
    let me = signed_in(actor)?.id;
    let contest = contest_of(ctx, command.entry).await?;
    let mut tx = match ctx.begin::<()>(Some(contest), command.key, me, &command).await? {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let case = Case::load(tx.conn(), command.entry).await?;
    case.authors_only(actor)?;
    in_contest(actor, Action::TakeUpEntry, contest, case.contest.phase)?;
    let entry = &case.entry;
    // what was returned is being completed: its copy ends by submitting
    let droppable = !entry.state.is_editable()
        && store::entry::has_working_copy(tx.conn(), entry.id)
            .await
            .fault()?;
    if !droppable {
        return Err(Error::NotFound(Kind::Entry));
    }
    let now = case.now(ctx);
    end_copy(tx.conn(), entry.id, command.expected).await?;
    store::entry::restore_files(tx.conn(), entry.id, entry.revision, now)
        .await
        .fault()?;
    let event = Event::ChangesDropped {
        entry: entry.id,
        revision: entry.revision,
    };
    tx.record(contest, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &()).await
}
