//! An entry with names, for its unit's coordinator and the organiser.

use contract::Result;
use contract::entry::EntryDetailView;
use contract::{Error, Kind};
use rules::account::{Action, Actor, may};
use rules::entry::{EntryState, EntryStep};
use rules::id::EntryId;
use rules::visibility::state_for_author;

use super::case::{Case, unit_tree};
use super::deadline::Extended;
use super::form::form_of;
use super::line::desk_entries;
use super::screen::first_look;
use super::track::track;
use crate::actor::{at_unit, in_contest};
use crate::ctx::Ctx;
use crate::error::Fault;

/// The entry as submitted. The coordinator's first look starts screening, the organiser's starts checking.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, id: EntryId) -> Result<EntryDetailView> {
    let db = ctx.store.read();
    let mut case = Case::load(db, id).await?;
    let tree = unit_tree(db).await?;
    let desk = case.desk(actor, &tree)?;
    match desk.unit {
        Some(unit) => at_unit(
            actor,
            Action::SeeUnitBoard,
            case.contest.id,
            unit,
            case.contest.phase,
        )?,
        None => in_contest(
            actor,
            Action::SeeEligibilityDesk,
            case.contest.id,
            case.contest.phase,
        )?,
    }
    let look = match case.entry.state {
        EntryState::SubmittedToUnit if desk.unit.is_some() => {
            Some((EntryStep::StartScreening, Action::ScreenEntry))
        }
        EntryState::Forwarded if desk.organiser => Some((EntryStep::StartCheck, Action::DecideEligibility)),
        _ => None,
    };
    if let Some((step, action)) = look {
        first_look(ctx, actor, id, step, action).await?;
        case = Case::load(db, id).await?;
    }

    let extended = Extended::load(db, case.contest.id, id, case.entry.unit).await?;
    let (contest, entry) = (&case.contest, &case.entry);
    // while a returned entry is being completed, desks go on reading what was submitted
    let submitted = store::entry::revision(db, id, entry.revision).await.fault()?;
    let content = submitted.ok_or(Error::NotFound(Kind::Entry))?.content;
    let answers = form_of(db, contest, content.form_version).await?.lines(&content);
    let setup = &contest.setup;
    let phase = contest.phase;
    let shown = |state| {
        if desk.organiser {
            state
        } else {
            state_for_author(state, phase)
        }
    };
    let mut lines = desk_entries(db, vec![entry.line()], &setup.categories, &tree, shown).await?;
    let line = lines.pop().ok_or(Error::NotFound(Kind::Entry))?;
    let allowed = |action, unit| may(action, &actor.roles_in(Some(contest.id), unit), Some(phase)).is_ok();
    let screening = [
        EntryStep::Return,
        EntryStep::KeepBack,
        EntryStep::TakeUp,
        EntryStep::Forward,
    ];
    let deciding = [EntryStep::Accept, EntryStep::Reject];
    let possible = |steps: &[EntryStep]| steps.iter().any(|step| entry.state.after(*step).is_ok());
    let medium = crate::file::medium(db, actor, &case, &line.attachments).await?;
    Ok(EntryDetailView {
        contest_slug: contest.slug.clone(),
        contest_name: contest.name.clone(),
        phase,
        line,
        content,
        answers,
        categories: setup.categories.clone(),
        track: track(db, &case, desk.organiser).await?,
        zone: setup.timetable.zone.clone(),
        now: case.now(ctx),
        organises: desk.organiser,
        has_checklist: !store::register::checklist(db, contest.id)
            .await
            .fault()?
            .checklist
            .0
            .is_empty(),
        can_screen: desk
            .unit
            .is_some_and(|unit| allowed(Action::ScreenEntry, Some(unit)))
            && possible(&screening),
        extensions: extended.notes(case.now(ctx)),
        can_extend: desk.organiser && allowed(Action::GrantExtension, None) && still_open(entry.state),
        can_decide: desk.organiser && allowed(Action::DecideEligibility, None) && possible(&deciding),
        medium,
        key: ctx.key(),
    })
}

/// States in which more time is of use: with the author or the unit.
fn still_open(state: EntryState) -> bool {
    !state.is_forwarded() && state != EntryState::Withdrawn
}
