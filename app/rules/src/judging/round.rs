//! The life of a round: opened with everything frozen, scored, deliberated, locked for good.

use serde::{Deserialize, Serialize};

use super::policy::{PolicyProblem, ScoringPolicy};
use super::rubric::{Rubric, RubricProblem};
use crate::points::Points;

/// Where a round stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundState {
    /// Part of the contest's plan; rubric, policy and jury may still change.
    #[default]
    Planned,
    /// Jury, rubric, policy and entries are frozen; nothing is handed in yet.
    Open,
    /// Ballots come in.
    Scoring,
    /// At least one deviation is being deliberated.
    Deliberation,
    /// The ranking stands.
    Locked,
}

/// What a round needs to open.
#[derive(Clone, Copy, Debug)]
pub struct RoundOpening<'a> {
    pub rubric: &'a Rubric,
    pub policy: &'a ScoringPolicy,
    pub judges: usize,
    pub chairs: usize,
    pub entries: usize,
    /// The round before is locked, or there is none.
    pub earlier_locked: bool,
}

/// What keeps a round from opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum OpenProblem {
    #[error("the earlier round is not locked")]
    EarlierRoundOpen,
    #[error("no judges")]
    NoJudges,
    #[error("a jury has one chair, this one has {chairs}")]
    NotOneChair { chairs: usize },
    #[error("no entries")]
    NoEntries,
    #[error("the rubric has problems")]
    Rubric { problems: Vec<RubricProblem> },
    #[error("the policy has problems")]
    Policy { problems: Vec<PolicyProblem> },
}

/// What is still open in a round, counted by the caller from its ballots and tally.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundStanding {
    /// Scorecards neither submitted nor recused.
    pub missing_scorecards: usize,
    /// Order ballots not handed in, where the policy asks for them.
    pub missing_orders: usize,
    /// Spreads above the limit that no concluded deliberation covers.
    pub undeliberated: usize,
    pub open_deliberations: usize,
    /// Groups of equal entries across the edge of advancing or of a prize.
    pub undecided_ties: usize,
}

/// What keeps a round from being locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum LockProblem {
    #[error("{missing} scorecards are missing")]
    ScorecardsMissing { missing: usize },
    #[error("{missing} order ballots are missing")]
    OrdersMissing { missing: usize },
    #[error("{entries} deviations were not deliberated")]
    NotDeliberated { entries: usize },
    #[error("{open} deliberations are open")]
    DeliberationOpen { open: usize },
    #[error("{ties} ties are undecided")]
    TieUndecided { ties: usize },
}

/// Why a round cannot go where it is asked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum RoundError {
    #[error("not possible from {from:?}")]
    State { from: RoundState },
    #[error("the round cannot open")]
    Open { problems: Vec<OpenProblem> },
    #[error("the round cannot be locked")]
    Lock { problems: Vec<LockProblem> },
    /// The spread does not exceed the limit, so there is nothing to deliberate.
    #[error("a spread of {spread} needs no deliberation")]
    NoDeviation { spread: Points },
}

impl RoundState {
    /// Opens a planned round.
    ///
    /// # Errors
    /// [`RoundError::Open`] with everything that is missing, or [`RoundError::State`].
    pub fn open(self, opening: &RoundOpening<'_>) -> Result<RoundState, RoundError> {
        self.expect(&[RoundState::Planned])?;
        let mut problems = Vec::new();
        if !opening.earlier_locked {
            problems.push(OpenProblem::EarlierRoundOpen);
        }
        if opening.judges == 0 {
            problems.push(OpenProblem::NoJudges);
        } else if opening.chairs != 1 {
            problems.push(OpenProblem::NotOneChair {
                chairs: opening.chairs,
            });
        }
        if opening.entries == 0 {
            problems.push(OpenProblem::NoEntries);
        }
        if let Err(found) = opening.rubric.validate() {
            problems.push(OpenProblem::Rubric { problems: found });
        }
        if let Err(found) = opening.policy.validate(opening.rubric) {
            problems.push(OpenProblem::Policy { problems: found });
        }
        if problems.is_empty() {
            Ok(RoundState::Open)
        } else {
            Err(RoundError::Open { problems })
        }
    }

    /// The first ballot is in.
    ///
    /// # Errors
    /// [`RoundError::State`] unless open or scoring already.
    pub fn start_scoring(self) -> Result<RoundState, RoundError> {
        self.expect(&[RoundState::Open, RoundState::Scoring])?;
        Ok(RoundState::Scoring)
    }

    /// A deliberation opens.
    ///
    /// # Errors
    /// [`RoundError::State`] unless ballots are coming in, [`RoundError::NoDeviation`] below the limit.
    pub fn deliberate(self, spread: Points, policy: &ScoringPolicy) -> Result<RoundState, RoundError> {
        self.expect(&[RoundState::Scoring, RoundState::Deliberation])?;
        match policy.deviation {
            Some(limit) if spread > limit => Ok(RoundState::Deliberation),
            _ => Err(RoundError::NoDeviation { spread }),
        }
    }

    /// A deliberation closes, `still_open` others remaining.
    ///
    /// # Errors
    /// [`RoundError::State`] unless in deliberation.
    pub fn conclude(self, still_open: usize) -> Result<RoundState, RoundError> {
        self.expect(&[RoundState::Deliberation])?;
        Ok(if still_open == 0 {
            RoundState::Scoring
        } else {
            RoundState::Deliberation
        })
    }

    /// Locks the round: the ranking stands and judges may see each other's points.
    ///
    /// # Errors
    /// [`RoundError::Lock`] with everything still open, or [`RoundError::State`].
    pub fn lock(self, standing: &RoundStanding) -> Result<RoundState, RoundError> {
        self.expect(&[RoundState::Scoring, RoundState::Deliberation])?;
        let problems = standing.problems();
        if problems.is_empty() {
            Ok(RoundState::Locked)
        } else {
            Err(RoundError::Lock { problems })
        }
    }

    /// Whether judges may write.
    pub const fn takes_ballots(self) -> bool {
        matches!(
            self,
            RoundState::Open | RoundState::Scoring | RoundState::Deliberation
        )
    }

    /// Whether points of other judges may be seen (independent scoring, S0 A-24).
    pub const fn is_locked(self) -> bool {
        matches!(self, RoundState::Locked)
    }

    fn expect(self, allowed: &[RoundState]) -> Result<(), RoundError> {
        if allowed.contains(&self) {
            Ok(())
        } else {
            Err(RoundError::State { from: self })
        }
    }
}

impl RoundStanding {
    /// What keeps the round from being locked, for the round desk.
    pub fn problems(&self) -> Vec<LockProblem> {
        let all = [
            (
                self.missing_scorecards,
                LockProblem::ScorecardsMissing {
                    missing: self.missing_scorecards,
                },
            ),
            (
                self.missing_orders,
                LockProblem::OrdersMissing {
                    missing: self.missing_orders,
                },
            ),
            (
                self.open_deliberations,
                LockProblem::DeliberationOpen {
                    open: self.open_deliberations,
                },
            ),
            (
                self.undeliberated,
                LockProblem::NotDeliberated {
                    entries: self.undeliberated,
                },
            ),
            (
                self.undecided_ties,
                LockProblem::TieUndecided {
                    ties: self.undecided_ties,
                },
            ),
        ];
        all.into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(_, problem)| problem)
            .collect()
    }
}
