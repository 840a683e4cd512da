//! The chair's recorded decision on equal entries.

use std::collections::BTreeSet;

use contract::Result;
use contract::judging::DecideTie;
use rules::Violation;
use rules::account::{Action, Actor};
use rules::event::{EntryLabel, Event};
use rules::id::EntryId;
use rules::judging::ChairDecision;
use store::judging::TieRow;

use super::card::TEXT_MAX;
use super::scope::{Scope, begin};
use super::sheet::Sheet;
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;
use crate::input::Form;

/// Settles the tie that is in the way: exactly the undecided entries, best first, with a reason.
pub(super) async fn decide_tie(ctx: &Ctx, actor: &Actor, command: DecideTie) -> Result<()> {
    let (me, begun) = begin::<()>(ctx, actor, command.round, command.key, &command).await?;
    let Begun::New(mut tx) = begun else { return Ok(()) };
    let scope = Scope::load(tx.conn(), command.round).await?;
    scope.at_desk(actor, Action::DecideTie)?;
    if !scope.round.state.takes_ballots() {
        return Err(Violation::RoundState {
            state: scope.round.state,
        }
        .into());
    }
    let mut form = Form::new();
    let reason = form.text("reason", &command.reason, TEXT_MAX);
    form.check()?;
    if reason.is_empty() {
        return Err(Violation::ReasonRequired.into());
    }
    let sheet = Sheet::load(tx.conn(), &scope).await?;
    if !sheet.is_settled() {
        let block = sheet.blocks(None).into_iter().next();
        return Err(block.unwrap_or(Violation::TieDecisionWrong).into());
    }
    let undecided: BTreeSet<EntryId> = sheet.verdict()?.undecided.into_iter().collect();
    let id = |label: &EntryLabel| {
        sheet
            .entries
            .iter()
            .find(|entry| entry.label == *label)
            .map(|entry| entry.entry)
    };
    let order: Option<Vec<EntryId>> = command.order.iter().map(id).collect();
    let settles = |order: &Vec<EntryId>| {
        order.len() == undecided.len() && order.iter().copied().collect::<BTreeSet<_>>() == undecided
    };
    let order = order
        .filter(|order| !order.is_empty() && settles(order))
        .ok_or(Violation::TieDecisionWrong)?;

    let now = scope.now(ctx);
    let row = TieRow {
        id: ctx.ids.id(),
        round: command.round,
        position: sheet.ties.len() as i64 + 1,
        decision: ChairDecision {
            order: order.clone(),
            reason: reason.clone(),
        },
        by: me,
        at: now,
    };
    store::judging::add_tie_decision(tx.conn(), &row).await.fault()?;
    // a lock prepared before the decision was made from another ranking
    store::judging::set_state(tx.conn(), command.round, scope.round.state, true)
        .await
        .fault()?;
    let event = Event::TieDecided {
        round: command.round,
        order,
        reason,
    };
    tx.record(scope.contest.id, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &()).await
}
