//! The colour that repeats what a state's word says.

use crate::ui::Tone;
use rules::contest::ContestPhase;
use rules::entry::EntryState;
use rules::judging::RoundState;

/// Colour of an entry's state.
pub fn state_tone(state: EntryState) -> Tone {
    match state {
        EntryState::Draft | EntryState::Withdrawn | EntryState::NotAwarded | EntryState::Eliminated => {
            Tone::Neutral
        }
        EntryState::SubmittedToUnit
        | EntryState::UnitScreening
        | EntryState::Forwarded
        | EntryState::EligibilityCheck
        | EntryState::InRound => Tone::Info,
        EntryState::Accepted | EntryState::Advanced | EntryState::Ranked => Tone::Ok,
        EntryState::ReturnedForSupplement | EntryState::NotSelectedByUnit => Tone::Warn,
        EntryState::Rejected | EntryState::Disqualified => Tone::Danger,
        EntryState::Awarded => Tone::Gold,
    }
}

/// Colour of a contest's phase.
pub fn phase_tone(phase: ContestPhase) -> Tone {
    match phase {
        ContestPhase::Draft => Tone::Neutral,
        ContestPhase::Open => Tone::Ok,
        ContestPhase::Judging => Tone::Info,
        ContestPhase::AwaitingApproval => Tone::Warn,
        ContestPhase::Published => Tone::Gold,
    }
}

/// Colour of a round's state.
pub fn round_tone(state: RoundState) -> Tone {
    match state {
        RoundState::Planned => Tone::Neutral,
        RoundState::Open | RoundState::Scoring => Tone::Info,
        RoundState::Deliberation => Tone::Warn,
        RoundState::Locked => Tone::Ok,
    }
}
