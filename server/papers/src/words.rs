//! Names of things the screens name too, read from the same file, so that paper and screen never differ.

use std::sync::LazyLock;

use rules::contest::Timeliness;
use rules::entry::{Answer, AnswerLine, EntryScope, Maturity, StatementSection};
use rules::text::Locale;
use rules::time::format_date;
use serde::Serialize;
use serde_json::Value;

use crate::StatementPart;

static WORDS: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../app/locales/vi/common.json")).unwrap_or_default()
});

static DEADLINE_WORDS: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../app/locales/vi/deadline.json")).unwrap_or_default()
});

/// The Vietnamese name of a section of the statement.
pub fn section_name(section: StatementSection) -> String {
    name("statement", &section)
}

/// The Vietnamese name of a scope of application.
pub fn scope_name(scope: EntryScope) -> String {
    name("scope", &scope)
}

/// The Vietnamese name of a maturity.
pub fn maturity_name(maturity: Maturity) -> String {
    name("maturity", &maturity)
}

/// How a submission stood to its deadline, in Vietnamese; `None` where it was in time.
pub fn timeliness_name(timeliness: Timeliness) -> Option<String> {
    let key = match timeliness {
        Timeliness::InTime => return None,
        Timeliness::InGrace => "in_grace",
        Timeliness::Extended => "extended",
    };
    DEADLINE_WORDS["timeliness"][key].as_str().map(str::to_owned)
}

/// The contest's own question as a part of the statement; `None` where it was left open.
pub fn answer_part(line: &AnswerLine) -> Option<StatementPart> {
    let label = line.label.text(Locale::Vi);
    let answer = line.answer.as_ref()?;
    Some(match answer {
        Answer::LongText(text) => StatementPart::of_text(label, text),
        other => StatementPart::of_line(label, answer_text(other)),
    })
}

fn answer_text(answer: &Answer) -> String {
    let state = |key: &str| WORDS["state"][key].as_str().unwrap_or_default().to_owned();
    match answer {
        Answer::Text(text) | Answer::LongText(text) | Answer::Unread(text) => text.clone(),
        Answer::Number(number, unit) => {
            let number = format!("{} {unit}", number.format(Locale::Vi));
            number.trim_end().to_owned()
        }
        Answer::Choice(chosen) => {
            let labels: Vec<&str> = chosen.iter().map(|label| label.text(Locale::Vi)).collect();
            labels.join("; ")
        }
        Answer::Date(date) => format_date(*date),
        Answer::YesNo(true) => state("yes"),
        Answer::YesNo(false) => state("no"),
    }
}

fn name(kind: &str, value: &impl Serialize) -> String {
    let key = serde_json::to_value(value).unwrap_or_default();
    let word = key.as_str().and_then(|key| WORDS["name"][kind][key].as_str());
    word.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_in_the_file() {
        for section in StatementSection::ALL {
            assert!(!section_name(section).is_empty(), "{section:?}");
        }
        for scope in [EntryScope::Unit, EntryScope::Wide] {
            assert!(!scope_name(scope).is_empty(), "{scope:?}");
        }
        for (timeliness, name) in [
            (Timeliness::InTime, None),
            (Timeliness::InGrace, Some("Nộp trong thời gian nhận thêm")),
            (Timeliness::Extended, Some("Nộp theo gia hạn riêng")),
        ] {
            assert_eq!(timeliness_name(timeliness).as_deref(), name);
        }
        assert_eq!(answer_text(&Answer::YesNo(true)), "Có");
        assert_eq!(answer_text(&Answer::YesNo(false)), "Không");
        for maturity in [Maturity::Proposed, Maturity::Piloted, Maturity::Applied] {
            assert!(!maturity_name(maturity).is_empty(), "{maturity:?}");
        }
    }
}
