//! Names of things the screens name too, read from the same file, so that paper and screen never differ.

use std::sync::LazyLock;

use rules::entry::{EntryScope, Maturity, StatementSection};
use serde::Serialize;
use serde_json::Value;

static WORDS: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../app/locales/vi/common.json")).unwrap_or_default()
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
        for maturity in [Maturity::Proposed, Maturity::Piloted, Maturity::Applied] {
            assert!(!maturity_name(maturity).is_empty(), "{maturity:?}");
        }
    }
}
