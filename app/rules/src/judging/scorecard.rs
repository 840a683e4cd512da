//! The life of one scorecard: draft until submitted, reopened only for a deliberation, recused for good.

use serde::{Deserialize, Serialize};

use super::round::RoundState;

/// Where a judge's scorecard for an entry stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScorecardState {
    /// Saved, not counted; may be incomplete.
    #[default]
    Draft,
    /// Handed in; the judge cannot change it.
    Submitted,
    /// Open again for its judge after a deliberation; not counted until handed in again.
    Reopened,
    /// The judge does not score this entry; reduces the divisor.
    Recused,
}

/// Why a step of a scorecard is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum ScorecardError {
    #[error("the round is {state:?}")]
    RoundNotOpen { state: RoundState },
    #[error("already submitted")]
    AlreadySubmitted,
    #[error("the judge is recused from this entry")]
    Recused,
    #[error("not submitted yet")]
    NotSubmitted,
    #[error("only a deliberation reopens a scorecard")]
    NoDeliberation,
    #[error("a reason is required")]
    ReasonRequired,
}

impl ScorecardState {
    /// Saving a draft.
    ///
    /// # Errors
    /// After submission, after recusal, or outside scoring.
    pub fn save_draft(self, round: RoundState) -> Result<ScorecardState, ScorecardError> {
        self.writable(round)
    }

    /// Handing in.
    ///
    /// # Errors
    /// As for a draft: a submitted scorecard is not submitted again.
    pub fn submit(self, round: RoundState) -> Result<ScorecardState, ScorecardError> {
        self.writable(round).map(|_| ScorecardState::Submitted)
    }

    /// Opening again for its judge, with the reason that is recorded. Only while the entry is being deliberated.
    ///
    /// # Errors
    /// Without a deliberation or reason, or where there is nothing submitted.
    pub fn reopen(
        self,
        round: RoundState,
        deliberating: bool,
        reason: &str,
    ) -> Result<ScorecardState, ScorecardError> {
        if !round.takes_ballots() {
            return Err(ScorecardError::RoundNotOpen { state: round });
        }
        match self {
            ScorecardState::Recused => Err(ScorecardError::Recused),
            ScorecardState::Draft | ScorecardState::Reopened => Err(ScorecardError::NotSubmitted),
            ScorecardState::Submitted if !deliberating => Err(ScorecardError::NoDeliberation),
            ScorecardState::Submitted if reason.trim().is_empty() => Err(ScorecardError::ReasonRequired),
            ScorecardState::Submitted => Ok(ScorecardState::Reopened),
        }
    }

    /// Recusal, by rule or declared. Once points are handed in it is too late to step aside silently: the scorecard
    /// must be reopened first.
    ///
    /// # Errors
    /// After submission, without a reason, or outside scoring.
    pub fn recuse(self, round: RoundState, reason: &str) -> Result<ScorecardState, ScorecardError> {
        self.writable(round)?;
        if reason.trim().is_empty() {
            return Err(ScorecardError::ReasonRequired);
        }
        Ok(ScorecardState::Recused)
    }

    /// Whether nothing more is awaited from the judge.
    pub const fn is_done(self) -> bool {
        matches!(self, ScorecardState::Submitted | ScorecardState::Recused)
    }

    fn writable(self, round: RoundState) -> Result<ScorecardState, ScorecardError> {
        if !round.takes_ballots() {
            return Err(ScorecardError::RoundNotOpen { state: round });
        }
        match self {
            ScorecardState::Draft | ScorecardState::Reopened => Ok(self),
            ScorecardState::Submitted => Err(ScorecardError::AlreadySubmitted),
            ScorecardState::Recused => Err(ScorecardError::Recused),
        }
    }
}
