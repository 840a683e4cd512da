//! Giving one entry or one unit more time, and taking it back: the organiser's act, with a reason, in the ledger.

use contract::deadline::{GiveExtension, WithdrawExtension};
use contract::error::FieldProblem;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::contest::{Deadline, Extensions};
use rules::entry::EntryState;
use rules::event::Event;
use store::contest::ContestRow;
use store::deadline::Extension;
use store::{Conn, Tx};

use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::entry::deadline;
use crate::entry::screen::optional_reason;
use crate::error::Fault;

/// Gives more time. It must reach past what the entry or unit has without it, and lie ahead.
pub(super) async fn give(ctx: &Ctx, actor: &Actor, command: GiveExtension) -> Result<()> {
    let me = signed_in(actor)?.id;
    let reason = optional_reason(&command.reason)?;
    let mut tx = match ctx
        .begin::<()>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let contest = open_to(&tx, actor, &command.contest).await?;
    let now = contest.now(ctx.now());
    let regular = match (command.entry, command.unit) {
        (Some(_), None) => of_entry(tx.conn(), &contest, &command).await?,
        (None, Some(_)) => of_unit(tx.conn(), &contest, &command).await?,
        _ => return Err(Error::field("entry", FieldProblem::Missing)),
    };
    let reason = reason.ok_or(Violation::ReasonRequired)?;
    if command.until <= now {
        return Err(Error::field("until", FieldProblem::NotADate));
    }
    match regular {
        // without a day in the plan nothing ends that could be put off
        None => return Err(Error::field("until", FieldProblem::Malformed)),
        Some(regular) if command.until <= regular.last() => {
            return Err(Violation::ExtensionTooShort {
                until: regular.last(),
                zone: contest.setup.timetable.zone,
            }
            .into());
        }
        Some(_) => {}
    }
    let extension = Extension {
        id: ctx.id(),
        contest: contest.id,
        entry: command.entry,
        unit: command.unit,
        until: command.until,
        reason,
        given_by: me,
        given_at: now,
        ended_at: None,
    };
    store::deadline::give(tx.conn(), &extension).await.fault()?;
    let event = Event::ExtensionGiven {
        extension: extension.id,
        entry: extension.entry,
        unit: extension.unit,
        until: extension.until,
        reason: extension.reason,
    };
    tx.record(contest.id, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

/// Takes more time back; what was handed in by then stands.
pub(super) async fn withdraw(ctx: &Ctx, actor: &Actor, command: WithdrawExtension) -> Result<()> {
    let me = signed_in(actor)?.id;
    let reason = optional_reason(&command.reason)?;
    let mut tx = match ctx
        .begin::<()>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let contest = open_to(&tx, actor, &command.contest).await?;
    let now = contest.now(ctx.now());
    let extension = store::deadline::find(tx.conn(), command.extension)
        .await
        .fault()?;
    let extension = extension
        .filter(|extension| extension.contest == contest.id)
        .ok_or(Error::NotFound(Kind::Page))?;
    let reason = reason.ok_or(Violation::ReasonRequired)?;
    if !store::deadline::end(tx.conn(), extension.id, now).await.fault()? {
        return Err(Error::NotFound(Kind::Page));
    }
    let event = Event::ExtensionWithdrawn {
        extension: extension.id,
        entry: extension.entry,
        unit: extension.unit,
        reason,
    };
    tx.record(contest.id, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

/// The contest, where the caller organises it and it still takes entries.
async fn open_to(tx: &Tx, actor: &Actor, id: &rules::id::ContestId) -> Result<ContestRow> {
    let contest = store::contest::by_id(tx.conn(), *id).await.fault()?;
    let contest = contest.ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::GrantExtension, contest.id, contest.phase)?;
    Ok(contest)
}

/// Until when the entry could be handed in or forwarded without an extension of its own.
async fn of_entry(db: &impl Conn, contest: &ContestRow, command: &GiveExtension) -> Result<Option<Deadline>> {
    let Some(id) = command.entry else { return Ok(None) };
    let entry = store::entry::find(db, id).await.fault()?;
    let entry = entry
        .filter(|entry| entry.contest == contest.id)
        .ok_or(Error::NotFound(Kind::Entry))?;
    let at_unit = match entry.state {
        EntryState::Draft | EntryState::ReturnedForSupplement => false,
        EntryState::SubmittedToUnit | EntryState::UnitScreening | EntryState::NotSelectedByUnit => true,
        from => {
            return Err(Violation::EntryStep {
                from,
                step: rules::entry::EntryStep::SubmitToUnit,
            }
            .into());
        }
    };
    let timetable = &contest.setup.timetable;
    let submission = deadline::submission(timetable, entry.state, entry.due_at, Extensions::default());
    // for an entry with its unit, what is put off may be the forwarding alone
    let forwarding = deadline::forward(timetable, None).filter(|_| at_unit);
    Ok([submission, forwarding]
        .into_iter()
        .flatten()
        .min_by_key(Deadline::last))
}

/// Until when the unit can forward without an extension.
async fn of_unit(db: &impl Conn, contest: &ContestRow, command: &GiveExtension) -> Result<Option<Deadline>> {
    let Some(unit) = command.unit else { return Ok(None) };
    let tree = crate::entry::case::unit_tree(db).await?;
    if !contest.setup.eligibility.unit_screening || tree.get(unit).is_none() {
        return Err(Error::NotFound(Kind::Unit));
    }
    Ok(deadline::forward(&contest.setup.timetable, None))
}
