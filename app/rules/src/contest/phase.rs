//! The life cycle of a contest.

use serde::{Deserialize, Serialize};

/// Where a contest stands. `AwaitingApproval` is the time between the locked final round and the signed decision
/// ("chờ phê duyệt", S0 A-25): nothing is public in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContestPhase {
    /// Being set up from its plan; seen by its organisers only.
    Draft,
    /// Opened: entries are written, screened by units, forwarded and checked.
    Open,
    /// From the opening of the first round until the last round is locked.
    Judging,
    /// The final ranking is locked and goes to the signing authority.
    AwaitingApproval,
    /// The decision is recorded; the result is public and immutable.
    Published,
}

/// A step of the life cycle that is not allowed from where the contest stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("a contest in phase {from:?} cannot become {to:?}")]
pub struct PhaseError {
    pub from: ContestPhase,
    pub to: ContestPhase,
}

impl ContestPhase {
    /// Every phase in order.
    pub const ALL: [ContestPhase; 5] = [
        ContestPhase::Draft,
        ContestPhase::Open,
        ContestPhase::Judging,
        ContestPhase::AwaitingApproval,
        ContestPhase::Published,
    ];

    /// Opens a set-up contest (Plan, A-02).
    ///
    /// # Errors
    /// [`PhaseError`] unless it is a draft.
    pub fn open(self) -> Result<Self, PhaseError> {
        self.step(ContestPhase::Draft, ContestPhase::Open)
    }

    /// Starts judging with the first round; opening a later round keeps the phase.
    ///
    /// # Errors
    /// [`PhaseError`] unless the contest is open or already judged.
    pub fn start_judging(self) -> Result<Self, PhaseError> {
        match self {
            ContestPhase::Judging => Ok(self),
            _ => self.step(ContestPhase::Open, ContestPhase::Judging),
        }
    }

    /// The last round is locked.
    ///
    /// # Errors
    /// [`PhaseError`] unless the contest is being judged.
    pub fn await_approval(self) -> Result<Self, PhaseError> {
        self.step(ContestPhase::Judging, ContestPhase::AwaitingApproval)
    }

    /// The decision is recorded.
    ///
    /// # Errors
    /// [`PhaseError`] unless the result awaits approval.
    pub fn publish(self) -> Result<Self, PhaseError> {
        self.step(ContestPhase::AwaitingApproval, ContestPhase::Published)
    }

    /// Whether the public may see that the contest exists.
    pub fn is_public(self) -> bool {
        self != ContestPhase::Draft
    }

    fn step(self, from: ContestPhase, to: ContestPhase) -> Result<Self, PhaseError> {
        if self == from {
            Ok(to)
        } else {
            Err(PhaseError { from: self, to })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_leads_from_exactly_one_phase() {
        type Step = fn(ContestPhase) -> Result<ContestPhase, PhaseError>;
        let steps: [(Step, &[ContestPhase]); 4] = [
            (ContestPhase::open, &[ContestPhase::Draft]),
            (
                ContestPhase::start_judging,
                &[ContestPhase::Open, ContestPhase::Judging],
            ),
            (ContestPhase::await_approval, &[ContestPhase::Judging]),
            (ContestPhase::publish, &[ContestPhase::AwaitingApproval]),
        ];
        for (step, from) in steps {
            for phase in ContestPhase::ALL {
                assert_eq!(step(phase).is_ok(), from.contains(&phase), "{phase:?}");
            }
        }
    }
}
