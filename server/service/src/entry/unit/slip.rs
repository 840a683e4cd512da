//! Forwarding slips: made with the act, kept as they were, shown to the unit and the organiser.

use contract::entry::DeskEntry;
use contract::unit::SlipView;
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, Role};
use rules::id::{EntryId, SlipId, UnitId, UserId};
use rules::time::Timestamp;
use rules::unit::{Slip, SlipLine, slip_code};
use store::Conn;
use store::unit::SlipRow;

use super::super::case::unit_tree;
use super::super::line::desk_entries;
use super::super::{deadline, units};
use super::order::UnitCase;
use crate::actor::{at_unit, in_contest, signed_in};
use crate::ctx::Ctx;
use crate::error::{Fault, internal};

/// What one act of forwarding says.
pub(in super::super) struct Act<'a> {
    pub id: SlipId,
    pub unit: UnitId,
    pub me: UserId,
    pub now: Timestamp,
    /// Forwarded, best first, with their places on the unit's list.
    pub entries: &'a [(EntryId, u32)],
    pub reserves: &'a [EntryId],
}

/// Makes the slip of an act and stores it. Entries are written down as they are handed over.
pub(in super::super) async fn make(db: &impl Conn, case: &UnitCase, act: &Act<'_>) -> Result<SlipRow> {
    let contest = &case.contest;
    let named = |id: EntryId| act.entries.iter().any(|(entry, _)| *entry == id) || act.reserves.contains(&id);
    let lines = case.lines.iter().filter(|line| named(line.id)).cloned().collect();
    let entries = desk_entries(db, lines, &contest.setup.categories, &case.tree, |state| state).await?;
    let line = |id: EntryId, rank: u32| {
        let entry = entries.iter().find(|entry| entry.entry == id)?;
        Some(slip_line(entry, rank))
    };
    let number = store::unit::last_number(db, contest.id)
        .await
        .fault()?
        .saturating_add(1);
    let earlier = store::unit::slips_of(db, contest.id, act.unit).await.fault()?;
    let maker = store::account::person(db, act.me)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Person))?;
    let timetable = &contest.setup.timetable;
    let deadline = deadline::forward_of_unit(db, contest, &case.tree, act.unit, &[]).await?;
    let slip = Slip {
        number,
        code: slip_code(&contest.code, number),
        turn: u32::try_from(earlier.len() + 1).unwrap_or(u32::MAX),
        contest_code: contest.code.clone(),
        contest_name: contest.name.clone(),
        unit_name: units::name(&case.tree, Some(act.unit)).unwrap_or_default(),
        forwarded_at: act.now,
        zone: timetable.zone.clone(),
        deadline: deadline.map(|deadline| deadline.at),
        maker: maker.full_name,
        maker_position: maker.position,
        quota: case.quota(),
        forwarded_before: case.forwarded(),
        lines: act
            .entries
            .iter()
            .filter_map(|(id, rank)| line(*id, *rank))
            .collect(),
        reserves: (1..)
            .zip(act.reserves)
            .filter_map(|(rank, id)| line(*id, rank))
            .collect(),
    };
    let hash = slip.hash().map_err(|cause| internal(&cause))?;
    let row = SlipRow {
        id: act.id,
        contest: contest.id,
        unit: act.unit,
        slip,
        hash: hash.to_string(),
        forwarded_by: act.me,
    };
    store::unit::insert_slip(db, &row).await.fault()?;
    Ok(row)
}

fn slip_line(entry: &DeskEntry, rank: u32) -> SlipLine {
    SlipLine {
        rank,
        entry: entry.entry,
        code: entry.code.clone(),
        title: entry.title.clone(),
        authors: entry.authors.clone(),
        category_name: entry.category_name.clone(),
        files: u32::try_from(entry.attachments.len()).unwrap_or(u32::MAX),
    }
}

/// A slip, for coordinators of the unit or of one above, and for the organiser. Nobody else learns that it exists.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, id: SlipId) -> Result<SlipView> {
    signed_in(actor)?;
    let db = ctx.store.read();
    let missing = || Error::NotFound(Kind::Page);
    let row = store::unit::slip(db, id).await.fault()?.ok_or_else(missing)?;
    let contest = store::contest::by_id(db, row.contest)
        .await
        .fault()?
        .ok_or_else(missing)?;
    let tree = unit_tree(db).await?;
    let above = actor
        .coordinated_units(contest.id)
        .into_iter()
        .find(|above| tree.is_within(row.unit, *above));
    match above {
        Some(above) => at_unit(actor, Action::SeeUnitBoard, contest.id, above, contest.phase)?,
        None if actor.roles_in(Some(contest.id), None).has(Role::Organiser) => {
            in_contest(actor, Action::SeeEligibilityDesk, contest.id, contest.phase)?;
        }
        None => return Err(missing()),
    }
    let intact = row.slip.hash().is_ok_and(|hash| hash.to_string() == row.hash);
    Ok(SlipView {
        id,
        contest_slug: contest.slug,
        unit: row.unit,
        slip: row.slip,
        hash: row.hash,
        intact,
        own: above.is_some(),
    })
}
