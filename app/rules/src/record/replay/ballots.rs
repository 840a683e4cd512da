//! An open round of a record: its ballots as the events bring them.

use std::collections::{BTreeMap, BTreeSet};

use super::Difference;
use crate::event::Event;
use crate::id::{EntryId, RoundId, UserId};
use crate::judging::{
    AdvanceRule, CardState, ChairDecision, OrderBallot, OrderList, RoundInput, RoundStanding, Rubric,
    Scorecard, ScoringPolicy, Tally, check_submission, tally, total,
};

/// The round of an event about ballots, deliberations or ties; `None` for every other event.
pub(super) fn round_of(event: &Event) -> Option<RoundId> {
    match event {
        Event::ScorecardSubmitted { round, .. }
        | Event::Recused { round, .. }
        | Event::ScorecardReopened { round, .. }
        | Event::OrderSubmitted { round, .. }
        | Event::DeliberationOpened { round, .. }
        | Event::DeliberationConcluded { round, .. }
        | Event::TieDecided { round, .. } => Some(*round),
        _ => None,
    }
}

/// Ballots of a round between its opening and its lock.
pub(super) struct Ballots {
    pub(super) code: String,
    rubric: Rubric,
    pub(super) policy: ScoringPolicy,
    pub(super) advance: Option<AdvanceRule>,
    entries: BTreeSet<EntryId>,
    judges: Vec<UserId>,
    cards: BTreeMap<(EntryId, UserId), CardState>,
    orders: BTreeMap<UserId, Vec<Vec<EntryId>>>,
    decisions: Vec<ChairDecision<EntryId>>,
    deliberating: BTreeSet<EntryId>,
    deliberated: BTreeSet<EntryId>,
}

impl Ballots {
    pub(super) fn new(
        code: String,
        rubric: Rubric,
        policy: ScoringPolicy,
        advance: Option<AdvanceRule>,
        entries: BTreeSet<EntryId>,
        judges: Vec<UserId>,
    ) -> Self {
        Self {
            code,
            rubric,
            policy,
            advance,
            entries,
            judges,
            cards: BTreeMap::new(),
            orders: BTreeMap::new(),
            decisions: Vec::new(),
            deliberating: BTreeSet::new(),
            deliberated: BTreeSet::new(),
        }
    }

    pub(super) fn apply(&mut self, event: &Event) -> Result<(), Difference> {
        match event {
            Event::ScorecardSubmitted {
                entry,
                judge,
                version,
                scores,
                total: found,
                comment,
                ..
            } => {
                let problems = check_submission(&self.rubric, scores, comment);
                if !problems.is_empty() {
                    return Err(Difference::Scores {
                        entry: *entry,
                        judge: *judge,
                        problems,
                    });
                }
                let expected = total(scores);
                if *found != expected {
                    return Err(Difference::Total {
                        expected,
                        found: *found,
                    });
                }
                let state = CardState::Submitted {
                    scores: scores.clone(),
                    version: *version,
                };
                return self.hand_in(*entry, *judge, state);
            }
            Event::Recused {
                entry, judge, reason, ..
            } => {
                return self.hand_in(
                    *entry,
                    *judge,
                    CardState::Recused {
                        reason: reason.clone(),
                    },
                );
            }
            Event::ScorecardReopened { entry, judge, .. } => {
                let submitted = matches!(
                    self.cards.get(&(*entry, *judge)),
                    Some(CardState::Submitted { .. })
                );
                if !submitted {
                    return Err(Difference::NothingToReopen {
                        entry: *entry,
                        judge: *judge,
                    });
                }
                self.cards.remove(&(*entry, *judge));
            }
            Event::OrderSubmitted { judge, tiers, .. } => {
                let before = self.orders.insert(*judge, tiers.clone());
                return before.map_or(Ok(()), |_| Err(Difference::OrderTwice { judge: *judge }));
            }
            Event::DeliberationOpened { entry, .. } => {
                self.deliberating.insert(*entry);
            }
            Event::DeliberationConcluded { entry, .. } => {
                self.deliberating.remove(entry);
                self.deliberated.insert(*entry);
            }
            Event::TieDecided { order, reason, .. } => {
                self.decisions.push(ChairDecision {
                    order: order.clone(),
                    reason: reason.clone(),
                });
            }
            _ => {}
        }
        Ok(())
    }

    fn hand_in(&mut self, entry: EntryId, judge: UserId, state: CardState) -> Result<(), Difference> {
        if self.cards.insert((entry, judge), state).is_some() {
            return Err(Difference::ScorecardTwice { entry, judge });
        }
        Ok(())
    }

    /// Counts the round as its lock must have found it. Entries in `out` left it before.
    pub(super) fn count(&self, out: &BTreeSet<EntryId>) -> Result<Tally<EntryId>, Difference> {
        let entries: BTreeSet<EntryId> = self.entries.difference(out).copied().collect();
        let input = self.input(&entries);
        let tally =
            tally(&self.rubric, &self.policy, &input).map_err(|problem| Difference::NotCountable {
                cause: problem.to_string(),
            })?;
        let problems = self.standing(&entries, &tally).problems();
        if problems.is_empty() {
            Ok(tally)
        } else {
            Err(Difference::NotLockable { problems })
        }
    }

    fn input(&self, entries: &BTreeSet<EntryId>) -> RoundInput<EntryId, UserId> {
        let cards = self
            .cards
            .iter()
            .filter(|((entry, _), _)| entries.contains(entry));
        let scorecard = |((entry, judge), state): (&(EntryId, UserId), &CardState)| Scorecard {
            entry: *entry,
            judge: *judge,
            state: state.clone(),
        };
        let orders = self.orders.iter().map(|(judge, tiers)| {
            let mine = |entry: &EntryId| entries.contains(entry) && !self.is_recused(*entry, *judge);
            let tiers = tiers
                .iter()
                .map(|tier| tier.iter().copied().filter(mine).collect::<Vec<_>>());
            let tiers = tiers.filter(|tier| !tier.is_empty()).collect();
            OrderBallot {
                judge: *judge,
                order: OrderList { tiers },
            }
        });
        let in_round =
            |decision: &&ChairDecision<EntryId>| decision.order.iter().all(|entry| entries.contains(entry));
        RoundInput {
            entries: entries.iter().copied().collect(),
            judges: self.judges.clone(),
            scorecards: cards.map(scorecard).collect(),
            orders: orders.collect(),
            decisions: self.decisions.iter().filter(in_round).cloned().collect(),
        }
    }

    /// What was still missing; a tie is judged where its edge is known.
    fn standing(&self, entries: &BTreeSet<EntryId>, tally: &Tally<EntryId>) -> RoundStanding {
        let pairs = || {
            entries
                .iter()
                .flat_map(|entry| self.judges.iter().map(move |judge| (*entry, *judge)))
        };
        let ballot = self.policy.ballot;
        let missing_scorecards = pairs().filter(|pair| !self.cards.contains_key(pair)).count();
        let owes_order = |judge: &&UserId| {
            !self.orders.contains_key(*judge) && entries.iter().any(|entry| !self.is_recused(*entry, **judge))
        };
        let settled = |entry: &EntryId| self.deliberated.contains(entry) || self.deliberating.contains(entry);
        RoundStanding {
            missing_scorecards: if ballot.wants_scorecards() {
                missing_scorecards
            } else {
                0
            },
            missing_orders: if ballot.wants_order() {
                self.judges.iter().filter(owes_order).count()
            } else {
                0
            },
            undeliberated: tally.deviations.iter().filter(|it| !settled(&it.entry)).count(),
            open_deliberations: self.deliberating.intersection(entries).count(),
            undecided_ties: 0,
        }
    }

    fn is_recused(&self, entry: EntryId, judge: UserId) -> bool {
        matches!(self.cards.get(&(entry, judge)), Some(CardState::Recused { .. }))
    }
}
