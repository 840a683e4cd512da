//! The judge's own scorecard: saved, handed in, or set aside for a conflict.

use contract::error::Conflict;
use contract::judging::{DeclareConflict, OwnCard, PutScorecard};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::event::Event;
use rules::id::{EntryId, RoundId, UserId, Version};
use rules::judging::{
    OrderList, RoundState, ScorecardError, ScorecardState, Scores, check_draft, check_submission, total,
};
use rules::time::Timestamp;
use store::judging::{CardRow, OrderRow};

use super::judge_entry::own_card;
use super::scope::{Scope, begin};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;
use crate::input::Form;

/// Longest comment or reason, in characters.
pub(super) const TEXT_MAX: u32 = 4000;

/// Saves a draft. No event: a draft concerns its judge only.
pub(super) async fn save(ctx: &Ctx, actor: &Actor, command: PutScorecard) -> Result<OwnCard> {
    put(ctx, actor, command, false).await
}

/// Hands a scorecard in.
pub(super) async fn submit(ctx: &Ctx, actor: &Actor, command: PutScorecard) -> Result<OwnCard> {
    put(ctx, actor, command, true).await
}

async fn put(ctx: &Ctx, actor: &Actor, command: PutScorecard, submit: bool) -> Result<OwnCard> {
    let (me, begun) = begin(ctx, actor, command.round, command.key, &(&command, submit)).await?;
    let mut tx = match begun {
        Begun::Repeat(card) => return Ok(card),
        Begun::New(tx) => tx,
    };
    let scope = Scope::load(tx.conn(), command.round).await?;
    let seat = scope.as_judge(actor, Action::Score)?;
    let entry = scope.entry(tx.conn(), &command.label).await?;
    let frozen = scope.frozen()?;
    if !frozen.policy.ballot.wants_scorecards() {
        return Err(Error::NotFound(Kind::Page));
    }
    if seat.principles_at.is_none() {
        return Err(Violation::PrinciplesNotConfirmed.into());
    }
    let found = store::judging::card(tx.conn(), command.round, entry.entry, me)
        .await
        .fault()?;
    let before = found.as_ref().map(|card| card.state).unwrap_or_default();
    let step = if submit {
        before.submit(scope.round.state)
    } else {
        before.save_draft(scope.round.state)
    };
    let state = step.map_err(violation)?;
    expect_version(found.as_ref().map(|card| card.version), command.expected)?;

    let mut form = Form::new();
    let comment = form.text("comment", &command.comment, TEXT_MAX);
    form.check()?;
    let problems = if submit {
        check_submission(&frozen.rubric, &command.scores, &comment)
    } else {
        check_draft(&frozen.rubric, &command.scores)
    };
    if !problems.is_empty() {
        return Err(Violation::Scorecard { problems }.into());
    }

    let now = scope.now(ctx);
    let card = CardRow {
        state,
        scores: command.scores,
        comment,
        version: command.expected.next(),
        saved_at: now,
        submitted_at: submit.then_some(now),
        ..found
            .clone()
            .unwrap_or_else(|| empty(ctx, command.round, entry.entry, me, now))
    };
    match found {
        Some(_) => store::judging::update_card(tx.conn(), &card).await.fault()?,
        None => store::judging::insert_cards(tx.conn(), std::slice::from_ref(&card))
            .await
            .fault()?,
    }
    if submit {
        store::judging::add_revision(tx.conn(), &card, now)
            .await
            .fault()?;
        start_scoring(tx.conn(), &scope).await?;
        let event = Event::ScorecardSubmitted {
            round: command.round,
            entry: entry.entry,
            label: entry.label,
            judge: me,
            seat: seat.label.clone(),
            version: card.version.0,
            scores: card.scores.clone(),
            total: total(&card.scores),
            comment: card.comment.clone(),
        };
        tx.record(scope.contest.id, Some(me), now, event).fault()?;
    }
    let view = own_card(Some(&card));
    ctx.finish(tx, command.key, me, &view).await?;
    Ok(view)
}

/// Declares a conflict of interest: the judge is recused, and the entry leaves the judge's order.
pub(super) async fn declare_conflict(ctx: &Ctx, actor: &Actor, command: DeclareConflict) -> Result<()> {
    let (me, begun) = begin::<()>(ctx, actor, command.round, command.key, &command).await?;
    let Begun::New(mut tx) = begun else { return Ok(()) };
    let scope = Scope::load(tx.conn(), command.round).await?;
    let seat = scope.as_judge(actor, Action::DeclareConflict)?;
    let entry = scope.entry(tx.conn(), &command.label).await?;
    let mut form = Form::new();
    let reason = form.text("reason", &command.reason, TEXT_MAX);
    form.check()?;
    let found = store::judging::card(tx.conn(), command.round, entry.entry, me)
        .await
        .fault()?;
    let before = found.as_ref().map(|card| card.state).unwrap_or_default();
    let state = before.recuse(scope.round.state, &reason).map_err(violation)?;
    expect_version(found.as_ref().map(|card| card.version), command.expected)?;

    let now = scope.now(ctx);
    let card = CardRow {
        state,
        // what a recused judge had noted counts for nothing and is not kept
        scores: Scores::new(),
        comment: String::new(),
        reason: Some(reason.clone()),
        version: command.expected.next(),
        saved_at: now,
        submitted_at: None,
        ..found
            .clone()
            .unwrap_or_else(|| empty(ctx, command.round, entry.entry, me, now))
    };
    match found {
        Some(_) => store::judging::update_card(tx.conn(), &card).await.fault()?,
        None => store::judging::insert_cards(tx.conn(), std::slice::from_ref(&card))
            .await
            .fault()?,
    }
    let event = Event::Recused {
        round: command.round,
        entry: entry.entry,
        label: entry.label,
        judge: me,
        seat: seat.label.clone(),
        reason,
        by_rule: false,
    };
    tx.record(scope.contest.id, Some(me), now, event).fault()?;
    let order = store::judging::order_of(tx.conn(), command.round, me)
        .await
        .fault()?;
    if let Some(order) = order.and_then(|order| without(order, entry.entry, now)) {
        // no event of its own: that the judge is recused already says that the place no longer counts
        store::judging::put_order(tx.conn(), &order).await.fault()?;
    }
    ctx.finish(tx, command.key, me, &()).await
}

/// The first ballot of a round starts the scoring.
pub(super) async fn start_scoring(db: &impl store::Conn, scope: &Scope) -> Result<()> {
    if scope.round.state != RoundState::Open {
        return Ok(());
    }
    store::judging::set_state(db, scope.round.id, RoundState::Scoring, false)
        .await
        .fault()
}

/// Compares versions; a scorecard or order that does not exist yet is of version 0.
pub(super) fn expect_version(current: Option<Version>, expected: Version) -> Result<()> {
    let current = current.unwrap_or(Version(0));
    if current == expected {
        Ok(())
    } else {
        Err(Error::Conflict(Conflict { expected, current }))
    }
}

/// What the scorecard's own rule refuses, as the product says it.
pub(super) fn violation(error: ScorecardError) -> Violation {
    match error {
        ScorecardError::RoundNotOpen { state } => Violation::RoundState { state },
        ScorecardError::AlreadySubmitted => Violation::ScorecardSubmitted,
        ScorecardError::Recused => Violation::Recused,
        ScorecardError::NotSubmitted => Violation::BallotsMissing { missing: 1 },
        ScorecardError::NoDeliberation => Violation::NoDeliberation,
        ScorecardError::ReasonRequired => Violation::ReasonRequired,
    }
}

/// A scorecard nothing is written on.
pub(super) fn empty(ctx: &Ctx, round: RoundId, entry: EntryId, person: UserId, now: Timestamp) -> CardRow {
    CardRow {
        id: ctx.id(),
        round,
        entry,
        person,
        state: ScorecardState::Draft,
        scores: Scores::new(),
        comment: String::new(),
        reason: None,
        by_rule: false,
        version: Version::FIRST,
        saved_at: now,
        submitted_at: None,
    }
}

/// The order without an entry; `None` where it does not hold it.
fn without(row: OrderRow, entry: EntryId, now: Timestamp) -> Option<OrderRow> {
    if !row.order.entries().any(|known| *known == entry) {
        return None;
    }
    let tiers = row
        .order
        .tiers
        .iter()
        .map(|tier| tier.iter().copied().filter(|known| *known != entry).collect());
    let tiers = tiers.filter(|tier: &Vec<EntryId>| !tier.is_empty()).collect();
    Some(OrderRow {
        order: OrderList { tiers },
        version: row.version.next(),
        saved_at: now,
        ..row
    })
}
