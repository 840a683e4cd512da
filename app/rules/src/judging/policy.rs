//! How scorecards become a ranking. Frozen, with a hash, when a round opens.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::rubric::{CriterionCode, Rubric};
use crate::ledger::{Hash32, NotCanonical, canonical_json};
use crate::points::Points;

/// How the figures of several judges become one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Aggregate {
    /// Exact mean of the valid totals.
    #[default]
    Mean,
    /// The mean without the highest and lowest totals, once there are enough scorecards.
    TrimmedMean {
        min_scorecards: u32,
        drop_high: u32,
        drop_low: u32,
    },
    /// Mean of each judge's rank of the entry, equal entries sharing the middle of their ranks; lowest is best.
    MeanRank,
}

/// What a judge hands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BallotKind {
    #[default]
    Scorecards,
    /// An order of the entries only.
    Order,
    /// Scorecards, and an order that may break ties.
    ScorecardsAndOrder,
}

impl BallotKind {
    /// Whether judges fill in scorecards.
    pub const fn wants_scorecards(self) -> bool {
        matches!(self, BallotKind::Scorecards | BallotKind::ScorecardsAndOrder)
    }

    /// Whether judges put the entries in order.
    pub const fn wants_order(self) -> bool {
        matches!(self, BallotKind::Order | BallotKind::ScorecardsAndOrder)
    }
}

/// One step of the tie ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum TieBreak {
    /// Higher exact average on a criterion.
    Criterion { code: CriterionCode },
    /// Better mean place on the order ballots; passed over in a round without them.
    OrderBallots,
    /// The chair's recorded decision.
    ChairDecision,
}

/// Least share of appointed judges with a valid ballot for an entry, compared as whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quorum {
    pub num: u32,
    pub den: u32,
}

impl Quorum {
    /// `valid / appointed >= num / den`. Appointed judges count even where they are recused: a jury of which more
    /// than a third may not score an entry is too small for it.
    pub fn is_met(self, valid: u32, appointed: u32) -> bool {
        u64::from(valid) * u64::from(self.den) >= u64::from(appointed) * u64::from(self.num)
    }
}

/// The policy of a round. Its default is P-DEFAULT of the domain notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoringPolicy {
    pub aggregate: Aggregate,
    pub ballot: BallotKind,
    pub tie_break: Vec<TieBreak>,
    /// A spread of totals above this (not equal to it) opens a deliberation.
    pub deviation: Option<Points>,
    pub quorum: Quorum,
    /// Least rounded average for a prize.
    pub prize_floor: Option<Points>,
}

impl Default for ScoringPolicy {
    fn default() -> Self {
        let criteria = ["TC3", "TC4", "TC1"].into_iter().map(|code| TieBreak::Criterion {
            code: CriterionCode::parse(code).expect("a short ASCII word"),
        });
        Self {
            aggregate: Aggregate::Mean,
            ballot: BallotKind::Scorecards,
            tie_break: criteria
                .chain([TieBreak::OrderBallots, TieBreak::ChairDecision])
                .collect(),
            deviation: Some(Points::whole(20)),
            quorum: Quorum { num: 2, den: 3 },
            prize_floor: Some(Points::whole(70)),
        }
    }
}

/// What is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum PolicyProblem {
    #[error("the tie ladder names {code}, which is not in the rubric")]
    UnknownCriterion { code: CriterionCode },
    #[error("the same step stands twice in the tie ladder")]
    RepeatedTieBreak { step: TieBreak },
    #[error("nothing can follow the chair's decision in the tie ladder")]
    AfterChairDecision,
    #[error("an average needs scorecards")]
    AverageNeedsScorecards,
    #[error("a criterion in the tie ladder needs scorecards")]
    CriterionNeedsScorecards { code: CriterionCode },
    #[error("trimming {drop_high} + {drop_low} of {min_scorecards} leaves nothing")]
    TrimsEverything {
        min_scorecards: u32,
        drop_high: u32,
        drop_low: u32,
    },
    #[error("the quorum {num}/{den} is not between 0 and 1")]
    QuorumOutOfRange { num: u32, den: u32 },
    #[error("the deviation limit {limit} is outside 0 to {max}")]
    DeviationOutOfRange { limit: Points, max: Points },
    #[error("the prize floor {floor} is outside 0 to {max}")]
    PrizeFloorOutOfRange { floor: Points, max: Points },
}

impl ScoringPolicy {
    /// Every problem of the policy with this rubric.
    ///
    /// # Errors
    /// The list, where it is not empty.
    pub fn validate(&self, rubric: &Rubric) -> Result<(), Vec<PolicyProblem>> {
        let mut problems = Vec::new();
        self.check_aggregate(&mut problems);
        self.check_tie_ladder(rubric, &mut problems);
        let Quorum { num, den } = self.quorum;
        if den == 0 || num > den {
            problems.push(PolicyProblem::QuorumOutOfRange { num, den });
        }
        let max = rubric.max_total;
        let outside = |points: &Points| *points < Points::ZERO || *points > max;
        if let Some(limit) = self.deviation.filter(outside) {
            problems.push(PolicyProblem::DeviationOutOfRange { limit, max });
        }
        if let Some(floor) = self.prize_floor.filter(outside) {
            problems.push(PolicyProblem::PrizeFloorOutOfRange { floor, max });
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }

    fn check_aggregate(&self, problems: &mut Vec<PolicyProblem>) {
        match self.aggregate {
            Aggregate::MeanRank => {}
            _ if !self.ballot.wants_scorecards() => problems.push(PolicyProblem::AverageNeedsScorecards),
            Aggregate::TrimmedMean {
                min_scorecards,
                drop_high,
                drop_low,
            } if u64::from(drop_high) + u64::from(drop_low) >= u64::from(min_scorecards) => {
                problems.push(PolicyProblem::TrimsEverything {
                    min_scorecards,
                    drop_high,
                    drop_low,
                });
            }
            Aggregate::Mean | Aggregate::TrimmedMean { .. } => {}
        }
    }

    fn check_tie_ladder(&self, rubric: &Rubric, problems: &mut Vec<PolicyProblem>) {
        for (index, step) in self.tie_break.iter().enumerate() {
            if self.tie_break[..index].contains(step) {
                problems.push(PolicyProblem::RepeatedTieBreak { step: step.clone() });
            }
            if let TieBreak::Criterion { code } = step {
                if rubric.criterion(code).is_none() {
                    problems.push(PolicyProblem::UnknownCriterion { code: code.clone() });
                }
                if !self.ballot.wants_scorecards() {
                    problems.push(PolicyProblem::CriterionNeedsScorecards { code: code.clone() });
                }
            }
        }
        let chair = self
            .tie_break
            .iter()
            .position(|step| *step == TieBreak::ChairDecision);
        if chair.is_some_and(|index| index + 1 < self.tie_break.len()) {
            problems.push(PolicyProblem::AfterChairDecision);
        }
    }
}

/// Hash of rubric and policy together, recorded before the first ballot: whoever has both can check that neither
/// changed since.
///
/// # Errors
/// [`NotCanonical`] never happens for these types: their numbers are whole and points are strings.
pub fn frozen_hash(rubric: &Rubric, policy: &ScoringPolicy) -> Result<Hash32, NotCanonical> {
    canonical_json(&json!({ "policy": policy, "rubric": rubric })).map(|bytes| Hash32::of(&bytes))
}
