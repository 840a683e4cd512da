//! What waits for somebody, in the order of a contest's life.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use contract::Result;
use contract::contest::Pending;
use contract::judging::JudgingService;
use rules::Violation;
use rules::account::{Actor, Role};
use rules::contest::ContestPhase;
use rules::entry::EntryState;
use rules::event::{Progress, RoundProgress};
use rules::id::{UnitId, UserId};
use rules::judging::RoundState;
use store::contest::{ContestRow, EntryTally, RoundRow, SeatRow};

use super::setup::jury_sizes;
use crate::account::unit_names;
use crate::ctx::Ctx;
use crate::error::Fault;
use crate::judging::Judgings;

/// What the control room has read already.
pub(super) struct State<'a> {
    pub(super) row: &'a ContestRow,
    pub(super) rounds: &'a [RoundRow],
    pub(super) seats: &'a [SeatRow],
    pub(super) tallies: &'a [EntryTally],
    pub(super) progress: &'a Progress,
}

/// Everything that waits.
pub(super) async fn pending(ctx: &Arc<Ctx>, actor: &Actor, state: &State<'_>) -> Result<Vec<Pending>> {
    match state.row.phase {
        ContestPhase::Draft => Ok(state.gaps(ctx)),
        ContestPhase::Open => {
            let mut all = state.quota(ctx).await?;
            all.extend(state.intake());
            all.extend(state.next_round());
            Ok(all)
        }
        ContestPhase::Judging => {
            let mut all: Vec<Pending> = state.next_round().into_iter().collect();
            for round in state.rounds.iter().filter(|round| round.state.takes_ballots()) {
                all.extend(state.running(ctx, actor, round).await?);
            }
            Ok(all)
        }
        ContestPhase::AwaitingApproval => {
            let proposed = store::contest::awards_proposed(ctx.store.read(), state.row.id)
                .await
                .fault()?;
            Ok(vec![if proposed == 0 {
                Pending::PrizesToPropose
            } else {
                Pending::DecisionToRecord
            }])
        }
        ContestPhase::Published => Ok(Vec::new()),
    }
}

impl State<'_> {
    fn gaps(&self, ctx: &Ctx) -> Vec<Pending> {
        let sizes = jury_sizes(&self.row.setup, self.rounds, self.seats);
        let count = self.row.setup.gaps(&sizes, self.row.now(ctx.now())).len();
        if count == 0 {
            Vec::new()
        } else {
            vec![Pending::SetupGaps { count: count as u32 }]
        }
    }

    fn in_states(&self, states: &[EntryState]) -> u32 {
        self.tallies
            .iter()
            .filter(|tally| states.contains(&tally.state))
            .map(|tally| tally.count)
            .sum()
    }

    /// Units that coordinate or have entries, and have handed on fewer than asked.
    async fn quota(&self, ctx: &Ctx) -> Result<Vec<Pending>> {
        let rules = &self.row.setup.eligibility;
        if !rules.unit_screening || rules.min_quota == 0 {
            return Ok(Vec::new());
        }
        let db = ctx.store.read();
        let handed_on: BTreeMap<UnitId, u32> = store::contest::quota_counts(db, self.row.id)
            .await
            .fault()?
            .into_iter()
            .collect();
        let coordinated = store::account::grants_in(db, self.row.id).await.fault()?;
        let coordinated = coordinated
            .into_iter()
            .filter(|row| row.grant.role == Role::UnitCoordinator);
        let expected: BTreeSet<UnitId> = coordinated
            .filter_map(|row| row.grant.unit)
            .chain(handed_on.keys().copied())
            .collect();
        let units = store::account::units(db).await.fault()?;
        let names = unit_names(&units);
        let below = units
            .iter()
            .filter(|unit| expected.contains(&unit.id))
            .filter(|unit| handed_on.get(&unit.id).copied().unwrap_or(0) < rules.min_quota)
            .filter_map(|unit| names.get(&unit.id).cloned());
        let units: Vec<String> = below.collect();
        Ok(if units.is_empty() {
            Vec::new()
        } else {
            vec![Pending::UnitsBelowQuota {
                units,
                min: rules.min_quota,
            }]
        })
    }

    fn intake(&self) -> Vec<Pending> {
        let at_units = self.in_states(&[EntryState::SubmittedToUnit, EntryState::UnitScreening]);
        let to_check = self.in_states(&[EntryState::Forwarded, EntryState::EligibilityCheck]);
        let unblinded = self.without_blind_code();
        let all = [
            (at_units, Pending::EntriesAtUnits { count: at_units }),
            (to_check, Pending::EntriesToCheck { count: to_check }),
            // codes are drawn once for all, after the last entry was checked
            (
                if to_check == 0 { unblinded } else { 0 },
                Pending::BlindCodesMissing { count: unblinded },
            ),
        ];
        all.into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(_, pending)| pending)
            .collect()
    }

    fn without_blind_code(&self) -> u32 {
        if !self.row.setup.eligibility.blind {
            return 0;
        }
        let accepted = self
            .tallies
            .iter()
            .filter(|tally| tally.state == EntryState::Accepted);
        accepted.map(|tally| tally.without_blind_code).sum()
    }

    /// The first planned round, where everything before it is done.
    fn next_round(&self) -> Option<Pending> {
        let at = self
            .rounds
            .iter()
            .position(|round| round.state == RoundState::Planned)?;
        let ready = match at.checked_sub(1) {
            Some(before) => self.rounds[before].state.is_locked(),
            None => {
                let to_check = self.in_states(&[EntryState::Forwarded, EntryState::EligibilityCheck]);
                to_check == 0 && self.in_states(&[EntryState::Accepted]) > 0 && self.without_blind_code() == 0
            }
        };
        let round = &self.rounds[at];
        ready.then(|| Pending::RoundReady {
            round: round.id,
            name: round.name.clone(),
        })
    }

    /// A round at work: missing ballots first, then what the round desk says.
    async fn running(&self, ctx: &Arc<Ctx>, actor: &Actor, round: &RoundRow) -> Result<Vec<Pending>> {
        let Some(live) = self.progress.rounds.iter().find(|live| live.round == round.id) else {
            return Ok(Vec::new());
        };
        let (id, name) = (round.id, || round.name.clone());
        let mut all = Vec::new();
        if !live.deliberating.is_empty() {
            let count = live.deliberating.len() as u32;
            all.push(Pending::Deliberations {
                round: id,
                name: name(),
                count,
            });
        }
        let desk = Judgings::new(ctx.clone()).round_desk(actor, id).await?;
        // the desk knows of entries withdrawn since and of judges recused from everything
        let owed = desk.blocks.iter().any(|block| {
            matches!(
                block,
                Violation::BallotsMissing { .. } | Violation::OrdersMissing { .. }
            )
        });
        if owed {
            let judges = self.missing(ctx, round, live).await?;
            all.push(Pending::BallotsMissing {
                round: id,
                name: name(),
                judges,
            });
            return Ok(all);
        }
        if desk.blocks.is_empty() {
            all.push(Pending::RoundToLock {
                round: id,
                name: name(),
            });
        }
        for block in &desk.blocks {
            match block {
                Violation::DeviationUndecided { entries } => {
                    all.push(Pending::Deliberations {
                        round: id,
                        name: name(),
                        count: entries.len() as u32,
                    });
                }
                Violation::TieUndecided { entries } => {
                    all.push(Pending::TieToDecide {
                        round: id,
                        name: name(),
                        count: entries.len() as u32,
                    });
                }
                // ballots and open deliberations are listed above; quorum has no act of its own
                _ => {}
            }
        }
        Ok(all)
    }

    /// Judges with ballots to give: scorecards, and one more for the order.
    async fn missing(&self, ctx: &Ctx, round: &RoundRow, live: &RoundProgress) -> Result<Vec<(String, u32)>> {
        let wants_scores = round
            .policy
            .as_ref()
            .is_none_or(|policy| policy.ballot.wants_scorecards());
        let owed: Vec<(UserId, u32)> = self
            .seats
            .iter()
            .filter(|seat| seat.round == round.id)
            .map(|seat| {
                let (done, of) = live.done_by(&seat.label);
                let scorecards = if wants_scores { of.saturating_sub(done) } else { 0 };
                let order = u32::from(live.wants_order && !live.orders_in.contains(&seat.label));
                (seat.person, scorecards + order)
            })
            .filter(|(_, owed)| *owed > 0)
            .collect();
        let people = store::account::people_by_ids(ctx.store.read(), owed.iter().map(|(person, _)| *person));
        let names: BTreeMap<UserId, String> = people
            .await
            .fault()?
            .into_iter()
            .map(|person| (person.id, person.full_name))
            .collect();
        Ok(owed
            .into_iter()
            .filter_map(|(person, owed)| Some((names.get(&person)?.clone(), owed)))
            .collect())
    }
}
