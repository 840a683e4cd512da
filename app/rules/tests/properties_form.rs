//! What must hold of a contest's own questions, whatever the organiser writes and the author types.

use proptest::prelude::*;
use rules::entry::{
    Answers, EntryContent, EntryField, EntryProblem, FieldKind, FormField, FormProblem, FormVersion, Quantity,
};

use super::form::{choice, field, number, visible, when};

/// Forms whose conditions may point anywhere, rings included.
fn any_form() -> impl Strategy<Value = FormVersion> {
    let target = proptest::option::of((0_usize..6, proptest::option::of("yes|no|o1")));
    proptest::collection::vec((0_u8..4, target), 0..6).prop_map(|fields| {
        let fields = fields.into_iter().enumerate().map(|(index, (kind, target))| {
            let kind = match kind {
                0 => FieldKind::YesNo,
                1 => FieldKind::Text { max: 5 },
                2 => choice(&["o1", "o2"], true),
                _ => number(Some(0), None, 2),
            };
            FormField {
                required: index % 2 == 0,
                when: target.and_then(|(other, value)| when(&format!("q{other}"), value.as_deref())),
                ..field(&format!("q{index}"), kind)
            }
        });
        FormVersion::first(fields.collect())
    })
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_or_named(typed in "\\PC{0,30}") {
        let kinds = [
            FieldKind::Text { max: 20 },
            FieldKind::LongText { max: 20 },
            number(Some(-5), Some(5), 1),
            choice(&["o1", "o2"], true),
            FieldKind::Date,
            FieldKind::YesNo,
        ];
        for kind in kinds {
            let field = field("a", kind);
            let line = field.line(&typed);
            prop_assert_eq!(line.answer.is_none(), typed.trim().is_empty());
        }
        if let Ok(number) = Quantity::parse(&typed) {
            for locale in [rules::text::Locale::Vi, rules::text::Locale::En] {
                prop_assert_eq!(Quantity::parse(&number.format(locale)), Ok(number));
            }
        }
    }

    #[test]
    fn conditions_never_hang_and_a_ring_asks_nothing(
        form in any_form(),
        answers in proptest::collection::btree_map("q[0-5]", "yes|no|o1|3|", 0..6),
    ) {
        let content = EntryContent { answers: Answers(answers), ..EntryContent::default() };
        let seen: Vec<String> = visible(&form, &content);
        for field in form.visible(&content) {
            // what is asked hangs on what is asked
            if let Some(condition) = &field.when {
                prop_assert!(seen.contains(&condition.field));
            }
        }
        for issue in form.issues(&[]) {
            if issue.problem == FormProblem::Ring {
                prop_assert!(!seen.contains(&form.fields[issue.field].code));
            }
        }
        for gap in form.gaps(&content) {
            let EntryField::Answer(code) = gap.field else { unreachable!("only answers are asked") };
            prop_assert!(seen.contains(&code));
        }
    }

    #[test]
    fn an_amendment_that_is_allowed_leaves_no_entry_incomplete(
        old in any_form(),
        new in any_form(),
        answers in proptest::collection::btree_map("q[0-5]", "yes|no|o1|o2|3|", 0..6),
    ) {
        let content = EntryContent { answers: Answers(answers), ..EntryContent::default() };
        if old.refusals(&new).is_empty() && old.gaps(&content).is_empty() {
            let missing = new.gaps(&content).into_iter().filter(|gap| gap.problem == EntryProblem::Missing);
            prop_assert_eq!(missing.count(), 0);
        }
    }
}
