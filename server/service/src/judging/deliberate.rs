//! Deliberations: opened for a deviation, closed when points changed or their keeping is explained.

use std::collections::BTreeSet;

use contract::judging::{ConcludeDeliberation, OpenDeliberation};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::event::Event;
use rules::id::{EntryId, UserId};
use rules::judging::{RoundError, ScorecardState};
use rules::points::Points;
use store::Conn;
use store::judging::{CardRow, DeliberationRow};

use super::card::{TEXT_MAX, violation};
use super::scope::{Scope, begin};
use super::sheet::Sheet;
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;
use crate::input::Form;

/// Opens a deliberation and reopens the scorecards of the judges asked to look again, with a reason.
pub(super) async fn open(ctx: &Ctx, actor: &Actor, command: OpenDeliberation) -> Result<()> {
    let (me, begun) = begin::<()>(ctx, actor, command.round, command.key, &command).await?;
    let Begun::New(mut tx) = begun else { return Ok(()) };
    let scope = Scope::load(tx.conn(), command.round).await?;
    scope.at_desk(actor, Action::Deliberate)?;
    let entry = scope.entry(tx.conn(), &command.label).await?;
    let mut form = Form::new();
    let reason = form.text("reason", &command.reason, TEXT_MAX);
    form.check()?;
    let sheet = Sheet::load(tx.conn(), &scope).await?;
    if sheet.open_deliberation(entry.entry).is_some() {
        return Err(Violation::DeliberationOpen {
            entries: vec![entry.label],
        }
        .into());
    }
    let missing = sheet.missing_of(entry.entry) as u32;
    if missing > 0 {
        return Err(Violation::BallotsMissing { missing }.into());
    }
    if sheet.deliberated(entry.entry) {
        return Err(Violation::NoDeliberation.into());
    }
    let spread = sheet.spread(entry.entry).unwrap_or_default();
    let state = scope
        .round
        .state
        .deliberate(spread, &sheet.policy)
        .map_err(refusal)?;

    let now = scope.now(ctx);
    let mut reopened: BTreeSet<UserId> = BTreeSet::new();
    let opened = Event::DeliberationOpened {
        round: command.round,
        entry: entry.entry,
        label: entry.label.clone(),
        spread,
    };
    tx.record(scope.contest.id, Some(me), now, opened).fault()?;
    for label in &command.reopen {
        let seat = scope
            .seats
            .iter()
            .find(|seat| seat.label == *label)
            .ok_or(Error::NotFound(Kind::Person))?;
        if !reopened.insert(seat.person) {
            continue;
        }
        let card = sheet
            .card(entry.entry, seat.person)
            .ok_or(Violation::BallotsMissing { missing: 1 })?;
        let card = CardRow {
            state: card
                .state
                .reopen(scope.round.state, true, &reason)
                .map_err(violation)?,
            reason: Some(reason.clone()),
            version: card.version.next(),
            saved_at: now,
            ..card.clone()
        };
        store::judging::update_card(tx.conn(), &card).await.fault()?;
        let event = Event::ScorecardReopened {
            round: command.round,
            entry: entry.entry,
            label: entry.label.clone(),
            judge: seat.person,
            seat: seat.label.clone(),
            reason: reason.clone(),
        };
        tx.record(scope.contest.id, Some(me), now, event).fault()?;
    }
    let new = DeliberationRow {
        id: ctx.id(),
        round: command.round,
        entry: entry.entry,
        open: true,
        spread,
        rescored: None,
        explanation: None,
        reopened: reopened.into_iter().collect(),
        opened_at: now,
    };
    store::judging::add_deliberation(tx.conn(), &new).await.fault()?;
    store::judging::set_state(tx.conn(), command.round, state, true)
        .await
        .fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

/// Closes a deliberation. Reopened scorecards must be handed in again first; where points did not change, or the
/// spread is still over the limit, an explanation is compulsory.
pub(super) async fn conclude(ctx: &Ctx, actor: &Actor, command: ConcludeDeliberation) -> Result<()> {
    let (me, begun) = begin::<()>(ctx, actor, command.round, command.key, &command).await?;
    let Begun::New(mut tx) = begun else { return Ok(()) };
    let scope = Scope::load(tx.conn(), command.round).await?;
    scope.at_desk(actor, Action::Deliberate)?;
    let entry = scope.entry(tx.conn(), &command.label).await?;
    let mut form = Form::new();
    let explanation = form.text("explanation", &command.explanation, TEXT_MAX);
    form.check()?;
    let sheet = Sheet::load(tx.conn(), &scope).await?;
    let held = sheet
        .open_deliberation(entry.entry)
        .ok_or(Violation::NoDeliberation)?;
    let missing = sheet.missing_of(entry.entry) as u32;
    if missing > 0 {
        return Err(Violation::BallotsMissing { missing }.into());
    }
    let rescored = was_rescored(tx.conn(), &sheet, entry.entry, held).await?;
    let still_apart = sheet.deviation(entry.entry).is_some();
    if (!rescored || still_apart) && explanation.is_empty() {
        return Err(Violation::ReasonRequired.into());
    }
    let others = sheet.deliberating().len().saturating_sub(1);
    let state = scope.round.state.conclude(others).map_err(refusal)?;

    let now = scope.now(ctx);
    store::judging::close_deliberation(tx.conn(), held.id, rescored, &explanation, now)
        .await
        .fault()?;
    store::judging::set_state(tx.conn(), command.round, state, true)
        .await
        .fault()?;
    let event = Event::DeliberationConcluded {
        round: command.round,
        entry: entry.entry,
        label: entry.label,
        rescored,
        explanation,
        spread: sheet.spread(entry.entry).unwrap_or(Points::ZERO),
    };
    tx.record(scope.contest.id, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

/// Whether a reopened scorecard was handed in with other points than before, or its judge stepped aside.
async fn was_rescored(db: &impl Conn, sheet: &Sheet, entry: EntryId, held: &DeliberationRow) -> Result<bool> {
    let cards: Vec<&CardRow> = held
        .reopened
        .iter()
        .filter_map(|judge| sheet.card(entry, *judge))
        .collect();
    let ids: Vec<_> = cards.iter().map(|card| card.id).collect();
    let revisions = store::judging::revisions(db, &ids).await.fault()?;
    Ok(cards.iter().any(|card| {
        let handed_in = revisions.get(&card.id).map_or(&[][..], Vec::as_slice);
        card.state == ScorecardState::Recused || matches!(handed_in, [.., before, after] if before != after)
    }))
}

fn refusal(error: RoundError) -> Violation {
    match error {
        RoundError::State { from } => Violation::RoundState { state: from },
        // nothing to deliberate: the spread is within the limit
        RoundError::NoDeviation { .. } | RoundError::Open { .. } | RoundError::Lock { .. } => {
            Violation::NoDeliberation
        }
    }
}
