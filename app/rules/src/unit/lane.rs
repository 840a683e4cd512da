//! Where an entry lies on the unit's board.

use serde::{Deserialize, Serialize};

use crate::entry::EntryState;

/// A lane of the board, in the order work goes through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Handed in, nobody has looked at it.
    Waiting,
    Screening,
    /// At its author, to be completed.
    Returned,
    /// On the unit's list, to be forwarded or in reserve.
    OnList,
    /// Handed to the standing unit, whatever came after.
    Forwarded,
    KeptBack,
    Withdrawn,
}

impl Lane {
    /// Every lane in order.
    pub const ALL: [Lane; 7] = [
        Lane::Waiting,
        Lane::Screening,
        Lane::Returned,
        Lane::OnList,
        Lane::Forwarded,
        Lane::KeptBack,
        Lane::Withdrawn,
    ];

    /// Its name in addresses and ids.
    pub fn slug(self) -> &'static str {
        match self {
            Lane::Waiting => "waiting",
            Lane::Screening => "screening",
            Lane::Returned => "returned",
            Lane::OnList => "on_list",
            Lane::Forwarded => "forwarded",
            Lane::KeptBack => "kept_back",
            Lane::Withdrawn => "withdrawn",
        }
    }
}

/// The lane of an entry; `listed` says whether the unit's saved list names it.
pub fn lane(state: EntryState, listed: bool) -> Lane {
    match state {
        EntryState::SubmittedToUnit | EntryState::UnitScreening if listed => Lane::OnList,
        EntryState::Draft | EntryState::SubmittedToUnit => Lane::Waiting,
        EntryState::UnitScreening => Lane::Screening,
        EntryState::ReturnedForSupplement => Lane::Returned,
        EntryState::NotSelectedByUnit => Lane::KeptBack,
        EntryState::Withdrawn => Lane::Withdrawn,
        EntryState::Forwarded
        | EntryState::EligibilityCheck
        | EntryState::Accepted
        | EntryState::Rejected
        | EntryState::InRound
        | EntryState::Advanced
        | EntryState::Eliminated
        | EntryState::Ranked
        | EntryState::Awarded
        | EntryState::NotAwarded
        | EntryState::Disqualified => Lane::Forwarded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_a_lane_only_for_what_can_be_forwarded() {
        for state in EntryState::ALL {
            let on_list = lane(state, true) == Lane::OnList;
            assert_eq!(
                on_list,
                state.after(crate::entry::EntryStep::Forward).is_ok(),
                "{state:?}"
            );
            assert_ne!(lane(state, false), Lane::OnList);
        }
    }
}
