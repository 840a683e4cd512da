//! The desk of one unit: the board, and beside it the list, the slips, the quota and what is left to do.

use std::collections::BTreeSet;

use contract::entry::UnitBoardView;
use contract::unit::{SlipRef, UnitDeskView};
use contract::{Error, Kind, Result};
use rules::account::Actor;
use rules::entry::EntryState;
use rules::id::{EntryId, UnitId};
use rules::time::Timestamp;
use rules::unit::{Desk, Quota, UnitOrder, slip_code, todo};

use super::super::case::unit_tree;
use super::super::deadline;
use super::board::board;
use super::order::{candidates, draft};
use crate::ctx::Ctx;
use crate::error::Fault;

/// The desk; `unit` chooses among several.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, slug: &str, unit: Option<UnitId>) -> Result<UnitDeskView> {
    let board = board(ctx, actor, slug, unit).await?;
    let db = ctx.store.read();
    let quota = Quota {
        min: board.min_quota,
        max: board.max_quota,
    };
    let movable = candidates(board.entries.iter().map(|line| (line.entry, line.state)));
    let row = store::unit::order_of(db, board.contest, board.unit)
        .await
        .fault()?;
    let order = draft(db, row, &movable, quota.room(board.forwarded)).await?;
    let unplaced = order.order.unplaced(&movable);
    let slips = store::unit::slips_of(db, board.contest, board.unit)
        .await
        .fault()?;
    let contest = store::contest::by_id(db, board.contest).await.fault()?;
    let contest = contest.ok_or(Error::NotFound(Kind::Contest))?;
    let code = &contest.code;
    let slips = slips.into_iter().map(|head| SlipRef {
        slip: head.id,
        code: slip_code(code, head.number),
        turn: head.turn,
        entries: head.entries,
        reserves: head.reserves,
        forwarded_at: head.forwarded_at,
    });
    // an entry with an extension of its own can be forwarded when the others no longer can
    let tree = unit_tree(db).await?;
    let last = deadline::forward_of_unit(db, &contest, &tree, board.unit, &movable).await?;
    let open = board.can_act && last.is_none_or(|deadline| board.now <= deadline.last());
    let todo = todo(&standing(&board, quota, &unplaced, &order.order, open));
    Ok(UnitDeskView {
        order,
        unplaced,
        quota,
        todo,
        slips: slips.collect(),
        open,
        board,
    })
}

fn standing(
    board: &UnitBoardView,
    quota: Quota,
    unplaced: &[EntryId],
    order: &UnitOrder,
    open: bool,
) -> Desk {
    let in_state = |state: EntryState| {
        let count = board.entries.iter().filter(|line| line.state == state).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let unread: BTreeSet<EntryId> = board
        .entries
        .iter()
        .filter(|line| line.state == EntryState::SubmittedToUnit)
        .map(|line| line.entry)
        .collect();
    let late = |due: Timestamp| due < board.now;
    let overdue = board
        .entries
        .iter()
        .filter(|line| line.state == EntryState::ReturnedForSupplement && line.due_at.is_some_and(late))
        .count();
    let gone = [
        EntryState::Withdrawn,
        EntryState::Rejected,
        EntryState::Disqualified,
    ];
    let fallen = board
        .entries
        .iter()
        .filter(|line| line.forward_rank.is_some() && gone.contains(&line.state))
        .count();
    // what nobody has read yet is told once, as something to read
    let unplaced = unplaced.iter().filter(|entry| !unread.contains(entry)).count();
    Desk {
        quota,
        drafts: board.drafts,
        waiting: in_state(EntryState::SubmittedToUnit),
        returned: in_state(EntryState::ReturnedForSupplement),
        overdue: u32::try_from(overdue).unwrap_or(u32::MAX),
        unplaced: u32::try_from(unplaced).unwrap_or(u32::MAX),
        selected: u32::try_from(order.selected.len()).unwrap_or(u32::MAX),
        forwarded: board.forwarded,
        fallen: u32::try_from(fallen).unwrap_or(u32::MAX),
        reserves: u32::try_from(order.reserves.len()).unwrap_or(u32::MAX),
        open,
    }
}
