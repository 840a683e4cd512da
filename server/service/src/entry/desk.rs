//! The organiser's eligibility desk: every entry handed in, accepted or rejected with a reason.

use std::collections::BTreeSet;

use contract::entry::{DecideEligibility, DeskFilter, EligibilityDeskView};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, Role, may};
use rules::contest::UnitTree;
use rules::entry::{EntryState, EntryStep, Scan, carries_medium};
use rules::id::{UnitId, UserId};
use store::contest::{ContestRow, EntryTally};
use store::{Conn, Tx};

use super::case::{Case, contest_of, unit_tree};
use super::line::desk_entries;
use super::screen::{moved, optional_reason};
use super::units;
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;
use crate::file::category;
use crate::register::wanted::Wanted;

/// Entries on a page.
const PAGE_SIZE: u32 = 50;

/// A page of the desk. Without a chosen state it lists what was handed to the organiser.
pub(super) async fn view(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    filter: DeskFilter,
) -> Result<EligibilityDeskView> {
    let db = ctx.store.read();
    let contest = store::contest::by_slug(db, slug).await.fault()?;
    let contest = visible(actor, contest)?;
    in_contest(actor, Action::SeeEligibilityDesk, contest.id, contest.phase)?;
    let tree = unit_tree(db).await?;
    let setup = &contest.setup;

    let page = filter.page.max(1);
    let wanted = Wanted::of(ctx, &contest, &tree, filter).await?;
    let offset = u64::from(page - 1) * u64::from(PAGE_SIZE);
    let query = wanted.query(offset, u64::from(PAGE_SIZE));
    let (lines, total) = store::entry::desk_page(db, &query).await.fault()?;
    let marks = crate::register::marks::of(db, wanted.checklist_version(), &lines).await?;
    let entries = desk_entries(db, lines, &setup.categories, &tree, |state| state).await?;
    let checked = crate::register::check::ready(db, contest.id).await?;
    let tallies = store::contest::entry_tallies(db, [contest.id]).await.fault()?;
    let eligible = || tallies.iter().filter(|tally| tally.state.is_eligible());
    let accepted: u32 = eligible().map(|tally| tally.count).sum();
    let bare: u32 = eligible().map(|tally| tally.without_blind_code).sum();
    let extended = store::deadline::last_until(db, contest.id).await.fault()?;
    let standing = actor.roles_in(Some(contest.id), None);
    Ok(EligibilityDeskView {
        contest: contest.id,
        phase: contest.phase,
        entries,
        total: u32::try_from(total).unwrap_or(u32::MAX),
        page,
        page_size: PAGE_SIZE,
        categories: setup.categories.clone(),
        units: crate::account::unit_lines(ctx, store::account::units(db).await.fault()?),
        has_checklist: wanted.checklist_version().0 > 0,
        checked: u32::try_from(checked.len()).unwrap_or(u32::MAX),
        marks,
        unchecked: count(&tallies, &UNCHECKED),
        accepted,
        blind: setup.eligibility.blind,
        codes_assigned: setup.eligibility.blind && accepted > 0 && bare == 0,
        units_below_quota: below_quota(db, &contest, &tree).await?,
        intake_ends: setup.timetable.intake_ends().max(extended),
        now: contest.now(ctx.now()),
        zone: setup.timetable.zone.clone(),
        can_decide: may(Action::DecideEligibility, &standing, Some(contest.phase)).is_ok(),
        key: ctx.key(),
        contest_slug: contest.slug,
        contest_name: contest.name,
    })
}

/// States in which an entry waits for the organiser's decision.
pub(crate) const UNCHECKED: [EntryState; 2] = [EntryState::Forwarded, EntryState::EligibilityCheck];

/// How many entries are in one of `states`.
pub(crate) fn count(tallies: &[EntryTally], states: &[EntryState]) -> u32 {
    tallies
        .iter()
        .filter(|tally| states.contains(&tally.state))
        .map(|tally| tally.count)
        .sum()
}

/// The contest, for those who may know of it.
///
/// # Errors
/// `NotFound`.
pub(crate) fn visible(actor: &Actor, contest: Option<ContestRow>) -> Result<ContestRow> {
    let organises = |contest: &ContestRow| actor.roles_in(Some(contest.id), None).has(Role::Organiser);
    contest
        .filter(|contest| contest.phase.is_public() || organises(contest))
        .ok_or(Error::NotFound(Kind::Contest))
}

/// Accepts or rejects. A decision can be turned round until judging begins.
pub(super) async fn decide(ctx: &Ctx, actor: &Actor, command: DecideEligibility) -> Result<()> {
    let me = signed_in(actor)?.id;
    let reason = optional_reason(&command.reason)?;
    let contest = contest_of(ctx, command.entry).await?;
    let mut tx = match ctx.begin::<()>(Some(contest), command.key, me, &command).await? {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let mut case = Case::load(tx.conn(), command.entry).await?;
    let tree = unit_tree(tx.conn()).await?;
    case.desk(actor, &tree)?;
    in_contest(actor, Action::DecideEligibility, contest, case.contest.phase)?;
    case.at_version(command.expected)?;
    apply(ctx, &mut tx, &mut case, me, command.accepted, reason).await?;
    ctx.finish(tx, command.key, me, &()).await
}

/// Takes the step of a decision, from the checklist where the contest has one.
pub(crate) async fn apply(
    ctx: &Ctx,
    tx: &mut Tx,
    case: &mut Case,
    me: UserId,
    accepted: bool,
    reason: Option<String>,
) -> Result<()> {
    let step = if accepted {
        EntryStep::Accept
    } else {
        EntryStep::Reject
    };
    let from = case.entry.state;
    let to = from.after(step).map_err(Violation::from)?;
    let ground = crate::register::check::ground(tx.conn(), case, accepted, reason).await?;
    if accepted {
        let copy = store::entry::copy(tx.conn(), case.entry.id).await.fault()?;
        let attached = store::entry::handed_in(tx.conn(), &[case.entry.id])
            .await
            .fault()?;
        let attached = attached.into_iter().map(|file| file.info);
        let attached: Vec<_> = attached.filter(|file| file.scan != Scan::Infected).collect();
        if !carries_medium(category(case), &attached, copy) {
            return Err(Violation::MediumMissing.into());
        }
    }
    let now = case.now(ctx);
    case.entry.state = to;
    case.entry.reason = ground.reason.clone();
    case.entry.updated_at = now;
    case.save(tx.conn()).await?;
    if let Some(event) = ground.event {
        tx.record(case.contest.id, Some(me), now, event).fault()?;
    }
    tx.record(
        case.contest.id,
        Some(me),
        now,
        moved(&case.entry, from, step, ground.reason),
    )
    .fault()
}

/// Names of the units that forwarded fewer entries than the quota asks: those with a coordinator in the contest,
/// and those named as eligible that have none. Entries of units below count for the unit above.
async fn below_quota(db: &impl Conn, contest: &ContestRow, tree: &UnitTree) -> Result<Vec<String>> {
    let rules = &contest.setup.eligibility;
    if !rules.unit_screening || rules.min_quota == 0 {
        return Ok(Vec::new());
    }
    let grants = store::account::grants_in(db, contest.id).await.fault()?;
    let forwarding: BTreeSet<UnitId> = grants
        .into_iter()
        .filter(|row| row.grant.role == Role::UnitCoordinator)
        .filter_map(|row| row.grant.unit)
        .collect();
    let asked = tree.asked(&forwarding, &rules.units);
    let forwarded = store::contest::quota_counts(db, contest.id).await.fault()?;
    let short = |unit: &UnitId| {
        let ours = forwarded.iter().filter(|(from, _)| tree.is_within(*from, *unit));
        ours.map(|(_, count)| *count).sum::<u32>() < rules.min_quota
    };
    let mut names: Vec<String> = asked
        .into_iter()
        .filter(short)
        .filter_map(|unit| units::name(tree, Some(unit)))
        .collect();
    names.sort_by(|a, b| rules::text::compare(a, b));
    Ok(names)
}
