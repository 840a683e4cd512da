//! Steps the server said no to. Each is set aside with the text it was sent with, so that the other steps get through,
//! and goes again as soon as its own text is another.

use std::collections::BTreeMap;

use rules::entry::{EntryField, EntryGap, EntryProblem, Step};

use crate::entry::typed::{Typed, fields_of};

/// What the server refused, step by step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused(BTreeMap<Step, Refusal>);

/// One step's text as it was sent, and what kept it from being stored.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refusal {
    sent: Typed,
    gaps: Vec<EntryGap>,
}

impl Refused {
    /// The server did not take this step of `sent`, for these reasons.
    pub fn set_aside(&mut self, step: Step, sent: Typed, gaps: Vec<EntryGap>) {
        self.0.insert(step, Refusal { sent, gaps });
    }

    /// The server took this step: nothing of it is refused any more, nor any step that was refused for its sake.
    pub fn stored(&mut self, step: Step) {
        self.0
            .retain(|one, refusal| *one != step && refusal.gaps.iter().all(|gap| gap.field.step() != step));
    }

    /// The step to send: the first with something the server neither has nor refused as it stands.
    pub fn next_step(&self, base: &Typed, typed: &Typed) -> Option<Step> {
        unsaved(base, typed).find(|step| self.standing(typed).all(|(refused, _)| refused != *step))
    }

    /// Everything that keeps refused text from being stored, each once.
    pub fn gaps(&self, typed: &Typed) -> Vec<EntryGap> {
        let mut gaps: Vec<EntryGap> = Vec::new();
        for gap in self.standing(typed).flat_map(|(_, refusal)| &refusal.gaps) {
            if !gaps.contains(gap) {
                gaps.push(gap.clone());
            }
        }
        gaps
    }

    /// Why a field was refused.
    pub fn problem(&self, field: &EntryField, typed: &Typed) -> Option<EntryProblem> {
        let mut gaps = self.standing(typed).flat_map(|(_, refusal)| &refusal.gaps);
        gaps.find(|gap| gap.field == *field)
            .map(|gap| gap.problem.clone())
    }

    /// Refusals whose step still says what was refused.
    fn standing(&self, typed: &Typed) -> impl Iterator<Item = (Step, &Refusal)> {
        let all = self.0.iter().map(|(step, refusal)| (*step, refusal));
        all.filter(move |(step, refusal)| same(*step, &refusal.sent, typed))
    }
}

/// The steps with something the server does not have, in order.
pub fn unsaved(base: &Typed, typed: &Typed) -> impl Iterator<Item = Step> {
    Step::ALL
        .into_iter()
        .filter(move |step| !same(*step, base, typed))
}

fn same(step: Step, a: &Typed, b: &Typed) -> bool {
    fields_of(step, &[a, b])
        .iter()
        .all(|field| a.text(field) == b.text(field))
}

#[cfg(test)]
mod tests {
    use rules::entry::StatementSection;

    use super::*;
    use crate::entry::typed::AuthorRow;

    fn typed(contact: &str, title: &str, purpose: &str) -> Typed {
        let mut typed = Typed {
            authors: vec![AuthorRow {
                contact: contact.to_owned(),
                ..AuthorRow::default()
            }],
            title: title.to_owned(),
            ..Typed::default()
        };
        typed
            .sections
            .insert(StatementSection::Purpose, purpose.to_owned());
        typed
    }

    fn id_card() -> EntryGap {
        EntryGap {
            field: EntryField::AuthorContact(0),
            problem: EntryProblem::IdCardNumber,
        }
    }

    #[test]
    fn a_refused_step_lets_the_others_pass() {
        let base = typed("", "", "");
        let mut now = typed("012345678901", "", "Mục đích");
        let mut refused = Refused::default();
        assert_eq!(refused.next_step(&base, &now), Some(Step::Authors));
        refused.set_aside(Step::Authors, now.clone(), vec![id_card()]);
        assert_eq!(refused.next_step(&base, &now), Some(Step::Statement));
        // stored, and more is typed: still only the other step goes
        let base = typed("", "", "Mục đích");
        refused.stored(Step::Statement);
        assert_eq!(refused.next_step(&base, &now), None);
        assert_eq!(unsaved(&base, &now).collect::<Vec<_>>(), [Step::Authors]);
        now.title = "Tên".to_owned();
        assert_eq!(refused.next_step(&base, &now), Some(Step::Topic));
        assert_eq!(refused.gaps(&now), [id_card()]);
    }

    #[test]
    fn a_refused_step_goes_again_once_its_own_text_is_another() {
        let base = typed("", "", "");
        let mut refused = Refused::default();
        refused.set_aside(Step::Authors, typed("012345678901", "", ""), vec![id_card()]);
        let mended = typed("0123456789", "", "");
        assert_eq!(refused.next_step(&base, &mended), Some(Step::Authors));
        assert!(refused.gaps(&mended).is_empty());
        assert_eq!(refused.problem(&EntryField::AuthorContact(0), &mended), None);
        // the same text again is refused again, without asking
        let again = typed("012345678901", "", "Mục đích");
        assert_eq!(refused.next_step(&base, &again), Some(Step::Statement));
        assert_eq!(
            refused.problem(&EntryField::AuthorContact(0), &again),
            Some(EntryProblem::IdCardNumber)
        );
    }

    #[test]
    fn several_refused_steps_are_told_together() {
        let base = typed("", "", "");
        let now = typed("012345678901", "Tên dài", "");
        let long = EntryGap {
            field: EntryField::Title,
            problem: EntryProblem::TooLong { max: 300 },
        };
        let mut refused = Refused::default();
        refused.set_aside(Step::Authors, now.clone(), vec![id_card()]);
        refused.set_aside(Step::Topic, now.clone(), vec![long.clone()]);
        assert_eq!(refused.next_step(&base, &now), None);
        assert_eq!(refused.gaps(&now), [id_card(), long]);
    }

    #[test]
    fn a_step_refused_for_the_sake_of_another_goes_again_when_that_is_stored() {
        let gap = EntryGap {
            field: EntryField::Category,
            problem: EntryProblem::Unknown,
        };
        let now = typed("", "", "Mục đích");
        let mut refused = Refused::default();
        refused.set_aside(Step::Statement, now.clone(), vec![gap]);
        assert_eq!(refused.next_step(&typed("", "", ""), &now), None);
        refused.stored(Step::Topic);
        assert_eq!(refused.next_step(&typed("", "", ""), &now), Some(Step::Statement));
    }
}
