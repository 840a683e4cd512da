//! The states of an entry (domain.md 2.3) and the steps between them.

use serde::{Deserialize, Serialize};

/// Where an entry stands. What is only true in a state travels in the step's event and the entry's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    Draft,
    /// Waits for the unit to look at it.
    SubmittedToUnit,
    UnitScreening,
    /// The unit asked for completion; the author edits and submits again.
    ReturnedForSupplement,
    /// The unit keeps it back.
    NotSelectedByUnit,
    /// Handed to the standing unit.
    Forwarded,
    /// The organiser checks it. Contests without unit screening submit straight into this state.
    EligibilityCheck,
    Accepted,
    Rejected,
    /// Judged in a round.
    InRound,
    Advanced,
    Eliminated,
    Ranked,
    Awarded,
    NotAwarded,
    Withdrawn,
    Disqualified,
}

/// What happens to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryStep {
    /// Author submits in a contest with unit screening.
    SubmitToUnit,
    /// Author submits in a contest without unit screening.
    SubmitToOrganiser,
    StartScreening,
    Return,
    KeepBack,
    /// The unit considers an entry again that it kept back.
    TakeUp,
    Forward,
    StartCheck,
    Accept,
    Reject,
    EnterRound,
    Advance,
    Eliminate,
    Rank,
    Award,
    PassOver,
    Withdraw,
    Disqualify,
}

/// A step that is not possible from a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{step:?} is not possible from {from:?}")]
pub struct StateError {
    pub from: EntryState,
    pub step: EntryStep,
}

impl EntryState {
    /// Every state, in the order of the path.
    pub const ALL: [EntryState; 17] = [
        EntryState::Draft,
        EntryState::SubmittedToUnit,
        EntryState::UnitScreening,
        EntryState::ReturnedForSupplement,
        EntryState::NotSelectedByUnit,
        EntryState::Forwarded,
        EntryState::EligibilityCheck,
        EntryState::Accepted,
        EntryState::Rejected,
        EntryState::InRound,
        EntryState::Advanced,
        EntryState::Eliminated,
        EntryState::Ranked,
        EntryState::Awarded,
        EntryState::NotAwarded,
        EntryState::Withdrawn,
        EntryState::Disqualified,
    ];

    /// Takes a step.
    ///
    /// # Errors
    /// [`StateError`] where the path of domain.md 2.3 has no such step.
    pub fn after(self, step: EntryStep) -> Result<Self, StateError> {
        use EntryState as S;
        use EntryStep as T;
        let to = match (self, step) {
            (S::Draft | S::ReturnedForSupplement, T::SubmitToUnit) => S::SubmittedToUnit,
            (S::Draft | S::ReturnedForSupplement, T::SubmitToOrganiser) => S::EligibilityCheck,
            (S::SubmittedToUnit, T::StartScreening) => S::UnitScreening,
            (S::SubmittedToUnit | S::UnitScreening, T::Return) => S::ReturnedForSupplement,
            (S::SubmittedToUnit | S::UnitScreening, T::KeepBack) => S::NotSelectedByUnit,
            (S::NotSelectedByUnit, T::TakeUp) => S::UnitScreening,
            (S::SubmittedToUnit | S::UnitScreening, T::Forward) => S::Forwarded,
            (S::Forwarded, T::StartCheck) => S::EligibilityCheck,
            (S::Forwarded | S::EligibilityCheck | S::Rejected, T::Accept) => S::Accepted,
            (S::Forwarded | S::EligibilityCheck | S::Accepted, T::Reject) => S::Rejected,
            (S::Accepted | S::Advanced, T::EnterRound) => S::InRound,
            (S::InRound, T::Advance) => S::Advanced,
            (S::InRound, T::Eliminate) => S::Eliminated,
            (S::InRound, T::Rank) => S::Ranked,
            (S::Ranked, T::Award) => S::Awarded,
            (S::Ranked, T::PassOver) => S::NotAwarded,
            (from, T::Withdraw | T::Disqualify) if from.is_before_decision() && from != S::Draft => {
                match step {
                    T::Withdraw => S::Withdrawn,
                    _ => S::Disqualified,
                }
            }
            (S::Draft, T::Withdraw) => S::Withdrawn,
            (from, step) => return Err(StateError { from, step }),
        };
        Ok(to)
    }

    /// The author may still change it.
    pub fn is_editable(self) -> bool {
        matches!(self, EntryState::Draft | EntryState::ReturnedForSupplement)
    }

    /// Counts as received: submitted and not taken back.
    pub fn is_received(self) -> bool {
        !matches!(self, EntryState::Draft | EntryState::Withdrawn)
    }

    /// Found eligible, whatever came after.
    pub fn is_eligible(self) -> bool {
        matches!(
            self,
            EntryState::Accepted
                | EntryState::InRound
                | EntryState::Advanced
                | EntryState::Eliminated
                | EntryState::Ranked
                | EntryState::Awarded
                | EntryState::NotAwarded
        )
    }

    /// Counts towards a unit's quota: forwarded or further.
    pub fn is_forwarded(self) -> bool {
        !matches!(
            self,
            EntryState::Draft
                | EntryState::SubmittedToUnit
                | EntryState::UnitScreening
                | EntryState::ReturnedForSupplement
                | EntryState::NotSelectedByUnit
                | EntryState::Withdrawn
        )
    }

    fn is_before_decision(self) -> bool {
        !matches!(
            self,
            EntryState::Awarded | EntryState::NotAwarded | EntryState::Withdrawn | EntryState::Disqualified
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_of_a_winner_with_unit_screening() {
        let path = [
            EntryStep::SubmitToUnit,
            EntryStep::StartScreening,
            EntryStep::Return,
            EntryStep::SubmitToUnit,
            EntryStep::Forward,
            EntryStep::Accept,
            EntryStep::EnterRound,
            EntryStep::Advance,
            EntryStep::EnterRound,
            EntryStep::Rank,
            EntryStep::Award,
        ];
        let end = path.into_iter().try_fold(EntryState::Draft, EntryState::after);
        assert_eq!(end, Ok(EntryState::Awarded));
    }

    #[test]
    fn nothing_leaves_the_end_states() {
        use EntryStep::*;
        let steps = [
            SubmitToUnit,
            SubmitToOrganiser,
            StartScreening,
            Return,
            KeepBack,
            TakeUp,
            Forward,
            StartCheck,
            Accept,
            Reject,
            EnterRound,
            Advance,
            Eliminate,
            Rank,
            Award,
            PassOver,
            Withdraw,
            Disqualify,
        ];
        for state in [
            EntryState::Awarded,
            EntryState::NotAwarded,
            EntryState::Withdrawn,
            EntryState::Disqualified,
        ] {
            for step in steps {
                assert_eq!(state.after(step), Err(StateError { from: state, step }));
            }
        }
    }

    #[test]
    fn an_entry_kept_back_is_taken_up_before_it_is_forwarded() {
        let kept = EntryState::NotSelectedByUnit;
        assert!(kept.after(EntryStep::Forward).is_err());
        let taken_up = kept.after(EntryStep::TakeUp).expect("the unit may think again");
        assert_eq!(taken_up.after(EntryStep::Forward), Ok(EntryState::Forwarded));
        let others = EntryState::ALL.into_iter().filter(|state| *state != kept);
        assert_eq!(
            others
                .filter(|state| state.after(EntryStep::TakeUp).is_ok())
                .count(),
            0
        );
    }

    #[test]
    fn a_submitted_entry_cannot_be_edited_or_submitted_again() {
        for state in EntryState::ALL {
            let editable = matches!(state, EntryState::Draft | EntryState::ReturnedForSupplement);
            assert_eq!(state.is_editable(), editable);
            assert_eq!(state.after(EntryStep::SubmitToUnit).is_ok(), editable);
        }
    }
}
