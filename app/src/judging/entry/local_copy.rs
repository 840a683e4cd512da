//! What was typed and has not reached the server yet, kept on this device so that no mark is lost with the network,
//! the battery or the tab.

use contract::judging::OwnCard;
use rules::event::EntryLabel;
use rules::id::{RoundId, UserId, Version};
use rules::judging::{CriterionCode, Scores};
use rules::points::Points;
use rules::text::nfc;
use serde::{Deserialize, Serialize};

use crate::device::Place;

/// Typed texts and the version of the scorecard they were typed into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalCopy {
    pub version: Version,
    pub typed: Vec<(CriterionCode, String)>,
    pub comment: String,
}

impl LocalCopy {
    /// Whether it says what the server knows already.
    pub fn says_the_same(&self, card: &OwnCard) -> bool {
        let figures = self.typed.iter().filter(|(_, text)| !text.trim().is_empty());
        let read: Option<Scores> = figures
            .map(|(code, text)| Some((code.clone(), Points::parse(text).ok()?)))
            .collect();
        // the server keeps the comment without the white space around it
        read.as_ref() == Some(&card.scores) && nfc(self.comment.trim()) == card.comment
    }
}

/// Where the copy of one person's scorecard lies.
pub fn place(person: UserId, round: RoundId, label: &EntryLabel) -> Place {
    Place::new(format!("scorecard/{person}/{round}/{}", label.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::judging::OwnCardState;

    #[test]
    fn a_copy_is_compared_by_what_it_means() {
        let code = CriterionCode::parse("TC1").expect("a code");
        let card = OwnCard {
            state: OwnCardState::Draft,
            version: Version(2),
            scores: Scores::from([(code.clone(), Points(750))]),
            comment: "Tốt".to_owned(),
            total: Points(750),
            saved_at: None,
            submitted_at: None,
            reason: None,
        };
        let copy = |text: &str| LocalCopy {
            version: Version(1),
            typed: vec![(code.clone(), text.to_owned())],
            comment: "Tốt".to_owned(),
        };
        assert!(copy("7,50").says_the_same(&card));
        assert!(!copy("7").says_the_same(&card));
        assert!(!copy("").says_the_same(&card));
        assert!(!copy("x").says_the_same(&card));
    }
}
