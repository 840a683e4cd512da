//! What an author typed, made good: one step put into the content, every text NFC and without hidden characters.
//! Nothing of it is refused here; limits are checked by [`rules::entry::check_for_draft`].

use contract::entry::StepContent;
use rules::entry::{Author, EntryContent, FormVersion, Statement};
use rules::text::{TextProblem, clean_text, one_line};

/// Replaces one step's fields. `form` is the contest's, as it is asked now.
pub(super) fn apply(content: &mut EntryContent, step: StepContent, form: &FormVersion) {
    match step {
        StepContent::Authors { author_type, authors } => {
            content.author_type = author_type;
            content.authors = authors.into_iter().map(author).collect();
        }
        StepContent::Topic {
            title,
            category,
            scope,
            maturity,
            first_applied_on,
        } => {
            content.title = one_line(&title);
            content.category = category
                .map(|code| one_line(&code))
                .filter(|code| !code.is_empty());
            content.scope = scope;
            content.maturity = maturity;
            content.first_applied_on = first_applied_on;
        }
        StepContent::Statement { statement } => {
            let sections = statement
                .0
                .into_iter()
                .map(|(section, typed)| (section, text(&typed)));
            content.statement = Statement(sections.filter(|(_, text)| !text.is_empty()).collect());
        }
        StepContent::Form { answers } => super::form::answer(content, answers, form),
        StepContent::Declaration { accepted } => content.declaration = accepted,
    }
}

fn author(typed: Author) -> Author {
    Author {
        full_name: one_line(&typed.full_name),
        unit_name: one_line(&typed.unit_name),
        position: one_line(&typed.position),
        contact: one_line(&typed.contact),
        ..typed
    }
}

/// A text of several lines. A hidden character, pasted in unseen, is dropped rather than refused: nobody could find it.
pub(super) fn text(typed: &str) -> String {
    let mut typed = typed.to_owned();
    loop {
        match clean_text(&typed, usize::MAX) {
            Ok(text) => return text,
            Err(TextProblem::Hidden { code_point, .. }) => typed.retain(|c| u32::from(c) != code_point),
            Err(TextProblem::Empty | TextProblem::TooLong { .. }) => return String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rules::entry::StatementSection;

    use super::*;

    #[test]
    fn decomposed_text_is_composed_and_hidden_characters_go() {
        let mut content = EntryContent::default();
        let title = "  Giải  pha\u{301}p\u{202E} một cửa\n".to_owned();
        apply(
            &mut content,
            StepContent::Topic {
                title,
                category: Some(" ".into()),
                scope: None,
                maturity: None,
                first_applied_on: None,
            },
            &FormVersion::default(),
        );
        assert_eq!(content.title, "Giải pháp một cửa");
        assert_eq!(content.category, None);

        let sections = BTreeMap::from([
            (
                StatementSection::Purpose,
                "Mu\u{323}c đích\u{200E}\r\n\r\n\r\nDòng\u{7} hai".to_owned(),
            ),
            (StatementSection::Novelty, " \n ".to_owned()),
        ]);
        apply(
            &mut content,
            StepContent::Statement {
                statement: Statement(sections),
            },
            &FormVersion::default(),
        );
        assert_eq!(
            content.statement.section(StatementSection::Purpose),
            "Mục đích\n\nDòng hai"
        );
        assert_eq!(content.statement.0.len(), 1, "an empty section is not kept");
    }

    #[test]
    fn a_step_leaves_the_others_as_they_are() {
        let mut content = EntryContent {
            title: "Tên giải pháp cũ".into(),
            ..EntryContent::default()
        };
        apply(
            &mut content,
            StepContent::Declaration { accepted: Some(3) },
            &FormVersion::default(),
        );
        assert_eq!(
            (content.title.as_str(), content.declaration),
            ("Tên giải pháp cũ", Some(3))
        );
    }
}
