//! Who may see what: the one place that turns the audit record into what a viewer gets.

use serde::{Deserialize, Serialize};

use crate::contest::ContestPhase;
use crate::entry::{EntryState, EntryStep};
use crate::event::{CellState, EntryLabel, Event, LiveEvent, SeatLabel};
use crate::id::RoundId;
use crate::time::{Timestamp, Zone};

/// A group of viewers that gets the same frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody: phase, number of entries, how full a round is.
    Public,
    /// Organiser, leader, chair: the judge × entry grid and units. Still no score.
    Desk,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Audience; 2] = [Audience::Public, Audience::Desk];
}

/// What `audience` may see of an event committed at `at`; `None` means nothing of it leaves the server.
///
/// Exhaustive on purpose: a new event does not compile until somebody decides who may see it.
pub fn project(event: &Event, at: Timestamp, zone: &Zone, audience: Audience) -> Option<LiveEvent> {
    let desk = audience == Audience::Desk;
    let ballot = |round: &RoundId, seat: &SeatLabel, entry: &EntryLabel, cell| {
        if desk {
            LiveEvent::BallotChanged {
                round: *round,
                seat: seat.clone(),
                entry: entry.clone(),
                cell,
            }
        } else {
            LiveEvent::RoundStepped {
                round: *round,
                reopened: cell == CellState::Reopened,
            }
        }
    };
    match event {
        Event::ContestOpened { .. } => Some(LiveEvent::PhaseChanged {
            phase: ContestPhase::Open,
        }),
        Event::DecisionRecorded { .. } | Event::HistoricalResultEntered { .. } => {
            Some(LiveEvent::PhaseChanged {
                phase: ContestPhase::Published,
            })
        }
        Event::EntrySubmitted { unit, revision, .. } => Some(if *revision == 1 {
            let day = (at + chrono::Duration::minutes(i64::from(zone.offset_minutes))).date_naive();
            LiveEvent::EntryReceived {
                unit: unit.filter(|_| desk),
                day,
            }
        } else {
            LiveEvent::EntryRevised
        }),
        Event::EntryMoved { unit, from, step, .. } => match step {
            EntryStep::Forward if desk => Some(LiveEvent::EntryForwarded { unit: *unit }),
            EntryStep::Withdraw if *from != EntryState::Draft => Some(LiveEvent::EntryWithdrawn {
                unit: unit.filter(|_| desk),
                was_forwarded: from.is_forwarded() && desk,
            }),
            _ => None,
        },
        Event::RoundOpened {
            round,
            ordinal,
            policy,
            entries,
            judges,
            ..
        } => Some(LiveEvent::RoundOpened {
            round: *round,
            ordinal: *ordinal,
            entries: entries
                .iter()
                .filter(|_| desk)
                .map(|(_, label)| label.clone())
                .collect(),
            judges: judges
                .iter()
                .filter(|_| desk)
                .map(|(_, seat)| seat.clone())
                .collect(),
            of: (entries.len() * judges.len()) as u32,
            wants_order: policy.ballot.wants_order(),
        }),
        Event::ScorecardSubmitted {
            round, label, seat, ..
        } => Some(ballot(round, seat, label, CellState::Submitted)),
        Event::Recused {
            round, label, seat, ..
        } => Some(ballot(round, seat, label, CellState::Recused)),
        Event::ScorecardReopened {
            round, label, seat, ..
        } => Some(ballot(round, seat, label, CellState::Reopened)),
        Event::OrderSubmitted { round, seat, .. } if desk => Some(LiveEvent::OrderSubmitted {
            round: *round,
            seat: seat.clone(),
        }),
        Event::DeliberationOpened { round, label, .. } if desk => Some(LiveEvent::DeliberationOpened {
            round: *round,
            entry: label.clone(),
        }),
        Event::DeliberationConcluded { round, label, .. } if desk => Some(LiveEvent::DeliberationClosed {
            round: *round,
            entry: label.clone(),
        }),
        Event::RoundLocked {
            round,
            advanced,
            last,
            ..
        } => {
            // How many advanced is fixed by the plan; the public learns it only with the decision.
            Some(LiveEvent::RoundLocked {
                round: *round,
                advanced: if desk { advanced.len() as u32 } else { 0 },
                last: *last,
            })
        }
        Event::OrderSubmitted { .. }
        | Event::DeliberationOpened { .. }
        | Event::DeliberationConcluded { .. }
        | Event::ContestCreated { .. }
        | Event::SetupSaved { .. }
        | Event::JudgeAppointed { .. }
        | Event::JudgeRemoved { .. }
        | Event::RoleGranted { .. }
        | Event::RoleTaken { .. }
        | Event::ExtensionGiven { .. }
        | Event::ExtensionWithdrawn { .. }
        | Event::EntryTakenUp { .. }
        | Event::ChangesDropped { .. }
        | Event::EntryAnnotated { .. }
        | Event::EntriesForwarded { .. }
        | Event::EntryRegistered { .. }
        | Event::ChecklistSet { .. }
        | Event::EntryChecked { .. }
        | Event::AttachmentAdded { .. }
        | Event::AttachmentRemoved { .. }
        | Event::MediumReceived { .. }
        | Event::AttachmentInfected { .. }
        | Event::CoAuthorInvited { .. }
        | Event::InvitationAnswered { .. }
        | Event::InvitationWithdrawn { .. }
        | Event::BlindCodesAssigned { .. }
        | Event::PrinciplesConfirmed { .. }
        | Event::TieDecided { .. }
        | Event::PrizesProposed { .. } => None,
    }
}

/// The state an entry's author is shown: what a jury or the organiser does with it stays hidden until the decision.
pub fn state_for_author(state: EntryState, phase: ContestPhase) -> EntryState {
    if phase == ContestPhase::Published {
        return state;
    }
    match state {
        EntryState::Advanced
        | EntryState::Eliminated
        | EntryState::Ranked
        | EntryState::Awarded
        | EntryState::NotAwarded => EntryState::InRound,
        // Rejection is told at once; the round entries were put in is not a secret.
        other => other,
    }
}
