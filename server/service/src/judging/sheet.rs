//! Everything handed in for a round, and what follows from it. Pure once loaded.

use std::collections::{BTreeMap, BTreeSet};

use contract::Result;
use rules::Violation;
use rules::entry::EntryState;
use rules::event::{EntryLabel, SeatLabel};
use rules::id::{EntryId, UserId};
use rules::judging::{
    Advance, AdvanceRule, CardState, OrderBallot, OrderList, RoundInput, RoundStanding, RoundState, Rubric,
    Scorecard, ScorecardState, ScoringPolicy, Tally, advance, tally, total,
};
use rules::points::Points;
use rules::results::{PrizeTier, allocate, shared_tiers};
use store::Conn;
use store::judging::{CardRow, DeliberationRow, Juror, OrderRow, RoundEntryRow, TieRow};

use super::scope::Scope;
use crate::error::{Fault, internal};

/// A round's ballots and what was decided about them.
pub(super) struct Sheet {
    pub(super) rubric: Rubric,
    pub(super) policy: ScoringPolicy,
    /// How entries go on, as far as the policy lets the chair decide; `None` in the last round.
    advance: Option<AdvanceRule>,
    prizes: Vec<PrizeTier>,
    last: bool,
    pub(super) seats: Vec<Juror>,
    /// Entries that take part: not those withdrawn or disqualified since the opening.
    pub(super) entries: Vec<RoundEntryRow>,
    cards: BTreeMap<(EntryId, UserId), CardRow>,
    orders: Vec<OrderRow>,
    pub(super) deliberations: Vec<DeliberationRow>,
    pub(super) ties: Vec<TieRow>,
}

/// What the tally leads to.
pub(super) struct Verdict {
    pub(super) tally: Tally<EntryId>,
    /// `None` in the last round.
    pub(super) advance: Option<Advance<EntryId>>,
    /// Equal entries across an edge that only the chair can part; empty for none.
    pub(super) undecided: Vec<EntryId>,
}

/// Whether an entry in this state is judged in a round in that state. A locked round keeps all it had.
pub(super) fn takes_part(round: RoundState, entry: EntryState) -> bool {
    round.is_locked() || entry == EntryState::InRound
}

impl Sheet {
    /// Loads the ballots of an opened round.
    pub(super) async fn load(db: &impl Conn, scope: &Scope) -> Result<Self> {
        let frozen = scope.frozen()?;
        let round = scope.round.id;
        let mut entries = store::judging::round_entries(db, &[round]).await.fault()?;
        entries.retain(|entry| takes_part(scope.round.state, entry.state));
        let cards = store::judging::cards(db, round).await.fault()?;
        Ok(Self {
            rubric: frozen.rubric.clone(),
            policy: frozen.policy.clone(),
            advance: scope
                .plan()?
                .advance
                .as_ref()
                .map(|rule| rule.under(&frozen.policy)),
            prizes: scope.contest.setup.prizes.clone(),
            last: scope.is_last(),
            seats: scope.seats.clone(),
            cards: cards
                .into_iter()
                .map(|card| ((card.entry, card.person), card))
                .collect(),
            orders: store::judging::orders(db, round).await.fault()?,
            deliberations: store::judging::deliberations(db, round).await.fault()?,
            ties: store::judging::tie_decisions(db, round).await.fault()?,
            entries,
        })
    }

    /// The label of an entry of the round.
    pub(super) fn label(&self, entry: &EntryId) -> EntryLabel {
        let known = self.entries.iter().find(|known| known.entry == *entry);
        known.map_or_else(|| EntryLabel(String::new()), |known| known.label.clone())
    }

    /// Labels of entries.
    pub(super) fn labels<'a>(&self, entries: impl IntoIterator<Item = &'a EntryId>) -> Vec<EntryLabel> {
        entries.into_iter().map(|entry| self.label(entry)).collect()
    }

    /// A judge's scorecard.
    pub(super) fn card(&self, entry: EntryId, person: UserId) -> Option<&CardRow> {
        self.cards.get(&(entry, person))
    }

    fn state(&self, entry: EntryId, person: UserId) -> ScorecardState {
        self.card(entry, person)
            .map(|card| card.state)
            .unwrap_or_default()
    }

    /// Scorecards of an entry that are neither submitted nor recused.
    pub(super) fn missing_of(&self, entry: EntryId) -> usize {
        if !self.policy.ballot.wants_scorecards() {
            return 0;
        }
        self.seats
            .iter()
            .filter(|seat| !self.state(entry, seat.person).is_done())
            .count()
    }

    fn missing_cards(&self) -> usize {
        self.entries
            .iter()
            .map(|entry| self.missing_of(entry.entry))
            .sum()
    }

    /// Entries a judge has to order: all but those recused from.
    fn to_order(&self, person: UserId) -> BTreeSet<EntryId> {
        let open = |entry: &&RoundEntryRow| self.state(entry.entry, person) != ScorecardState::Recused;
        self.entries
            .iter()
            .filter(open)
            .map(|entry| entry.entry)
            .collect()
    }

    /// Whether a judge still owes the order.
    fn owes_order(&self, person: UserId) -> bool {
        let handed_in = self
            .orders
            .iter()
            .any(|order| order.person == person && order.submitted_at.is_some());
        self.policy.ballot.wants_order() && !handed_in && !self.to_order(person).is_empty()
    }

    fn missing_orders(&self) -> usize {
        self.seats
            .iter()
            .filter(|seat| self.owes_order(seat.person))
            .count()
    }

    /// Every ballot is in.
    fn complete(&self) -> bool {
        self.missing_cards() == 0 && self.missing_orders() == 0
    }

    fn submitted(&self, entry: EntryId) -> impl Iterator<Item = (&Juror, Points)> {
        self.seats.iter().filter_map(move |seat| {
            let card = self.card(entry, seat.person)?;
            (card.state == ScorecardState::Submitted).then(|| (seat, total(&card.scores)))
        })
    }

    /// Spread of an entry's totals, once every scorecard of it is in.
    pub(super) fn spread(&self, entry: EntryId) -> Option<Points> {
        if self.missing_of(entry) > 0 {
            return None;
        }
        let totals: Vec<Points> = self.submitted(entry).map(|(_, total)| total).collect();
        Some(totals.iter().max()?.saturating_sub(*totals.iter().min()?))
    }

    /// A spread over the policy's limit.
    pub(super) fn deviation(&self, entry: EntryId) -> Option<Points> {
        self.spread(entry)
            .zip(self.policy.deviation)
            .filter(|(spread, limit)| spread > limit)
            .map(|(spread, _)| spread)
    }

    /// Seats with the highest and with the lowest total of an entry, once every scorecard of it is in.
    pub(super) fn extremes(&self, entry: EntryId) -> Vec<SeatLabel> {
        if self.missing_of(entry) > 0 {
            return Vec::new();
        }
        let totals: Vec<(&Juror, Points)> = self.submitted(entry).collect();
        let (high, low) = (
            totals.iter().map(|of| of.1).max(),
            totals.iter().map(|of| of.1).min(),
        );
        let with = |figure: Option<Points>| {
            totals
                .iter()
                .filter(move |of| Some(of.1) == figure)
                .map(|of| of.0.label.clone())
        };
        if high == low {
            Vec::new()
        } else {
            with(high).chain(with(low)).collect()
        }
    }

    /// The open deliberation of an entry.
    pub(super) fn open_deliberation(&self, entry: EntryId) -> Option<&DeliberationRow> {
        self.deliberations
            .iter()
            .find(|held| held.entry == entry && held.open)
    }

    /// Whether an entry was or is deliberated: one discussion settles its deviation.
    pub(super) fn deliberated(&self, entry: EntryId) -> bool {
        self.deliberations.iter().any(|held| held.entry == entry)
    }

    /// Entries with a deviation that nobody has begun to deliberate.
    pub(super) fn undeliberated(&self) -> Vec<EntryId> {
        let waits = |entry: &EntryId| self.deviation(*entry).is_some() && !self.deliberated(*entry);
        self.entries
            .iter()
            .map(|entry| entry.entry)
            .filter(waits)
            .collect()
    }

    /// Entries being deliberated.
    pub(super) fn deliberating(&self) -> Vec<EntryId> {
        let entries = self.entries.iter().map(|entry| entry.entry);
        entries
            .filter(|entry| self.open_deliberation(*entry).is_some())
            .collect()
    }

    /// Every ballot is in and no deviation waits: from here on the desk may see points. A deviation still to be
    /// discussed holds them back too, or a reopened ballot could be changed with the ranking in view.
    pub(super) fn is_settled(&self) -> bool {
        self.complete() && self.deliberating().is_empty() && self.undeliberated().is_empty()
    }

    /// What the tally is computed from: ballots handed in, by entries that take part and judges that may score them.
    fn input(&self) -> RoundInput<EntryId, UserId> {
        let takes_part: BTreeSet<EntryId> = self.entries.iter().map(|entry| entry.entry).collect();
        let scorecard = |card: &CardRow| {
            let state = match card.state {
                ScorecardState::Submitted => CardState::Submitted {
                    scores: card.scores.clone(),
                    version: card.version.0,
                },
                ScorecardState::Recused => CardState::Recused {
                    reason: card.reason.clone().unwrap_or_default(),
                },
                ScorecardState::Draft | ScorecardState::Reopened => return None,
            };
            Some(Scorecard {
                entry: card.entry,
                judge: card.person,
                state,
            })
        };
        let order = |row: &OrderRow| {
            let mine = self.to_order(row.person);
            let tiers = row
                .order
                .tiers
                .iter()
                .map(|tier| tier.iter().copied().filter(|e| mine.contains(e)).collect());
            let tiers = tiers.filter(|tier: &Vec<EntryId>| !tier.is_empty()).collect();
            OrderBallot {
                judge: row.person,
                order: OrderList { tiers },
            }
        };
        RoundInput {
            entries: takes_part.iter().copied().collect(),
            judges: self.seats.iter().map(|seat| seat.person).collect(),
            scorecards: self
                .cards
                .values()
                .filter(|card| takes_part.contains(&card.entry))
                .filter_map(scorecard)
                .collect(),
            orders: self
                .orders
                .iter()
                .filter(|row| row.submitted_at.is_some())
                .map(order)
                .collect(),
            decisions: self
                .ties
                .iter()
                .filter(|tie| tie.decision.order.iter().all(|entry| takes_part.contains(entry)))
                .map(|tie| tie.decision.clone())
                .collect(),
        }
    }

    /// Counts the round. Only for a settled sheet may anything of it reach a person.
    pub(super) fn verdict(&self) -> Result<Verdict> {
        let tally = tally(&self.rubric, &self.policy, &self.input()).map_err(|problem| internal(&problem))?;
        let advance = self
            .advance
            .as_ref()
            .filter(|_| !self.last)
            .map(|rule| advance(&tally, rule));
        let undecided = match &advance {
            Some(advance) => advance.undecided.clone(),
            None => {
                let shared = shared_tiers(&self.policy, &self.prizes, false);
                let prizes = allocate(&tally, &self.prizes, self.policy.prize_floor, &shared);
                prizes.tie.map(|tie| tie.entries).unwrap_or_default()
            }
        };
        Ok(Verdict {
            tally,
            advance,
            undecided,
        })
    }

    /// Counts for the round's own rule of locking.
    pub(super) fn standing(&self, verdict: Option<&Verdict>) -> RoundStanding {
        RoundStanding {
            missing_scorecards: self.missing_cards(),
            missing_orders: self.missing_orders(),
            undeliberated: self.undeliberated().len(),
            open_deliberations: self.deliberating().len(),
            undecided_ties: usize::from(verdict.is_some_and(|verdict| !verdict.undecided.is_empty())),
        }
    }

    /// Why the round cannot be locked yet, in the order in which it is worked off.
    pub(super) fn blocks(&self, verdict: Option<&Verdict>) -> Vec<Violation> {
        let count = |missing: usize| u32::try_from(missing).unwrap_or(u32::MAX);
        let mut blocks = Vec::new();
        let (cards, orders) = (self.missing_cards(), self.missing_orders());
        if cards > 0 {
            blocks.push(Violation::BallotsMissing {
                missing: count(cards),
            });
        }
        if orders > 0 {
            blocks.push(Violation::OrdersMissing {
                missing: count(orders),
            });
        }
        let some = |entries: Vec<EntryId>| (!entries.is_empty()).then(|| self.labels(&entries));
        blocks.extend(some(self.deliberating()).map(|entries| Violation::DeliberationOpen { entries }));
        blocks.extend(some(self.undeliberated()).map(|entries| Violation::DeviationUndecided { entries }));
        // An entry without quorum blocks nothing: no act could mend it. It stands in the tally without a rank.
        let undecided = verdict
            .map(|verdict| verdict.undecided.clone())
            .unwrap_or_default();
        blocks.extend(some(undecided).map(|entries| Violation::TieUndecided { entries }));
        blocks
    }
}
