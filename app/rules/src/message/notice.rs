//! Who is told of an event.

use super::MessageKind;
use crate::entry::EntryStep;
use crate::event::Event;
use crate::id::{EntryId, InvitationId, UnitId};

/// A group of readers; the service finds the people and addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Everybody who wrote the entry, with an account or an e-mail address.
    AuthorsOf(EntryId),
    /// Who is asked to be a co-author; until they accept, nothing else of the entry is for them.
    Invitee(InvitationId),
    /// Coordinators of the unit and of those above it, about an entry from it.
    CoordinatorsOf { unit: UnitId, entry: EntryId },
    /// The authors of every entry received in the contest, each about their own.
    AuthorsOfContest,
}

/// A message to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub kind: MessageKind,
    pub to: Readers,
}

/// What an event tells to whom. `unit_screening`: units look at entries before the organiser does.
///
/// Exhaustive on purpose, like [`crate::visibility::project`]: nothing of a round reaches anybody before the decision,
/// and a new event does not compile until somebody decides who is told.
pub fn notices(event: &Event, unit_screening: bool) -> Vec<Notice> {
    match event {
        Event::EntrySubmitted { entry, unit, .. } => {
            let mut notices = vec![to_authors(MessageKind::Receipt, *entry)];
            notices.extend(unit.filter(|_| unit_screening).map(|unit| Notice {
                kind: MessageKind::EntryReceived,
                to: Readers::CoordinatorsOf { unit, entry: *entry },
            }));
            notices
        }
        Event::EntryMoved { entry, step, .. } => kind_of(*step)
            .map(|kind| to_authors(kind, *entry))
            .into_iter()
            .collect(),
        Event::CoAuthorInvited { invitation, .. } => vec![Notice {
            kind: MessageKind::Invitation,
            to: Readers::Invitee(*invitation),
        }],
        Event::DecisionRecorded { .. } => vec![Notice {
            kind: MessageKind::ResultPublished,
            to: Readers::AuthorsOfContest,
        }],
        Event::ContestCreated { .. }
        | Event::SetupSaved { .. }
        | Event::JudgeAppointed { .. }
        | Event::JudgeRemoved { .. }
        | Event::RoleGranted { .. }
        | Event::RoleTaken { .. }
        | Event::ContestOpened { .. }
        // the step beside it says what happened
        | Event::EntryAnnotated { .. }
        | Event::EntriesForwarded { .. }
        | Event::EntryRegistered { .. }
        | Event::ChecklistSet { .. }
        | Event::EntryChecked { .. }
        | Event::ExtensionGiven { .. }
        | Event::ExtensionWithdrawn { .. }
        // what authors do with a copy of their own
        | Event::EntryTakenUp { .. }
        | Event::ChangesDropped { .. }
        | Event::AttachmentAdded { .. }
        | Event::AttachmentRemoved { .. }
        | Event::MediumReceived { .. }
        | Event::AttachmentInfected { .. }
        | Event::InvitationAnswered { .. }
        | Event::InvitationWithdrawn { .. }
        | Event::BlindCodesAssigned { .. }
        | Event::RoundOpened { .. }
        | Event::PrinciplesConfirmed { .. }
        | Event::ScorecardSubmitted { .. }
        | Event::Recused { .. }
        | Event::ScorecardReopened { .. }
        | Event::OrderSubmitted { .. }
        | Event::DeliberationOpened { .. }
        | Event::DeliberationConcluded { .. }
        | Event::TieDecided { .. }
        | Event::RoundLocked { .. }
        | Event::PrizesProposed { .. }
        // A past contest is no news to anybody.
        | Event::HistoricalResultEntered { .. } => Vec::new(),
    }
}

const fn to_authors(kind: MessageKind, entry: EntryId) -> Notice {
    Notice {
        kind,
        to: Readers::AuthorsOf(entry),
    }
}

/// The message of a step; `None` where its authors may not know, or did it themselves.
const fn kind_of(step: EntryStep) -> Option<MessageKind> {
    match step {
        EntryStep::Return => Some(MessageKind::Returned),
        EntryStep::KeepBack => Some(MessageKind::KeptBack),
        EntryStep::Forward => Some(MessageKind::Forwarded),
        EntryStep::Accept => Some(MessageKind::Accepted),
        EntryStep::Reject => Some(MessageKind::Rejected),
        // submitting has an event of its own
        EntryStep::SubmitToUnit
        | EntryStep::SubmitToOrganiser
        | EntryStep::Withdraw
        // somebody began to look: no news yet
        | EntryStep::StartScreening
        | EntryStep::StartCheck
        // back on the unit's desk, as it was before
        | EntryStep::TakeUp
        // what a jury does is told with the decision only
        | EntryStep::EnterRound
        | EntryStep::Advance
        | EntryStep::Eliminate
        | EntryStep::Rank
        | EntryStep::Award
        | EntryStep::PassOver
        // its letter is written by hand
        | EntryStep::Disqualify => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::EntryState;

    fn id<T: From<uuid::Uuid>>(number: u128) -> T {
        uuid::Uuid::from_u128(number).into()
    }

    fn submitted(unit: Option<UnitId>) -> Event {
        Event::EntrySubmitted {
            entry: id(1),
            code: "KT-001".into(),
            unit,
            category: "C1".into(),
            content_hash: "0".repeat(64),
            revision: 1,
            timeliness: crate::contest::Timeliness::InTime,
        }
    }

    fn moved(step: EntryStep) -> Event {
        Event::EntryMoved {
            entry: id(1),
            unit: None,
            from: EntryState::InRound,
            step,
            reason: None,
            rank: None,
            due: None,
            timeliness: crate::contest::Timeliness::InTime,
        }
    }

    #[test]
    fn authors_get_a_receipt_and_the_unit_a_notice_where_it_screens() {
        let unit: UnitId = id(9);
        let receipt = to_authors(MessageKind::Receipt, id(1));
        let received = Notice {
            kind: MessageKind::EntryReceived,
            to: Readers::CoordinatorsOf { unit, entry: id(1) },
        };
        assert_eq!(notices(&submitted(Some(unit)), true), [receipt, received]);
        assert_eq!(notices(&submitted(Some(unit)), false), [receipt]);
        assert_eq!(notices(&submitted(None), true), [receipt]);
    }

    #[test]
    fn steps_of_unit_and_organiser_are_told_and_steps_of_a_jury_are_not() {
        use EntryStep as S;
        let told = [
            (S::Return, MessageKind::Returned),
            (S::KeepBack, MessageKind::KeptBack),
            (S::Forward, MessageKind::Forwarded),
            (S::Accept, MessageKind::Accepted),
            (S::Reject, MessageKind::Rejected),
        ];
        for (step, kind) in told {
            assert_eq!(notices(&moved(step), true), [to_authors(kind, id(1))], "{step:?}");
        }
        let silent = [
            S::StartScreening,
            S::StartCheck,
            S::EnterRound,
            S::Advance,
            S::Eliminate,
            S::Rank,
            S::Award,
            S::PassOver,
            S::Withdraw,
        ];
        for step in silent {
            assert_eq!(notices(&moved(step), true), [], "{step:?}");
        }
    }

    #[test]
    fn the_embargo_ends_with_the_decision_only() {
        let locked = Event::RoundLocked {
            round: id(2),
            tally_hash: String::new(),
            ranking: vec![id(1)],
            advanced: vec![id(1)],
            eliminated: Vec::new(),
            last: true,
        };
        let proposed = Event::PrizesProposed {
            awards: vec![(id(1), "NHAT".into())],
        };
        for event in [locked, proposed] {
            assert_eq!(notices(&event, true), [], "{}", event.kind());
        }
        let date = chrono::NaiveDate::from_ymd_opt(2025, 11, 20).expect("a day");
        let decided = Event::DecisionRecorded {
            number: "12".into(),
            symbol: "QĐ-UBND".into(),
            issued_on: date,
            signer: String::new(),
            signer_position: String::new(),
            file_sha256: None,
            awards: Vec::new(),
        };
        let told: Vec<Readers> = notices(&decided, true)
            .into_iter()
            .map(|notice| notice.to)
            .collect();
        assert_eq!(told, [Readers::AuthorsOfContest]);
        let past = Event::HistoricalResultEntered {
            number: "181".into(),
            symbol: "QĐ-KKT".into(),
            issued_on: date,
            awards: Vec::new(),
        };
        assert_eq!(notices(&past, true), []);
    }
}
