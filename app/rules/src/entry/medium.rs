//! The medium that IT, image and video entries must carry: a file, or a copy on a disc or stick handed in by hand.

use serde::{Deserialize, Serialize};

use super::{AttachmentInfo, EntryGap, EntryProblem};
use crate::contest::Category;
use crate::time::Timestamp;

/// A copy of the medium that travels outside the platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhysicalCopy {
    /// The author says one is on its way: the entry may be submitted without a file.
    pub promised: bool,
    /// When the organiser recorded that it came: the entry may be accepted without a file.
    pub received_at: Option<Timestamp>,
}

/// Whether an entry of this category has its medium when its eligibility is decided.
pub fn carries_medium(category: Option<&Category>, files: &[AttachmentInfo], copy: PhysicalCopy) -> bool {
    copy.received_at.is_some()
        || !category.is_some_and(|category| category.medium_required)
        || files.iter().any(|file| file.kind.is_medium())
}

/// What is still missing at submission where a copy was promised or came already.
pub fn with_copy(mut gaps: Vec<EntryGap>, copy: PhysicalCopy) -> Vec<EntryGap> {
    if copy.promised || copy.received_at.is_some() {
        gaps.retain(|gap| gap.problem != EntryProblem::MediumMissing);
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::EntryField;

    #[test]
    fn a_promise_is_enough_to_submit_but_not_to_be_accepted() {
        let category = Category {
            medium_required: true,
            ..Category::default()
        };
        let gap = EntryGap {
            field: EntryField::Attachments,
            problem: EntryProblem::MediumMissing,
        };
        let none = PhysicalCopy::default();
        let promised = PhysicalCopy {
            promised: true,
            received_at: None,
        };
        let received = PhysicalCopy {
            promised: false,
            received_at: Some(chrono::DateTime::UNIX_EPOCH),
        };
        assert_eq!(with_copy(vec![gap.clone()], none), std::slice::from_ref(&gap));
        assert_eq!(with_copy(vec![gap.clone()], promised), []);
        assert_eq!(with_copy(vec![gap], received), []);
        assert!(!carries_medium(Some(&category), &[], none));
        assert!(!carries_medium(Some(&category), &[], promised));
        assert!(carries_medium(Some(&category), &[], received));
        assert!(carries_medium(None, &[], none));
        assert!(carries_medium(Some(&Category::default()), &[], none));
    }
}
