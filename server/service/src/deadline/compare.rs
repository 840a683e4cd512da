//! Two submissions compared, part by part, word by word.

use std::collections::BTreeMap;
use std::time::Duration;

use contract::deadline::{Change, ChangedAnswer, ComparedPart, LEAD, Piece, STABLE};
use rules::contest::Category;
use rules::entry::{AnswerLine, AttachmentInfo, Author, EntryContent, StatementSection};
use rules::text::Locale;
use rules::time::format_date;
use similar::{ChangeTag, TextDiff};

/// Longest a single part is compared exactly; what takes longer is told in larger pieces.
const LIMIT: Duration = Duration::from_millis(200);

/// A submission as it is compared.
pub(super) struct Version {
    pub content: EntryContent,
    pub files: Vec<AttachmentInfo>,
}

/// What differs, in the order of the printed entry.
pub(super) fn compare(before: &Version, after: &Version, categories: &[Category]) -> Vec<Change> {
    let mut parts = vec![
        (
            ComparedPart::Title,
            before.content.title.clone(),
            after.content.title.clone(),
        ),
        (
            ComparedPart::Category,
            category(&before.content, categories),
            category(&after.content, categories),
        ),
        (
            ComparedPart::Scope,
            word(&before.content.scope),
            word(&after.content.scope),
        ),
        (
            ComparedPart::Maturity,
            word(&before.content.maturity),
            word(&after.content.maturity),
        ),
        (
            ComparedPart::FirstAppliedOn,
            before
                .content
                .first_applied_on
                .map(format_date)
                .unwrap_or_default(),
            after
                .content
                .first_applied_on
                .map(format_date)
                .unwrap_or_default(),
        ),
        (
            ComparedPart::AuthorType,
            word(&Some(before.content.author_type)),
            word(&Some(after.content.author_type)),
        ),
        (
            ComparedPart::Authors,
            lines(&before.content.authors, author),
            lines(&after.content.authors, author),
        ),
    ];
    for section in StatementSection::ALL {
        let text = |version: &Version| version.content.statement.section(section).to_owned();
        parts.push((ComparedPart::Section(section), text(before), text(after)));
    }
    parts.push((
        ComparedPart::Files,
        lines(&before.files, file),
        lines(&after.files, file),
    ));
    parts.push((
        ComparedPart::Declaration,
        accepted(&before.content),
        accepted(&after.content),
    ));
    parts
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(part, before, after)| Change {
            part,
            pieces: pieces(&before, &after),
        })
        .collect()
}

/// The answers that differ. A question that only one of the two was asked counts as left open in the other.
pub(super) fn compare_answers(before: Vec<AnswerLine>, after: Vec<AnswerLine>) -> Vec<ChangedAnswer> {
    let mut older: BTreeMap<String, AnswerLine> =
        before.into_iter().map(|line| (line.code.clone(), line)).collect();
    let newer: Vec<ChangedAnswer> = after
        .into_iter()
        .map(|line| ChangedAnswer {
            before: older.remove(&line.code).and_then(|line| line.answer),
            label: line.label,
            after: line.answer,
        })
        .collect();
    let gone = older.into_values().map(|line| ChangedAnswer {
        label: line.label,
        before: line.answer,
        after: None,
    });
    newer
        .into_iter()
        .chain(gone)
        .filter(|change| change.before != change.after)
        .collect()
}

/// The words of the newer text with those of the older one in their places.
fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let diff = TextDiff::configure().timeout(LIMIT).diff_words(before, after);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let text = change.value();
        match (change.tag(), pieces.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Same(so_far)))
            | (ChangeTag::Insert, Some(Piece::Added(so_far)))
            | (ChangeTag::Delete, Some(Piece::Removed(so_far))) => so_far.push_str(text),
            (ChangeTag::Equal, _) => pieces.push(Piece::Same(text.to_owned())),
            (ChangeTag::Insert, _) => pieces.push(Piece::Added(text.to_owned())),
            (ChangeTag::Delete, _) => pieces.push(Piece::Removed(text.to_owned())),
        }
    }
    pieces
}

fn category(content: &EntryContent, categories: &[Category]) -> String {
    let code = content.category.clone().unwrap_or_default();
    let known = categories.iter().find(|category| category.code == code);
    known.map_or(code, |category| category.name.clone())
}

/// The stable word of a choice; empty where none was made.
fn word<T: serde::Serialize>(choice: &Option<T>) -> String {
    match choice.as_ref().map(serde_json::to_value) {
        Some(Ok(serde_json::Value::String(word))) => word,
        _ => String::new(),
    }
}

fn lines<T>(items: &[T], line: impl Fn(&T) -> String) -> String {
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The version of the declaration accepted; empty where it was not.
fn accepted(content: &EntryContent) -> String {
    content
        .declaration
        .map(|version| version.to_string())
        .unwrap_or_default()
}

/// Contact included: whoever sees the submissions reads the whole entry too, as its author or from its desk.
fn author(author: &Author) -> String {
    let share = author.share.format(Locale::Vi, 0);
    let facts = [
        &author.full_name,
        &author.position,
        &author.unit_name,
        &author.contact,
    ];
    let mut facts: Vec<&str> = facts
        .into_iter()
        .map(String::as_str)
        .filter(|fact| !fact.is_empty())
        .collect();
    let share = format!("{share}%");
    facts.push(&share);
    let line = facts.join(", ");
    if author.lead {
        format!("{line} {STABLE}{LEAD}")
    } else {
        line
    }
}

fn file(file: &AttachmentInfo) -> String {
    let hash: String = file.sha256.chars().take(12).collect();
    let (name, kind) = (&file.file_name, file.kind.slug());
    format!("{name}, {STABLE}{kind} (SHA-256 {hash}…)")
}

#[cfg(test)]
mod tests {
    use rules::entry::{AttachmentKind, AuthorType};

    use super::*;

    fn same(text: &str) -> Piece {
        Piece::Same(text.into())
    }

    #[test]
    fn words_are_compared_and_runs_joined() {
        assert_eq!(
            pieces("Rút còn 5 ngày làm việc.", "Rút còn 03 ngày."),
            [
                same("Rút còn "),
                Piece::Removed("5".into()),
                Piece::Added("03".into()),
                same(" "),
                Piece::Removed("ngày làm việc.".into()),
                Piece::Added("ngày.".into()),
            ]
        );
        assert_eq!(pieces("", "Mới"), [Piece::Added("Mới".into())]);
    }

    #[test]
    fn the_texts_can_be_read_back_from_the_pieces() {
        let (before, after) = ("một hai\nba bốn", "một  hai ba\n\nnăm");
        let pieces = pieces(before, after);
        let join = |keep: fn(&Piece) -> Option<&str>| pieces.iter().filter_map(keep).collect::<String>();
        let older = join(|piece| match piece {
            Piece::Same(text) | Piece::Removed(text) => Some(text),
            Piece::Added(_) => None,
        });
        let newer = join(|piece| match piece {
            Piece::Same(text) | Piece::Added(text) => Some(text),
            Piece::Removed(_) => None,
        });
        assert_eq!((older.as_str(), newer.as_str()), (before, after));
    }

    #[test]
    fn answers_are_compared_question_by_question() {
        let line = |code: &str, answer: Option<&str>| AnswerLine {
            code: code.into(),
            label: rules::entry::Wording::default(),
            answer: answer.map(|text| rules::entry::Answer::Text(text.into())),
        };
        let before = vec![
            line("a", Some("1")),
            line("b", Some("2")),
            line("c", None),
            line("d", Some("4")),
        ];
        let after = vec![line("b", Some("3")), line("a", Some("1")), line("c", None)];
        let changed = compare_answers(before, after);
        let texts: Vec<_> = changed
            .into_iter()
            .map(|change| (change.before, change.after))
            .collect();
        let text = |text: &str| Some(rules::entry::Answer::Text(text.into()));
        assert_eq!(texts, [(text("2"), text("3")), (text("4"), None)]);
    }

    #[test]
    fn only_what_differs_is_told() {
        let version = |title: &str, scope| Version {
            content: EntryContent {
                title: title.into(),
                scope,
                ..EntryContent::default()
            },
            files: Vec::new(),
        };
        let (before, after) = (
            version("Một cửa", None),
            version("Một cửa", Some(rules::entry::EntryScope::Wide)),
        );
        assert_eq!(compare(&before, &before, &[]), []);
        assert_eq!(
            compare(&before, &after, &[]),
            [Change {
                part: ComparedPart::Scope,
                pieces: vec![Piece::Added("wide".into())]
            }]
        );
    }

    #[test]
    fn nothing_an_author_or_a_file_says_changes_unseen() {
        let person = |name: &str, lead| Author {
            user: None,
            full_name: name.into(),
            unit: None,
            unit_name: "Xã An".into(),
            position: String::new(),
            contact: "an@example.vn".into(),
            share: rules::points::Points::whole(50),
            lead,
        };
        let version = || Version {
            content: EntryContent {
                author_type: AuthorType::Group,
                authors: vec![person("Nguyễn An", true), person("Trần Bình", false)],
                declaration: Some(1),
                ..EntryContent::default()
            },
            files: vec![AttachmentInfo {
                id: rules::id::AttachmentId(uuid::Uuid::nil()),
                kind: AttachmentKind::Image,
                file_name: "ảnh.png".into(),
                media_type: "image/png".into(),
                size: 1,
                sha256: "0".repeat(64),
                uploaded_at: chrono::DateTime::UNIX_EPOCH,
                scan: rules::entry::Scan::Clean,
            }],
        };
        let changed = |change: fn(&mut Version)| {
            let mut after = version();
            change(&mut after);
            compare(&version(), &after, &[])
        };
        let only = |part, pieces: &[Piece]| {
            vec![Change {
                part,
                pieces: pieces.to_vec(),
            }]
        };
        let (removed, added) = (
            |text: &str| Piece::Removed(text.into()),
            |text: &str| Piece::Added(text.into()),
        );
        let lead = format!(" {STABLE}{LEAD}");
        assert_eq!(
            changed(|after| {
                after.content.authors[0].lead = false;
                after.content.authors[1].lead = true;
            }),
            only(
                ComparedPart::Authors,
                &[
                    same("Nguyễn An, Xã An, an@example.vn, 50%"),
                    removed(&lead),
                    same("\nTrần Bình, Xã An, an@example.vn, 50%"),
                    added(&lead),
                ]
            )
        );
        assert_eq!(
            changed(|after| after.content.authors[1].contact = "0912345678".into()),
            only(
                ComparedPart::Authors,
                &[
                    same(&format!(
                        "Nguyễn An, Xã An, an@example.vn, 50%{lead}\nTrần Bình, Xã An, "
                    )),
                    removed("an@example.vn,"),
                    added("0912345678,"),
                    same(" 50%"),
                ]
            )
        );
        assert_eq!(
            changed(|after| after.content.author_type = AuthorType::Individual),
            only(ComparedPart::AuthorType, &[removed("group"), added("individual")])
        );
        assert_eq!(
            changed(|after| after.content.declaration = Some(2)),
            only(ComparedPart::Declaration, &[removed("1"), added("2")])
        );
        assert_eq!(
            changed(|after| after.content.declaration = None),
            only(ComparedPart::Declaration, &[removed("1")])
        );
        assert_eq!(
            changed(|after| after.files[0].kind = AttachmentKind::Other),
            only(
                ComparedPart::Files,
                &[
                    same("ảnh.png, "),
                    removed(&format!("{STABLE}image")),
                    added(&format!("{STABLE}other")),
                    same(" (SHA-256 000000000000…)"),
                ]
            )
        );
    }
}
