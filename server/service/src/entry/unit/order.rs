//! The unit's list: read, saved as it is made, and guarded so that two coordinators do not overwrite one another.

use std::collections::BTreeSet;

use contract::error::FieldProblem;
use contract::unit::{OrderDraft, SaveUnitOrder};
use contract::{Conflict, Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::contest::UnitTree;
use rules::entry::{EntryState, EntryStep};
use rules::id::{ContestId, EntryId, UnitId, Version};
use rules::unit::{Quota, UnitOrder};
use store::Conn;
use store::contest::ContestRow;
use store::entry::EntryLine;
use store::unit::OrderRow;

use super::super::case::unit_tree;
use super::super::{deadline, units};
use crate::actor::{at_unit, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Entries a list may name; more than any unit forwards.
pub(in super::super) const LIST_MAX: usize = 500;

/// The version of a list nobody saved yet.
const UNSAVED: Version = Version(0);

/// Whether an entry can be forwarded from where it stands.
pub(in super::super) fn can_go(state: EntryState) -> bool {
    state.after(EntryStep::Forward).is_ok()
}

/// The entries a list may name, as they came in.
pub(super) fn candidates<'a>(entries: impl Iterator<Item = (EntryId, EntryState)> + 'a) -> Vec<EntryId> {
    entries
        .filter(|(_, state)| can_go(*state))
        .map(|(id, _)| id)
        .collect()
}

/// The list as it stands: as saved, without what has left since, or the proposal.
pub(super) async fn draft(
    db: &impl Conn,
    row: Option<OrderRow>,
    candidates: &[EntryId],
    room: Option<u32>,
) -> Result<OrderDraft> {
    let Some(row) = row else {
        return Ok(OrderDraft {
            order: UnitOrder::first(candidates, room),
            version: UNSAVED,
            saved_at: None,
            saved_by: None,
        });
    };
    let known: BTreeSet<EntryId> = candidates.iter().copied().collect();
    let person = store::account::person(db, row.saved_by).await.fault()?;
    Ok(OrderDraft {
        order: row.order.among(&known),
        version: row.version,
        saved_at: Some(row.saved_at),
        saved_by: person.map(|person| person.full_name),
    })
}

/// What a write at a unit's list starts from.
pub(in super::super) struct UnitCase {
    pub contest: ContestRow,
    pub tree: UnitTree,
    pub covered: Vec<UnitId>,
    /// Entries of the unit and of those below it.
    pub lines: Vec<EntryLine>,
    pub saved: Option<OrderRow>,
}

impl UnitCase {
    /// Loads it for somebody who may forward for the unit now.
    ///
    /// # Errors
    /// `NotFound` where the contest or the unit is none of theirs; `Denied` where the phase is over.
    pub async fn load(db: &impl Conn, actor: &Actor, contest: ContestId, unit: UnitId) -> Result<Self> {
        let contest = store::contest::by_id(db, contest).await.fault()?;
        let contest = contest
            .filter(|contest| contest.phase.is_public())
            .ok_or(Error::NotFound(Kind::Contest))?;
        if !actor.coordinated_units(contest.id).contains(&unit) {
            return Err(Error::NotFound(Kind::Unit));
        }
        at_unit(actor, Action::ForwardEntries, contest.id, unit, contest.phase)?;
        let tree = unit_tree(db).await?;
        let covered = units::below(&tree, unit);
        let lines = store::entry::on_board(db, contest.id, &covered).await.fault()?;
        let saved = store::unit::order_of(db, contest.id, unit).await.fault()?;
        Ok(Self {
            contest,
            tree,
            covered,
            lines,
            saved,
        })
    }

    /// Only the list on the screen goes on.
    ///
    /// # Errors
    /// `Conflict` with the version that is stored now.
    pub fn at_order(&self, expected: Version) -> Result<()> {
        let current = self.saved.as_ref().map_or(UNSAVED, |row| row.version);
        if current == expected {
            Ok(())
        } else {
            Err(Error::Conflict(Conflict { expected, current }))
        }
    }

    /// Entries that can be forwarded now, as they came in.
    pub fn candidates(&self) -> Vec<EntryId> {
        candidates(self.lines.iter().map(|line| (line.id, line.state)))
    }

    /// Entries forwarded before.
    pub fn forwarded(&self) -> u32 {
        let count = self.lines.iter().filter(|line| line.state.is_forwarded()).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The quota of the contest's units.
    pub fn quota(&self) -> Quota {
        quota(&self.contest)
    }
}

/// The quota of a contest's units.
pub(super) fn quota(contest: &ContestRow) -> Quota {
    Quota {
        min: contest.setup.eligibility.min_quota,
        max: contest.setup.eligibility.max_quota,
    }
}

/// Saves the list. It is a draft of the unit: no event, but a version, so that a second coordinator chooses instead of
/// overwriting. More than the quota may stand on it; only forwarding refuses that.
pub(super) async fn save(ctx: &Ctx, actor: &Actor, command: SaveUnitOrder) -> Result<OrderDraft> {
    let me = signed_in(actor)?.id;
    if command.order.entries().count() > LIST_MAX {
        return Err(Error::field(
            "order",
            FieldProblem::TooLong { max: LIST_MAX as u32 },
        ));
    }
    let tx = match ctx
        .begin::<OrderDraft>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(draft) => return Ok(draft),
        Begun::New(tx) => tx,
    };
    let db = tx.conn();
    let case = UnitCase::load(db, actor, command.contest, command.unit).await?;
    case.at_order(command.expected)?;
    let now = case.contest.now(ctx.now());
    let timetable = &case.contest.setup.timetable;
    let candidates = case.candidates();
    let last = deadline::forward_of_unit(db, &case.contest, &case.tree, command.unit, &candidates).await?;
    deadline::in_time(last.as_ref(), timetable, now)?;
    let row = OrderRow {
        contest: command.contest,
        unit: command.unit,
        order: command.order.among(&candidates.iter().copied().collect()),
        saved_at: now,
        saved_by: me,
        version: command.expected.next(),
    };
    store::unit::put_order(db, &row).await.fault()?;
    let saved = draft(db, Some(row), &candidates, None).await?;
    ctx.finish(tx, command.key, me, &saved).await?;
    Ok(saved)
}
