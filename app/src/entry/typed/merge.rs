//! Two versions of a draft that grew from one: compared field by field and brought together.

use std::collections::BTreeSet;

use rules::entry::{EntryField, StatementSection, Step};
use rules::text::nfc;

use super::Typed;

/// The fields a step saves, each compared and chosen by itself. Questions are those that any of `versions` answers.
pub fn fields_of(step: Step, versions: &[&Typed]) -> Vec<EntryField> {
    match step {
        Step::Authors => vec![EntryField::Authors],
        Step::Topic => vec![
            EntryField::Title,
            EntryField::Category,
            EntryField::Scope,
            EntryField::Maturity,
            EntryField::FirstAppliedOn,
        ],
        Step::Statement => StatementSection::ALL.map(EntryField::Section).to_vec(),
        Step::Form => {
            let codes: BTreeSet<&String> = versions.iter().flat_map(|typed| typed.answers.keys()).collect();
            codes.into_iter().cloned().map(EntryField::Answer).collect()
        }
        Step::Declaration => vec![EntryField::Declaration],
        Step::Attachments | Step::Review => Vec::new(),
    }
}

/// Every field there is in `versions`.
pub fn all_fields(versions: &[&Typed]) -> Vec<EntryField> {
    let steps = Step::ALL.into_iter();
    steps.flat_map(|step| fields_of(step, versions)).collect()
}

/// Whether two texts say the same: the server composes letters and trims what nobody sees.
pub fn says_the_same(a: &str, b: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let lines = text
            .lines()
            .map(|line| nfc(line).split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect()
    };
    a == b || lines(a) == lines(b)
}

/// Brings two versions that grew from `base` together. What only one side changed is taken; fields that both changed
/// differently stay as in `mine` and are named, for the person to choose.
pub fn merge(base: &Typed, mine: &Typed, theirs: &Typed) -> (Typed, Vec<EntryField>) {
    let mut merged = mine.clone();
    let mut clashes = Vec::new();
    for field in all_fields(&[base, mine, theirs]) {
        let (was, here, there) = (base.text(&field), mine.text(&field), theirs.text(&field));
        if says_the_same(&here, &there) || says_the_same(&there, &was) {
            continue;
        }
        if says_the_same(&here, &was) {
            merged.take(&field, theirs);
        } else {
            clashes.push(field);
        }
    }
    (merged, clashes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn typed(title: &str, purpose: &str) -> Typed {
        Typed {
            title: title.to_owned(),
            sections: BTreeMap::from([(StatementSection::Purpose, purpose.to_owned())]),
            ..Typed::default()
        }
    }

    #[test]
    fn what_only_one_side_changed_is_taken() {
        let base = typed("Tên cũ", "Mục đích");
        let (merged, clashes) = merge(
            &base,
            &typed("Tên mới", "Mục đích"),
            &typed("Tên cũ", "Mục đích khác"),
        );
        assert_eq!((merged, clashes), (typed("Tên mới", "Mục đích khác"), Vec::new()));
    }

    #[test]
    fn what_both_changed_stays_mine_and_is_named() {
        let base = typed("Tên cũ", "");
        let mine = typed("Tên của tôi", "");
        let (merged, clashes) = merge(&base, &mine, &typed("Tên của bạn", ""));
        assert_eq!((merged, clashes), (mine, vec![EntryField::Title]));
    }

    #[test]
    fn answers_are_merged_question_by_question() {
        let answered = |pairs: &[(&str, &str)]| Typed {
            answers: pairs
                .iter()
                .map(|(code, text)| ((*code).to_owned(), (*text).to_owned()))
                .collect(),
            ..Typed::default()
        };
        let base = answered(&[("cost", "12"), ("where", "Xã An")]);
        let mine = answered(&[("cost", "15"), ("where", "Xã An")]);
        let theirs = answered(&[("cost", "12"), ("where", "Xã Bình"), ("new", "yes")]);
        let (merged, clashes) = merge(&base, &mine, &theirs);
        let both = answered(&[("cost", "15"), ("where", "Xã Bình"), ("new", "yes")]);
        assert_eq!((merged, clashes), (both, Vec::new()));
        let theirs = answered(&[("cost", "20"), ("where", "Xã An")]);
        let clash = vec![EntryField::Answer("cost".to_owned())];
        assert_eq!(merge(&base, &mine, &theirs), (mine, clash));
    }

    #[test]
    fn what_the_server_only_tidied_is_no_clash() {
        let base = typed("Giải pháp ", "Một\r\n\r\nHai ");
        let mine = typed("Giải pháp tốt", "Một\n\nHai ");
        let (merged, clashes) = merge(&base, &mine, &typed("Giải pháp", "Một\n\nHai"));
        assert_eq!((merged, clashes), (mine, Vec::new()));
        assert!(
            !says_the_same("Một\nHai", "Một Hai"),
            "a new paragraph is a change"
        );
    }
}
