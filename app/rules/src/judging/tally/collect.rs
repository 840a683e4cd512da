//! Ballots checked and gathered by entry, and the figures computed from them.

use std::collections::{BTreeMap, BTreeSet};

use super::ranks::{order_ranks, scorecard_ranks};
use super::{CardState, RoundInput, RowState, TallyProblem, TallyRow};
use crate::judging::order::OrderProblem;
use crate::judging::policy::{Aggregate, ScoringPolicy};
use crate::judging::rubric::{CriterionCode, Rubric};
use crate::judging::scores::{ScoreProblem, Scores, check_draft, criterion_points, total};
use crate::points::{Fraction, Points};

/// Submitted scorecards of an entry by judge, and how many judges are recused.
#[derive(Clone, Debug)]
pub(super) struct EntryBallots<'a, J> {
    submitted: BTreeMap<J, &'a Scores>,
    recused: u32,
}

/// A round's scorecards by entry; every entry of the round has a place.
pub(super) struct Ballots<'a, E, J> {
    by_entry: BTreeMap<E, EntryBallots<'a, J>>,
}

impl<'a, E: Clone + Ord, J: Clone + Ord> Ballots<'a, E, J> {
    /// Checks everything the round's result depends on.
    pub(super) fn collect(rubric: &Rubric, input: &'a RoundInput<E, J>) -> Result<Self, TallyProblem<E, J>> {
        let mut by_entry = BTreeMap::new();
        for entry in &input.entries {
            let empty = EntryBallots {
                submitted: BTreeMap::new(),
                recused: 0,
            };
            if by_entry.insert(entry.clone(), empty).is_some() {
                return Err(TallyProblem::DuplicateEntry { entry: entry.clone() });
            }
        }
        let judges = jury(input)?;
        let mut seen = BTreeSet::new();
        for card in &input.scorecards {
            let (entry, judge) = (card.entry.clone(), card.judge.clone());
            if !judges.contains(&judge) {
                return Err(TallyProblem::UnknownJudge { judge });
            }
            let Some(ballots) = by_entry.get_mut(&entry) else {
                return Err(TallyProblem::UnknownEntry { entry, judge });
            };
            if !seen.insert((entry.clone(), judge.clone())) {
                return Err(TallyProblem::DuplicateScorecard { entry, judge });
            }
            match &card.state {
                CardState::Recused { .. } => ballots.recused += 1,
                CardState::Submitted { scores, .. } => {
                    let problems = check_complete(rubric, scores);
                    if !problems.is_empty() {
                        return Err(TallyProblem::BadScores {
                            entry,
                            judge,
                            problems,
                        });
                    }
                    ballots.submitted.insert(judge, scores);
                }
            }
        }
        check_orders(input, &judges)?;
        check_decisions(input)?;
        Ok(Self { by_entry })
    }

    /// One line an entry, still without ranks.
    pub(super) fn rows(
        &self,
        rubric: &Rubric,
        policy: &ScoringPolicy,
        input: &RoundInput<E, J>,
    ) -> Result<Vec<TallyRow<E>>, TallyProblem<E, J>> {
        let ranks = self.judges_ranks(policy, input).ok_or(TallyProblem::TooLarge)?;
        let appointed = input.judges.len() as u32;
        let rows = self.by_entry.iter().map(|(entry, ballots)| {
            let ranks = ranks
                .as_ref()
                .map(|ranks| ranks.get(entry).map_or(&[][..], Vec::as_slice));
            ballots.row(entry, rubric, policy, appointed, ranks)
        });
        rows.collect::<Option<Vec<_>>>().ok_or(TallyProblem::TooLarge)
    }

    /// Ranks of each entry, one a judge, where the policy ranks by their mean; the outer `None` is an overflow.
    fn judges_ranks(
        &self,
        policy: &ScoringPolicy,
        input: &RoundInput<E, J>,
    ) -> Option<Option<BTreeMap<E, Vec<Fraction>>>> {
        if policy.aggregate != Aggregate::MeanRank {
            return Some(None);
        }
        if policy.ballot.wants_order() {
            return order_ranks(&input.orders, self.by_entry.len()).map(Some);
        }
        let mut totals: BTreeMap<J, Vec<(E, Points)>> = BTreeMap::new();
        for (entry, ballots) in &self.by_entry {
            for (judge, scores) in &ballots.submitted {
                totals
                    .entry(judge.clone())
                    .or_default()
                    .push((entry.clone(), total(scores)));
            }
        }
        scorecard_ranks(totals, self.by_entry.len()).map(Some)
    }
}

impl<J: Clone + Ord> EntryBallots<'_, J> {
    fn row<E: Clone>(
        &self,
        entry: &E,
        rubric: &Rubric,
        policy: &ScoringPolicy,
        appointed: u32,
        ranks: Option<&[Fraction]>,
    ) -> Option<TallyRow<E>> {
        let totals: Vec<Points> = self.submitted.values().map(|scores| total(scores)).collect();
        let valid = ranks.map_or(totals.len(), <[_]>::len) as u32;
        let criteria = self.criteria(rubric);
        let state = if valid == 0 {
            RowState::NoResult
        } else if !policy.quorum.is_met(valid, appointed) {
            RowState::QuorumNotMet
        } else if below_floor(rubric, &criteria) {
            RowState::BelowCriterionFloor
        } else {
            RowState::Ok
        };
        let counts = matches!(state, RowState::Ok | RowState::BelowCriterionFloor);
        let average = if counts {
            mean(&totals, &policy.aggregate)
        } else {
            None
        };
        let mean_rank = match ranks {
            Some(ranks) if counts => Some(Fraction::mean_of(ranks)?),
            _ => None,
        };
        Some(TallyRow {
            entry: entry.clone(),
            state,
            rank: None,
            average,
            rounded: average.map(|average| average.round_half_up(2)),
            mean_rank,
            valid,
            recused: self.recused,
            min: totals.iter().min().copied(),
            max: totals.iter().max().copied(),
            criteria,
        })
    }

    fn criteria(&self, rubric: &Rubric) -> BTreeMap<CriterionCode, Fraction> {
        let averages = rubric.criteria.iter().filter_map(|criterion| {
            let points: Vec<Points> = self
                .submitted
                .values()
                .filter_map(|scores| criterion_points(rubric, criterion, scores))
                .collect();
            Some((criterion.code.clone(), Fraction::mean(&points)?))
        });
        averages.collect()
    }
}

/// Mean of totals, trimmed where the policy says so and enough scorecards are in.
fn mean(totals: &[Points], aggregate: &Aggregate) -> Option<Fraction> {
    let mut sorted = totals.to_vec();
    sorted.sort_unstable();
    if let Aggregate::TrimmedMean {
        min_scorecards,
        drop_high,
        drop_low,
    } = *aggregate
        && sorted.len() >= min_scorecards as usize
    {
        let end = sorted.len().saturating_sub(drop_high as usize);
        let kept = sorted.get(drop_low as usize..end).unwrap_or_default();
        return Fraction::mean(kept);
    }
    Fraction::mean(&sorted)
}

/// Whether an average, rounded as the table shows it, is under its floor.
fn below_floor(rubric: &Rubric, averages: &BTreeMap<CriterionCode, Fraction>) -> bool {
    rubric.criteria.iter().any(|criterion| {
        let average = averages
            .get(&criterion.code)
            .map(|average| average.round_half_up(2));
        criterion
            .floor
            .zip(average)
            .is_some_and(|(floor, average)| average < floor)
    })
}

fn check_complete(rubric: &Rubric, scores: &Scores) -> Vec<ScoreProblem> {
    let mut problems = check_draft(rubric, scores);
    let missing = rubric
        .scored()
        .into_iter()
        .filter(|(code, _)| !scores.contains_key(*code));
    problems.extend(missing.map(|(code, _)| ScoreProblem::Missing {
        criterion: code.clone(),
    }));
    problems
}

fn jury<E, J: Clone + Ord>(input: &RoundInput<E, J>) -> Result<BTreeSet<J>, TallyProblem<E, J>> {
    let mut judges = BTreeSet::new();
    for judge in &input.judges {
        if !judges.insert(judge.clone()) {
            return Err(TallyProblem::DuplicateJudge { judge: judge.clone() });
        }
    }
    Ok(judges)
}

/// Order ballots hold entries of the round, each once. Entries may be missing: a recused judge leaves some out.
fn check_orders<E: Clone + Ord, J: Clone + Ord>(
    input: &RoundInput<E, J>,
    judges: &BTreeSet<J>,
) -> Result<(), TallyProblem<E, J>> {
    let entries: BTreeSet<E> = input.entries.iter().cloned().collect();
    let mut seen = BTreeSet::new();
    for ballot in &input.orders {
        let judge = ballot.judge.clone();
        if !judges.contains(&judge) {
            return Err(TallyProblem::UnknownJudge { judge });
        }
        if !seen.insert(judge.clone()) {
            return Err(TallyProblem::DuplicateOrder { judge });
        }
        let mut problems = crate::judging::check_order(&ballot.order, &entries);
        problems.retain(|problem| !matches!(problem, OrderProblem::Missing { .. }));
        if !problems.is_empty() {
            return Err(TallyProblem::BadOrder { judge, problems });
        }
    }
    Ok(())
}

fn check_decisions<E: Clone + Ord, J>(input: &RoundInput<E, J>) -> Result<(), TallyProblem<E, J>> {
    for decision in &input.decisions {
        let mut seen = BTreeSet::new();
        let bad = decision
            .order
            .iter()
            .find(|entry| !seen.insert(*entry) || !input.entries.contains(entry));
        if let Some(entry) = bad {
            return Err(TallyProblem::BadDecision { entry: entry.clone() });
        }
    }
    Ok(())
}
