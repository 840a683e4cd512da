//! Forwarding a unit's selection to the standing unit, in order, in one act.

use std::collections::{BTreeMap, BTreeSet};

use contract::entry::ForwardEntries;
use contract::error::FieldProblem;
use contract::{Conflict, Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::entry::EntryStep;
use rules::id::{EntryId, UnitId};
use store::entry::Entry;

use super::case::unit_tree;
use super::screen::forwarded;
use super::{deadline, units};
use crate::actor::{at_unit, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Entries forwarded in one act at most.
const FORWARD_MAX: usize = 500;

/// Forwards entries, best first: all of them or none. Ranks go on after those forwarded before.
pub(super) async fn forward(ctx: &Ctx, actor: &Actor, command: ForwardEntries) -> Result<()> {
    let me = signed_in(actor)?.id;
    if command.entries.len() > FORWARD_MAX {
        return Err(Error::field(
            "entries",
            FieldProblem::TooLong {
                max: FORWARD_MAX as u32,
            },
        ));
    }
    let mut tx = match ctx
        .begin::<()>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let contest = store::contest::by_id(tx.conn(), command.contest).await.fault()?;
    let contest = contest
        .filter(|contest| contest.phase.is_public())
        .ok_or(Error::NotFound(Kind::Contest))?;
    if !actor.coordinated_units(contest.id).contains(&command.unit) {
        return Err(Error::NotFound(Kind::Unit));
    }
    at_unit(
        actor,
        Action::ForwardEntries,
        contest.id,
        command.unit,
        contest.phase,
    )?;
    let chosen: BTreeSet<EntryId> = command.entries.iter().map(|(id, _)| *id).collect();
    if chosen.is_empty() {
        return Err(Violation::NothingChosen.into());
    }
    let tree = unit_tree(tx.conn()).await?;
    let covered = units::below(&tree, command.unit);
    let ids: Vec<EntryId> = chosen.into_iter().collect();
    let found = store::entry::find_all(tx.conn(), &ids).await.fault()?;
    let mut entries = in_order(&command, &covered, found)?;

    let now = contest.now(ctx.now());
    let timetable = &contest.setup.timetable;
    let board = store::entry::on_board(tx.conn(), contest.id, &covered)
        .await
        .fault()?;
    let sent = board.iter().filter(|line| line.state.is_forwarded()).count();
    let last_rank = board
        .iter()
        .filter(|line| line.state.is_forwarded())
        .filter_map(|line| line.forward_rank)
        .max();
    let extended = store::deadline::in_force(tx.conn(), contest.id, &ids)
        .await
        .fault()?;
    let above = deadline::above(&tree, command.unit);
    let mut events = Vec::with_capacity(entries.len());
    for (rank, entry) in (last_rank.unwrap_or_default() + 1..).zip(&mut entries) {
        let from = entry.state;
        entry.state = from.after(EntryStep::Forward).map_err(Violation::from)?;
        entry.forward_rank = Some(rank);
        (entry.reason, entry.due_at) = (None, None);
        (entry.forwarded_at, entry.updated_at) = (Some(now), now);
        // an extension of the unit moves the deadline of all, an entry's own that of the one
        let extended = store::deadline::extensions(&extended, entry.id, &above).for_forwarding();
        let deadline = deadline::forward(timetable, extended);
        let timeliness = deadline::in_time(deadline.as_ref(), timetable, now)?;
        events.push(forwarded(entry, from, timeliness));
    }
    let max = contest.setup.eligibility.max_quota;
    if max != 0 && sent + entries.len() > max as usize {
        return Err(Violation::OverQuota { max }.into());
    }
    for entry in &mut entries {
        let expected = entry.version;
        entry.version = expected.next();
        if !store::entry::update(tx.conn(), entry, expected).await.fault()? {
            return Err(Error::Conflict(Conflict {
                expected,
                current: entry.version,
            }));
        }
    }
    for event in events {
        tx.record(contest.id, Some(me), now, event).fault()?;
    }
    ctx.finish(tx, command.key, me, &()).await
}

/// The entries in the order chosen, an entry named twice once. Entries of other contests or units are not found.
fn in_order(command: &ForwardEntries, covered: &[UnitId], found: Vec<Entry>) -> Result<Vec<Entry>> {
    let mut found: BTreeMap<EntryId, Entry> = found.into_iter().map(|entry| (entry.id, entry)).collect();
    let mut entries = Vec::with_capacity(found.len());
    let mut seen = BTreeSet::new();
    for (id, expected) in &command.entries {
        if !seen.insert(*id) {
            continue;
        }
        let entry = found.remove(id).ok_or(Error::NotFound(Kind::Entry))?;
        let ours = entry.unit.is_some_and(|unit| covered.contains(&unit));
        if entry.contest != command.contest || entry.revision == 0 || !ours {
            return Err(Error::NotFound(Kind::Entry));
        }
        if entry.version != *expected {
            return Err(Error::Conflict(Conflict {
                expected: *expected,
                current: entry.version,
            }));
        }
        entries.push(entry);
    }
    Ok(entries)
}
