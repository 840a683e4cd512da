//! Forwarding a unit's selection to the standing unit, in order, in one act, with a slip.

use std::collections::{BTreeMap, BTreeSet};

use contract::entry::ForwardEntries;
use contract::error::FieldProblem;
use contract::{Conflict, Error, Kind, Result};
use rules::Violation;
use rules::account::Actor;
use rules::entry::EntryStep;
use rules::event::Event;
use rules::id::{EntryId, SlipId, UnitId};
use rules::unit::UnitOrder;
use store::entry::Entry;
use store::unit::OrderRow;

use super::deadline;
use super::screen::forwarded;
use super::unit::order::{LIST_MAX, UnitCase};
use super::unit::slip::{self, Act};
use crate::actor::signed_in;
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Forwards entries, best first: all of them or none. Ranks go on after those forwarded before, and the quota counts
/// over all slips of the unit. Reserves stay where they are; the slip names them.
pub(super) async fn forward(ctx: &Ctx, actor: &Actor, command: ForwardEntries) -> Result<SlipId> {
    // what came by the deadline is in time, however long others keep it waiting for its turn
    let arrived = ctx.now();
    let me = signed_in(actor)?.id;
    if command.entries.len() + command.reserves.len() > LIST_MAX {
        return Err(Error::field(
            "entries",
            FieldProblem::TooLong { max: LIST_MAX as u32 },
        ));
    }
    let mut tx = match ctx
        .begin::<SlipId>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(slip) => return Ok(slip),
        Begun::New(tx) => tx,
    };
    let case = UnitCase::load(tx.conn(), actor, command.contest, command.unit).await?;
    let chosen: BTreeSet<EntryId> = command.entries.iter().map(|(id, _)| *id).collect();
    if chosen.is_empty() {
        return Err(Violation::NothingChosen.into());
    }
    let ids: Vec<EntryId> = chosen.iter().copied().collect();
    let found = store::entry::find_all(tx.conn(), &ids).await.fault()?;
    let mut entries = in_order(&command, &case.covered, found)?;
    case.at_order(command.order)?;

    let contest = &case.contest;
    let now = contest.now(arrived);
    let timetable = &contest.setup.timetable;
    let last_rank = case
        .lines
        .iter()
        .filter(|line| line.state.is_forwarded())
        .filter_map(|line| line.forward_rank)
        .max();
    let extended = store::deadline::in_force(tx.conn(), contest.id, &ids)
        .await
        .fault()?;
    let above = deadline::above(&case.tree, command.unit);
    let mut events = Vec::with_capacity(entries.len() + 1);
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
    let more = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    case.quota().admits(case.forwarded(), more)?;

    let movable: BTreeSet<EntryId> = case.candidates().into_iter().collect();
    let left = &movable - &chosen;
    let behind = UnitOrder {
        selected: Vec::new(),
        reserves: command.reserves.clone(),
    };
    let reserves = behind.among(&left).reserves;
    let named: Vec<(EntryId, u32)> = entries
        .iter()
        .map(|entry| (entry.id, entry.forward_rank.unwrap_or_default()))
        .collect();
    let act = Act {
        id: ctx.id(),
        unit: command.unit,
        me,
        now,
        entries: &named,
        reserves: &reserves,
    };
    let made = slip::make(tx.conn(), &case, &act).await?;
    events.push(Event::EntriesForwarded {
        slip: made.id,
        code: made.slip.code,
        unit: command.unit,
        entries: named.iter().map(|(id, _)| *id).collect(),
        reserves: reserves.clone(),
        slip_hash: made.hash,
    });
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
    let rest = match &case.saved {
        Some(saved) => saved.order.without(&reserves.iter().copied().collect()),
        None => UnitOrder::default(),
    };
    let rest = UnitOrder {
        selected: rest.selected,
        reserves,
    };
    // a unit that never made a list, and keeps nothing in reserve, goes on without one
    if case.saved.is_some() || rest != UnitOrder::default() {
        let row = OrderRow {
            contest: contest.id,
            unit: command.unit,
            order: rest.among(&left),
            saved_at: now,
            saved_by: me,
            version: command.order.next(),
        };
        store::unit::put_order(tx.conn(), &row).await.fault()?;
    }
    for event in events {
        tx.record(contest.id, Some(me), now, event).fault()?;
    }
    ctx.finish(tx, command.key, me, &made.id).await?;
    Ok(made.id)
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
