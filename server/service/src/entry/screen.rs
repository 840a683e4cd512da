//! What a unit does with an entry: look at it, return it, keep it back, take it up again.

use contract::entry::{KeepBack, ReturnEntry};
use contract::error::FieldProblem;
use contract::unit::TakeUp;
use contract::{Error, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::contest::{Extensions, Timeliness};
use rules::entry::{EntryState, EntryStep};
use rules::event::Event;
use rules::id::{CommandKey, EntryId, Version};
use rules::text::{TextProblem, clean_text};
use rules::time::Timestamp;
use rules::unit::{ReturnNote, return_due};
use store::Conn;
use store::entry::{Entry, WorkingCopy};

use super::case::{Case, contest_of, unit_tree};
use super::deadline::{self, Extended};
use super::unit::returns;
use crate::actor::{at_unit, in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Longest reason, in characters.
const REASON_MAX: u32 = 2_000;

/// Returns an entry for completion, with a reason and, if wanted, a date.
pub(super) async fn return_entry(ctx: &Ctx, actor: &Actor, command: ReturnEntry) -> Result<()> {
    let reason = optional_reason(&command.reason)?;
    let step = Step {
        key: command.key,
        entry: command.entry,
        expected: command.expected,
        step: EntryStep::Return,
        notes: returns::clean(command.notes)?,
    };
    step.take(ctx, actor, reason, |case, extended, now| {
        let timetable = &case.contest.setup.timetable;
        let extended = extended.for_forwarding();
        let last = deadline::forward(timetable, extended);
        // nobody could submit it again after that
        deadline::in_time(last.as_ref(), timetable, now)?;
        if command.due.is_some_and(|due| due <= now) {
            return Err(Error::field("due", FieldProblem::NotADate));
        }
        let asked = return_due(command.due, last.map(|last| last.at), &timetable.zone)?;
        Ok(deadline::due(timetable, asked, extended, now))
    })
    .await
}

/// Keeps an entry back at the unit, with a reason.
pub(super) async fn keep_back(ctx: &Ctx, actor: &Actor, command: KeepBack) -> Result<()> {
    let reason = optional_reason(&command.reason)?;
    let step = Step {
        key: command.key,
        entry: command.entry,
        expected: command.expected,
        step: EntryStep::KeepBack,
        notes: Vec::new(),
    };
    step.take(ctx, actor, reason, |_, _, _| Ok(None)).await
}

/// Takes up an entry that was kept back, with a reason, while the unit may still forward it.
pub(super) async fn take_up(ctx: &Ctx, actor: &Actor, command: TakeUp) -> Result<()> {
    let reason = optional_reason(&command.reason)?;
    let step = Step {
        key: command.key,
        entry: command.entry,
        expected: command.expected,
        step: EntryStep::TakeUp,
        notes: Vec::new(),
    };
    step.take(ctx, actor, reason, |case, extended, now| {
        let timetable = &case.contest.setup.timetable;
        let last = deadline::forward(timetable, extended.for_forwarding());
        deadline::in_time(last.as_ref(), timetable, now)?;
        Ok(None)
    })
    .await
}

/// One step of the unit with an entry.
struct Step {
    key: CommandKey,
    entry: EntryId,
    expected: Version,
    step: EntryStep,
    /// Comments of a return.
    notes: Vec<ReturnNote>,
}

impl Step {
    /// Takes the step; `due` checks what else it needs and gives the date it sets.
    async fn take(
        self,
        ctx: &Ctx,
        actor: &Actor,
        reason: Option<String>,
        due: impl FnOnce(&Case, Extensions, Timestamp) -> Result<Option<Timestamp>> + Send,
    ) -> Result<()> {
        let me = signed_in(actor)?.id;
        let contest = contest_of(ctx, self.entry).await?;
        let mut tx = match ctx
            .begin::<()>(
                Some(contest),
                self.key,
                me,
                &(self.entry, self.expected, self.step, &reason, &self.notes),
            )
            .await?
        {
            Begun::Repeat(()) => return Ok(()),
            Begun::New(tx) => tx,
        };
        let mut case = Case::load(tx.conn(), self.entry).await?;
        let tree = unit_tree(tx.conn()).await?;
        match case.desk(actor, &tree)?.unit {
            Some(unit) => at_unit(actor, Action::ScreenEntry, contest, unit, case.contest.phase)?,
            // the organiser sees the entry but does not screen it
            None => return Err(Error::Denied(rules::account::Denied::NotYourRole)),
        }
        case.at_version(self.expected)?;
        returns::known(tx.conn(), &case, &self.notes).await?;
        let from = case.entry.state;
        let to = from.after(self.step).map_err(Violation::from)?;
        let reason = reason.ok_or(Violation::ReasonRequired)?;
        if self.step == EntryStep::Return && case.registered && !has_account(&case) {
            return Err(Violation::NobodyToComplete.into());
        }
        let now = case.now(ctx);
        let extended = Extended::load(tx.conn(), contest, case.entry.id, case.entry.unit).await?;
        case.entry.due_at = due(&case, extended.times(), now)?;
        case.entry.state = to;
        case.entry.reason = Some(reason.clone());
        case.entry.forward_rank = None;
        case.entry.updated_at = now;
        case.save(tx.conn()).await?;
        tx.record(
            contest,
            Some(me),
            now,
            moved(&case.entry, from, self.step, Some(reason.clone())),
        )
        .fault()?;
        if self.step == EntryStep::Return {
            give_copy(tx.conn(), &case.entry, now).await?;
            returns::keep(&mut tx, &case.entry, me, reason, &self.notes, now).await?;
        }
        ctx.finish(tx, self.key, me, &()).await
    }
}

/// Somebody who could complete the entry in the product.
fn has_account(case: &Case) -> bool {
    case.authors.iter().any(|author| author.person.is_some())
}

/// Its authors complete a copy: until they submit again, every desk goes on reading what was submitted.
async fn give_copy(db: &impl Conn, entry: &Entry, now: Timestamp) -> Result<()> {
    if store::entry::has_working_copy(db, entry.id).await.fault()? {
        return Ok(());
    }
    let copy = WorkingCopy {
        content: entry.content.clone(),
        started_at: now,
        updated_at: now,
        version: entry.version,
    };
    store::entry::insert_working_copy(db, entry.id, &copy)
        .await
        .fault()
}

/// The first look starts the desk's work with an entry: screening at the unit, checking at the organiser's. It is no
/// change anybody could be in conflict with, so the version stays.
pub(super) async fn first_look(
    ctx: &Ctx,
    actor: &Actor,
    id: EntryId,
    step: EntryStep,
    action: Action,
) -> Result<()> {
    let me = signed_in(actor)?.id;
    let contest = contest_of(ctx, id).await?;
    let mut tx = ctx.store.write(Some(contest)).await.fault()?;
    let mut case = Case::load(tx.conn(), id).await?;
    let from = case.entry.state;
    // somebody else may have looked, or the contest gone on, since the page was asked for
    let Ok(to) = from.after(step) else { return Ok(()) };
    if in_contest(actor, action, contest, case.contest.phase).is_err() {
        return Ok(());
    }
    case.entry.state = to;
    if store::entry::update(tx.conn(), &case.entry, case.entry.version)
        .await
        .fault()?
    {
        tx.record(
            contest,
            Some(me),
            case.now(ctx),
            moved(&case.entry, from, step, None),
        )
        .fault()?;
        ctx.commit(tx).await?;
    }
    Ok(())
}

/// The event of a step; state, rank and due date are those of the entry after it.
pub(crate) fn moved(entry: &Entry, from: EntryState, step: EntryStep, reason: Option<String>) -> Event {
    Event::EntryMoved {
        entry: entry.id,
        unit: entry.unit,
        from,
        step,
        reason,
        rank: entry.forward_rank.filter(|_| step == EntryStep::Forward),
        due: entry.due_at.filter(|_| step == EntryStep::Return),
        timeliness: Timeliness::InTime,
    }
}

/// The event of a forwarding, with how it stood to the deadline.
pub(super) fn forwarded(entry: &Entry, from: EntryState, timeliness: Timeliness) -> Event {
    Event::EntryMoved {
        entry: entry.id,
        unit: entry.unit,
        from,
        step: EntryStep::Forward,
        reason: None,
        rank: entry.forward_rank,
        due: None,
        timeliness,
    }
}

/// A typed reason, made good; `None` where nothing is left of it.
pub(crate) fn optional_reason(typed: &str) -> Result<Option<String>> {
    match clean_text(typed, REASON_MAX as usize) {
        Ok(reason) => Ok(Some(reason)),
        Err(TextProblem::Empty) => Ok(None),
        Err(TextProblem::TooLong { .. }) => {
            Err(Error::field("reason", FieldProblem::TooLong { max: REASON_MAX }))
        }
        Err(TextProblem::Hidden { .. }) => Err(Error::field("reason", FieldProblem::Malformed)),
    }
}
