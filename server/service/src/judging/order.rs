//! The judge's order of a round's entries.

use std::collections::{BTreeMap, BTreeSet};

use contract::judging::{OrderEntry, OrderView, PutOrder};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::event::{EntryLabel, Event};
use rules::id::{EntryId, RoundId, UserId, Version};
use rules::judging::{OrderList, OrderProblem, ScorecardState, check_order, total};
use rules::points::Points;
use store::Conn;
use store::judging::{CardRow, OrderRow, RoundEntryRow};

use super::card::{expect_version, start_scoring};
use super::scope::{Scope, begin};
use super::sheet::takes_part;
use crate::actor::signed_in;
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// What one judge has to order, and did.
struct Own {
    entries: Vec<RoundEntryRow>,
    cards: BTreeMap<EntryId, CardRow>,
    row: Option<OrderRow>,
}

/// The viewer's order of a round.
pub(super) async fn order(ctx: &Ctx, actor: &Actor, round: RoundId) -> Result<OrderView> {
    let me = signed_in(actor)?.id;
    let db = ctx.store.read();
    let scope = Scope::load(db, round).await?;
    scope.as_judge(actor, Action::SeeQueue)?;
    if !scope.frozen()?.policy.ballot.wants_order() {
        return Err(Error::NotFound(Kind::Page));
    }
    let own = Own::load(db, &scope, me).await?;
    let order = own
        .row
        .as_ref()
        .map_or_else(|| own.proposal(), |row| row.order.clone());
    let label = |entry: &EntryId| {
        own.entries
            .iter()
            .find(|known| known.entry == *entry)
            .map(|e| e.label.clone())
    };
    let tiers = order
        .tiers
        .iter()
        .map(|tier| tier.iter().filter_map(label).collect());
    let submitted_at = own.row.as_ref().and_then(|row| row.submitted_at);
    Ok(OrderView {
        round,
        round_name: scope.round.name.clone(),
        contest_name: scope.contest.name.clone(),
        state: scope.round.state,
        version: own.row.as_ref().map_or(Version(0), |row| row.version),
        tiers: tiers.filter(|tier: &Vec<EntryLabel>| !tier.is_empty()).collect(),
        entries: own.entries.iter().map(|entry| own.line(entry)).collect(),
        submitted_at,
        can_edit: scope.round.state.takes_ballots() && submitted_at.is_none(),
        zone: scope.contest.setup.timetable.zone.clone(),
        key: ctx.key(),
    })
}

/// Saves the order, or hands it in. Once handed in it stands.
pub(super) async fn put_order(ctx: &Ctx, actor: &Actor, command: PutOrder) -> Result<OrderView> {
    let round = command.round;
    let (me, begun) = begin::<()>(ctx, actor, round, command.key, &command).await?;
    let Begun::New(mut tx) = begun else {
        return order(ctx, actor, round).await;
    };
    let scope = Scope::load(tx.conn(), round).await?;
    let seat = scope.as_judge(actor, Action::RankEntries)?;
    if !scope.frozen()?.policy.ballot.wants_order() {
        return Err(Error::NotFound(Kind::Page));
    }
    if !scope.round.state.takes_ballots() {
        return Err(Violation::RoundState {
            state: scope.round.state,
        }
        .into());
    }
    if seat.principles_at.is_none() {
        return Err(Violation::PrinciplesNotConfirmed.into());
    }
    let own = Own::load(tx.conn(), &scope, me).await?;
    if own.row.as_ref().is_some_and(|row| row.submitted_at.is_some()) {
        return Err(Violation::ScorecardSubmitted.into());
    }
    expect_version(own.row.as_ref().map(|row| row.version), command.expected)?;
    let list = own.check(&command.tiers, command.submit)?;

    let now = scope.now(ctx);
    let row = OrderRow {
        round,
        person: me,
        order: list,
        submitted_at: command.submit.then_some(now),
        version: command.expected.next(),
        saved_at: now,
    };
    store::judging::put_order(tx.conn(), &row).await.fault()?;
    if command.submit {
        start_scoring(tx.conn(), &scope).await?;
        let event = Event::OrderSubmitted {
            round,
            judge: me,
            seat: seat.label.clone(),
            tiers: row.order.tiers,
        };
        tx.record(scope.contest.id, Some(me), now, event).fault()?;
    }
    ctx.finish(tx, command.key, me, &()).await?;
    order(ctx, actor, round).await
}

impl Own {
    async fn load(db: &impl Conn, scope: &Scope, me: UserId) -> Result<Self> {
        let round = [scope.round.id];
        let mut entries = store::judging::round_entries(db, &round).await.fault()?;
        entries.retain(|entry| takes_part(scope.round.state, entry.state));
        let cards = store::judging::cards_of(db, &round, me).await.fault()?;
        Ok(Self {
            entries,
            cards: cards.into_iter().map(|card| (card.entry, card)).collect(),
            row: store::judging::order_of(db, scope.round.id, me).await.fault()?,
        })
    }

    fn is_recused(&self, entry: EntryId) -> bool {
        self.cards
            .get(&entry)
            .is_some_and(|card| card.state == ScorecardState::Recused)
    }

    fn total(&self, entry: EntryId) -> Option<Points> {
        let card = self.cards.get(&entry).filter(|card| !card.scores.is_empty())?;
        Some(total(&card.scores))
    }

    fn line(&self, entry: &RoundEntryRow) -> OrderEntry {
        OrderEntry {
            label: entry.label.clone(),
            title: entry.title.clone(),
            total: self.total(entry.entry),
            recused: self.is_recused(entry.entry),
        }
    }

    /// Where to start from: own totals from high to low, equal ones side by side, then what has no points yet.
    fn proposal(&self) -> OrderList<EntryId> {
        let mine = || {
            self.entries
                .iter()
                .map(|entry| entry.entry)
                .filter(|entry| !self.is_recused(*entry))
        };
        let mut by_total: BTreeMap<Points, Vec<EntryId>> = BTreeMap::new();
        for entry in mine() {
            if let Some(total) = self.total(entry) {
                by_total.entry(total).or_default().push(entry);
            }
        }
        let without = mine()
            .filter(|entry| self.total(*entry).is_none())
            .map(|entry| vec![entry]);
        OrderList {
            tiers: by_total.into_values().rev().chain(without).collect(),
        }
    }

    /// The order as ids. A draft may leave entries out; nothing may stand twice or be foreign.
    fn check(&self, tiers: &[Vec<EntryLabel>], submit: bool) -> Result<OrderList<EntryId>> {
        let incomplete = |missing: usize| {
            Error::Rule(Violation::OrderIncomplete {
                missing: missing as u32,
            })
        };
        let expected: BTreeSet<EntryId> = self
            .entries
            .iter()
            .map(|entry| entry.entry)
            .filter(|entry| !self.is_recused(*entry))
            .collect();
        let id = |label: &EntryLabel| {
            self.entries
                .iter()
                .find(|known| known.label == *label)
                .map(|e| e.entry)
        };
        let tiers: Option<Vec<Vec<EntryId>>> = tiers
            .iter()
            .filter(|tier| !tier.is_empty())
            .map(|tier| tier.iter().map(id).collect::<Option<Vec<EntryId>>>())
            .collect();
        let list = OrderList {
            tiers: tiers.ok_or_else(|| incomplete(0))?,
        };
        let problems = check_order(&list, &expected);
        let missing = problems
            .iter()
            .filter(|problem| matches!(problem, OrderProblem::Missing { .. }))
            .count();
        if problems.len() > missing || (submit && missing > 0) {
            return Err(incomplete(missing));
        }
        Ok(list)
    }
}
