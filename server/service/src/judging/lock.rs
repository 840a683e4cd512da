//! Locking a round: the tally is final, the best go on or await approval.

use contract::error::Conflict;
use contract::judging::LockRound;
use contract::{Error, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::entry::EntryState;
use rules::event::Event;
use rules::id::EntryId;
use rules::judging::{RoundError, RoundState};
use store::judging::Outcome;

use super::scope::{Scope, begin};
use super::sheet::{Sheet, Verdict};
use crate::ctx::{Begun, Ctx};
use crate::error::{Fault, internal};

/// Locks a round.
pub(super) async fn lock_round(ctx: &Ctx, actor: &Actor, command: LockRound) -> Result<()> {
    let (me, begun) = begin::<()>(ctx, actor, command.round, command.key, &command).await?;
    let Begun::New(mut tx) = begun else { return Ok(()) };
    let scope = Scope::load(tx.conn(), command.round).await?;
    scope.at_desk(actor, Action::LockRound)?;
    let (state, version) = (scope.round.state, scope.round.version);
    if !state.takes_ballots() {
        return Err(Violation::RoundState { state }.into());
    }
    if version != command.expected {
        return Err(Error::Conflict(Conflict {
            expected: command.expected,
            current: version,
        }));
    }
    let sheet = Sheet::load(tx.conn(), &scope).await?;
    let verdict = checked(&sheet, state)?;

    let now = scope.now(ctx);
    let hash = verdict
        .tally
        .hash()
        .map_err(|problem| internal(&problem))?
        .to_string();
    let round = command.round;
    store::judging::lock(tx.conn(), round, &verdict.tally, &hash)
        .await
        .fault()?;
    let last = verdict.advance.is_none();
    let (advanced, eliminated) = match &verdict.advance {
        Some(advance) => (advance.advanced.clone(), advance.eliminated.clone()),
        None => (Vec::new(), Vec::new()),
    };
    if last {
        let all: Vec<EntryId> = sheet.entries.iter().map(|entry| entry.entry).collect();
        store::judging::set_outcomes(tx.conn(), round, &all, Outcome::Ranked)
            .await
            .fault()?;
        store::judging::set_entry_states(tx.conn(), &all, EntryState::Ranked)
            .await
            .fault()?;
        let phase = scope.contest.phase.await_approval().map_err(Violation::from)?;
        store::contest::set_phase(tx.conn(), scope.contest.id, phase, now)
            .await
            .fault()?;
    } else {
        for (entries, outcome, state) in [
            (&advanced, Outcome::Advanced, EntryState::Advanced),
            (&eliminated, Outcome::Eliminated, EntryState::Eliminated),
        ] {
            store::judging::set_outcomes(tx.conn(), round, entries, outcome)
                .await
                .fault()?;
            store::judging::set_entry_states(tx.conn(), entries, state)
                .await
                .fault()?;
        }
    }
    let ranking = verdict.tally.ranking();
    let event = Event::RoundLocked {
        round,
        tally_hash: hash,
        ranking,
        advanced,
        eliminated,
        last,
    };
    tx.record(scope.contest.id, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

/// The result, where nothing is in the way of locking.
fn checked(sheet: &Sheet, state: RoundState) -> Result<Verdict> {
    if !sheet.is_settled() {
        let block = sheet.blocks(None).into_iter().next();
        return Err(block.unwrap_or(Violation::RoundState { state }).into());
    }
    let verdict = sheet.verdict()?;
    let refused = match state.lock(&sheet.standing(Some(&verdict))) {
        Err(RoundError::State { from }) => Some(Violation::RoundState { state: from }),
        _ => sheet.blocks(Some(&verdict)).into_iter().next(),
    };
    // the next round could never open, and this one never open again
    let nobody = verdict
        .advance
        .as_ref()
        .is_some_and(|advance| advance.advanced.is_empty());
    let refused = match refused {
        None if nobody => Some(Violation::TooFewEntries { count: 0 }),
        refused => refused,
    };
    refused.map_or(Ok(verdict), |violation| Err(violation.into()))
}
