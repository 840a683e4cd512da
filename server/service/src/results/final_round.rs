//! The locked last round, and the prizes the rules give from it.

use contract::Result;
use rules::entry::EntryState;
use rules::id::EntryId;
use rules::judging::Tally;
use rules::results::{Allocation, allocate, shared_tiers};
use store::Conn;
use store::contest::ContestRow;

use crate::error::Fault;
use crate::judging::locked_tally;

/// What the last round ended with.
pub(super) struct FinalRound {
    pub(super) tally: Tally<EntryId>,
    pub(super) allocation: Allocation<EntryId>,
}

/// The last round's result; `None` where it is not locked, or the contest came in as a result only.
pub(super) async fn final_round(db: &impl Conn, contest: &ContestRow) -> Result<Option<FinalRound>> {
    let rounds = store::contest::rounds(db, contest.id).await.fault()?;
    let Some(last) = rounds.last() else {
        return Ok(None);
    };
    let Some((tally, policy)) = locked_tally(last)?.zip(last.policy.as_ref()) else {
        return Ok(None);
    };
    let prizes = &contest.setup.prizes;
    // who left after the lock keeps a place in the ranking but gets no prize
    let left = [EntryState::Withdrawn, EntryState::Disqualified];
    let left = store::results::entries_in(db, contest.id, &left).await.fault()?;
    let mut eligible = tally.clone();
    eligible.rows.retain(|row| !left.contains(&row.entry));
    let somebody_left = eligible.rows.len() < tally.rows.len();
    let shared = shared_tiers(policy, prizes, somebody_left);
    let allocation = allocate(&eligible, prizes, policy.prize_floor, &shared);
    Ok(Some(FinalRound { tally, allocation }))
}
