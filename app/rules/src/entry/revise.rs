//! Mending what was handed in: until when an author may take a submitted entry up again, and where it stands after.

use super::{EntryState, EntryStep, StateError};

/// Whether authors may take a submitted entry up again, the deadline aside: as long as its unit has neither forwarded it
/// nor kept it back; where no unit screens it (`screened` is false), until the organiser has decided. A returned entry
/// is open to its authors anyway.
pub fn may_take_up(state: EntryState, screened: bool) -> bool {
    match state {
        EntryState::SubmittedToUnit | EntryState::UnitScreening => true,
        EntryState::EligibilityCheck => !screened,
        _ => false,
    }
}

/// Where an entry taken up again stands once it is submitted anew by `step`: as after a first submission, so that its
/// desk looks at what is new.
///
/// # Errors
/// [`StateError`] where it may not be taken up from `from`.
pub fn after_revision(from: EntryState, step: EntryStep, screened: bool) -> Result<EntryState, StateError> {
    if may_take_up(from, screened) {
        EntryState::Draft.after(step)
    } else {
        Err(StateError { from, step })
    }
}
