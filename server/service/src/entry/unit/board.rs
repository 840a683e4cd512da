//! The board of one unit: what came in, what is forwarded, how the quota stands.

use contract::entry::UnitBoardView;
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, may};
use rules::id::UnitId;
use rules::visibility::state_for_author;

use super::super::case::unit_tree;
use super::super::line::desk_entries;
use super::super::{deadline, units};
use crate::actor::{at_unit, in_contest};
use crate::ctx::Ctx;
use crate::error::Fault;

/// The board. Entries of units below belong to it. What a jury does with an entry is shown after the decision only.
pub(super) async fn board(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    unit: Option<UnitId>,
) -> Result<UnitBoardView> {
    let db = ctx.store.read();
    let contest = store::contest::by_slug(db, slug).await.fault()?;
    let contest = contest
        .filter(|contest| contest.phase.is_public())
        .ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::SeeUnitBoard, contest.id, contest.phase)?;
    let tree = unit_tree(db).await?;
    let mut coordinated: Vec<(UnitId, String)> = actor
        .coordinated_units(contest.id)
        .into_iter()
        .filter_map(|unit| Some((unit, units::name(&tree, Some(unit))?)))
        .collect();
    coordinated.sort_by(|a, b| rules::text::compare(&a.1, &b.1).then(a.0.cmp(&b.0)));
    coordinated.dedup();
    let chosen = match unit {
        None => 0,
        Some(unit) => coordinated
            .iter()
            .position(|(id, _)| *id == unit)
            .ok_or(Error::NotFound(Kind::Unit))?,
    };
    if coordinated.is_empty() {
        return Err(Error::NotFound(Kind::Unit));
    }
    let (unit, unit_name) = coordinated.remove(chosen);
    at_unit(actor, Action::SeeUnitBoard, contest.id, unit, contest.phase)?;

    let covered = units::below(&tree, unit);
    let lines = store::entry::on_board(db, contest.id, &covered).await.fault()?;
    let drafts = store::entry::drafts_in(db, contest.id, &covered).await.fault()?;
    let forwarded = lines.iter().filter(|line| line.state.is_forwarded()).count();
    let setup = &contest.setup;
    let phase = contest.phase;
    let entries = desk_entries(db, lines, &setup.categories, &tree, |state| {
        state_for_author(state, phase)
    })
    .await?;
    let now = contest.now(ctx.now());
    let extended = store::deadline::in_force(db, contest.id, &[]).await.fault()?;
    let above = deadline::above(&tree, unit);
    let ours = extended
        .iter()
        .filter(|row| row.unit.is_some_and(|unit| above.contains(&unit)));
    let until = ours.clone().map(|row| row.until).max();
    let extensions = ours.filter(|row| row.until >= now).map(deadline::note).collect();
    let standing = actor.roles_in(Some(contest.id), Some(unit));
    Ok(UnitBoardView {
        contest: contest.id,
        phase,
        unit,
        unit_name,
        other_units: coordinated,
        entries,
        drafts: u32::try_from(drafts).unwrap_or(u32::MAX),
        forwarded: u32::try_from(forwarded).unwrap_or(u32::MAX),
        min_quota: setup.eligibility.min_quota,
        max_quota: setup.eligibility.max_quota,
        now,
        zone: setup.timetable.zone.clone(),
        deadline: deadline::forward(&setup.timetable, until),
        extensions,
        can_act: may(Action::ForwardEntries, &standing, Some(phase)).is_ok(),
        key: ctx.key(),
        contest_slug: contest.slug,
        contest_name: contest.name,
    })
}
