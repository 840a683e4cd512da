//! Two versions of a draft that grew from one: compared field by field and brought together.

use std::collections::BTreeSet;

use rules::entry::{EntryField, StatementSection, Step};
use rules::text::nfc;

use super::Typed;
use super::people::merge_authors;

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
fn merge(base: &Typed, mine: &Typed, theirs: &Typed) -> (Typed, Vec<EntryField>) {
    let mut merged = mine.clone();
    let mut clashes = Vec::new();
    for field in all_fields(&[base, mine, theirs]) {
        let (was, here, there) = (base.text(&field), mine.text(&field), theirs.text(&field));
        if says_the_same(&here, &there) || says_the_same(&there, &was) {
            continue;
        }
        if says_the_same(&here, &was) {
            merged.take(&field, theirs);
        } else if field == EntryField::Authors
            && let Some((author_type, rows)) = merge_authors(base, mine, theirs)
        {
            (merged.author_type, merged.authors) = (author_type, rows);
        } else {
            clashes.push(field);
        }
    }
    (merged, clashes)
}

/// What is on the screen and what is stored, brought together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// What the next comparison starts from: the stored text, but for a field that waits for a choice the text both
    /// sides grew from. A page reloaded before the choice therefore finds the same clash, not one side's silent win.
    pub base: Typed,
    pub typed: Typed,
    pub clashes: Vec<EntryField>,
}

/// Meets the stored version: [`merge`], and where to go on from.
pub fn meet(base: &Typed, mine: &Typed, theirs: &Typed) -> Meeting {
    let (typed, clashes) = merge(base, mine, theirs);
    let mut next = theirs.clone();
    for field in &clashes {
        next.take(field, base);
    }
    Meeting {
        base: next,
        typed,
        clashes,
    }
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
    fn a_clash_not_settled_yet_is_found_again_after_a_reload() {
        let base = typed("Tên cũ", "Mục đích");
        let mine = typed("Tên của tôi", "Mục đích");
        let theirs = typed("Tên của bạn", "Mục đích khác");
        let met = meet(&base, &mine, &theirs);
        assert_eq!(met.clashes, [EntryField::Title]);
        assert_eq!(met.typed, typed("Tên của tôi", "Mục đích khác"));
        // the copy on the device is what it goes on from: more was typed, then the page came anew
        let typed_on = typed("Tên của tôi, viết thêm", "Mục đích khác");
        let again = meet(&met.base, &typed_on, &theirs);
        assert_eq!(again.clashes, [EntryField::Title], "nobody's title wins unseen");
        assert_eq!(again.typed.title, "Tên của tôi, viết thêm");
        // settled for the stored title: nothing is left to send
        let mut settled = again;
        settled.typed.take(&EntryField::Title, &theirs);
        settled.base.take(&EntryField::Title, &theirs);
        assert_eq!(settled.typed, settled.base);
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
