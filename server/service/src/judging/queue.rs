//! The judge's queue, and the principles confirmed before the first ballot.

use std::collections::BTreeMap;

use contract::judging::{ConfirmPrinciples, OwnCardState, QueueEntry, QueueView};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, Role, Standing, may};
use rules::event::Event;
use rules::id::{EntryId, RoundId, UserId};
use rules::judging::{ScorecardState, total};
use store::contest::{ContestRow, RoundRow};
use store::judging::{CardRow, Juror, OrderRow, RoundEntryRow};

use super::scope::{Scope, begin, category_name};
use super::sheet::takes_part;
use crate::actor::signed_in;
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Rounds in which the viewer judges, newest first.
pub(super) async fn queues(ctx: &Ctx, actor: &Actor) -> Result<Vec<QueueView>> {
    let me = signed_in(actor)?.id;
    let db = ctx.store.read();
    let seats = store::judging::seats_of_person(db, me).await.fault()?;
    list(ctx, me, seats).await
}

/// The queue of one round.
pub(super) async fn queue(ctx: &Ctx, actor: &Actor, round: RoundId) -> Result<QueueView> {
    let scope = Scope::load(ctx.store.read(), round).await?;
    let seat = scope.as_judge(actor, Action::SeeQueue)?.clone();
    let mut found = list(ctx, seat.person, vec![seat]).await?;
    found.pop().ok_or(Error::NotFound(Kind::Round))
}

/// Confirms the principles. The first confirmation counts; another changes nothing.
pub(super) async fn confirm_principles(ctx: &Ctx, actor: &Actor, command: ConfirmPrinciples) -> Result<()> {
    let (me, begun) = begin::<()>(ctx, actor, command.round, command.key, &command).await?;
    let Begun::New(mut tx) = begun else { return Ok(()) };
    let scope = Scope::load(tx.conn(), command.round).await?;
    let seat = scope.as_judge(actor, Action::ConfirmPrinciples)?;
    if !scope.round.state.takes_ballots() {
        return Err(Violation::RoundState {
            state: scope.round.state,
        }
        .into());
    }
    if seat.principles_at.is_none() {
        let now = scope.now(ctx);
        store::judging::confirm_principles(tx.conn(), command.round, me, now)
            .await
            .fault()?;
        let event = Event::PrinciplesConfirmed {
            round: command.round,
            judge: me,
        };
        tx.record(scope.contest.id, Some(me), now, event).fault()?;
    }
    ctx.finish(tx, command.key, me, &()).await
}

/// How the viewer's own scorecard is called.
pub(super) fn own_state(card: Option<&CardRow>) -> OwnCardState {
    match card.map(|card| card.state) {
        None => OwnCardState::Empty,
        Some(ScorecardState::Draft) => OwnCardState::Draft,
        Some(ScorecardState::Submitted) => OwnCardState::Submitted,
        Some(ScorecardState::Reopened) => OwnCardState::Reopened,
        Some(ScorecardState::Recused) => OwnCardState::Recused,
    }
}

/// Queues of one judge's seats: six queries, however many seats.
async fn list(ctx: &Ctx, me: UserId, seats: Vec<Juror>) -> Result<Vec<QueueView>> {
    let db = ctx.store.read();
    let ids: Vec<RoundId> = seats.iter().map(|seat| seat.round).collect();
    let contests = store::judging::contests_of(db, &ids).await.fault()?;
    let rounds = store::contest::rounds_of(db, contests.iter().copied())
        .await
        .fault()?;
    let contests = store::contest::by_ids(db, contests).await.fault()?;
    let entries = store::judging::round_entries(db, &ids).await.fault()?;
    let cards = store::judging::cards_of(db, &ids, me).await.fault()?;
    let orders = store::judging::orders_of(db, &ids, me).await.fault()?;

    let judge = Standing::of([Role::Judge]);
    let mut views: Vec<(RoundId, QueueView)> = Vec::new();
    for round in &rounds {
        let seat = seats.iter().find(|seat| seat.round == round.id);
        let contest = contests.iter().find(|contest| contest.id == round.contest);
        let Some((seat, contest)) = seat.zip(contest) else {
            continue;
        };
        if may(Action::SeeQueue, &judge, Some(contest.phase)).is_err() {
            continue;
        }
        let cards: BTreeMap<EntryId, &CardRow> = cards
            .iter()
            .filter(|card| card.round == round.id)
            .map(|card| (card.entry, card))
            .collect();
        let entries = entries.iter().filter(|entry| entry.round == round.id);
        let order = orders.iter().find(|order| order.round == round.id);
        views.push((round.id, view(ctx, contest, round, seat, entries, &cards, order)));
    }
    // ids grow with time
    views.sort_by_key(|(round, _)| std::cmp::Reverse(*round));
    Ok(views.into_iter().map(|(_, view)| view).collect())
}

fn view<'a>(
    ctx: &Ctx,
    contest: &ContestRow,
    round: &RoundRow,
    seat: &Juror,
    entries: impl Iterator<Item = &'a RoundEntryRow>,
    cards: &BTreeMap<EntryId, &CardRow>,
    order: Option<&OrderRow>,
) -> QueueView {
    let ballot = round
        .policy
        .as_ref()
        .map(|policy| policy.ballot)
        .unwrap_or_default();
    let line = |entry: &RoundEntryRow| {
        let card = cards.get(&entry.entry).copied();
        QueueEntry {
            label: entry.label.clone(),
            title: entry.title.clone(),
            category_name: category_name(contest, entry.category.as_deref()),
            state: own_state(card),
            total: card
                .filter(|card| !card.scores.is_empty())
                .map(|card| total(&card.scores)),
        }
    };
    let entries: Vec<QueueEntry> = entries
        .filter(|entry| takes_part(round.state, entry.state))
        .map(line)
        .collect();
    let done = entries
        .iter()
        .filter(|entry| matches!(entry.state, OwnCardState::Submitted | OwnCardState::Recused));
    QueueView {
        round: round.id,
        round_name: round.name.clone(),
        state: round.state,
        contest_slug: contest.slug.clone(),
        contest_name: contest.name.clone(),
        seat: seat.label.clone(),
        chair: seat.chair,
        principles_confirmed: seat.principles_at.is_some(),
        done: done.count() as u32,
        entries,
        wants_order: ballot.wants_order(),
        order_submitted: order.is_some_and(|order| order.submitted_at.is_some()),
        wants_scores: ballot.wants_scorecards(),
        key: ctx.key(),
    }
}
