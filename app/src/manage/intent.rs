//! What a submit button of the set-up asks for besides saving. Rows are added, removed and moved by saving the draft
//! with the changed list, so the buttons do the same with and without wasm.

use super::fields::Fields;
use super::section;

/// The button pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Stay on the step.
    Save,
    /// On to the next step.
    Next,
    /// One more row of a list.
    Add(String),
    Remove(String, usize),
    /// A row one place up.
    Up(String, usize),
    Down(String, usize),
    /// Start a round's rubric again from a built-in one.
    Rubric(usize),
}

impl Intent {
    /// Reads a button's value, e.g. `remove:rounds.0.criteria.2`; anything unknown just saves.
    pub fn parse(value: &str) -> Self {
        let row = |row: &str| {
            row.rsplit_once('.')
                .and_then(|(list, at)| Some((list.to_owned(), at.parse::<usize>().ok()?)))
        };
        let intent = match value.split_once(':') {
            Some(("add", list)) => Some(Intent::Add(list.to_owned())),
            Some(("remove", text)) => row(text).map(|(list, at)| Intent::Remove(list, at)),
            Some(("up", text)) => row(text).map(|(list, at)| Intent::Up(list, at)),
            Some(("down", text)) => row(text).map(|(list, at)| Intent::Down(list, at)),
            Some(("rubric", at)) => at.parse().ok().map(Intent::Rubric),
            None if value == "next" => Some(Intent::Next),
            _ => None,
        };
        intent.unwrap_or(Intent::Save)
    }

    /// Whether a list was changed: a row just added may be empty then.
    pub fn is_row(&self) -> bool {
        !matches!(self, Intent::Save | Intent::Next)
    }

    /// The fields after the button's change.
    pub fn apply(&self, fields: &mut Fields) {
        match self {
            Intent::Save | Intent::Next => {}
            Intent::Add(list) => {
                let mut rows = fields.take_rows(list);
                let taken = rows.len();
                rows.extend(section::new_row(list, taken));
                fields.put_rows(list, rows);
            }
            Intent::Remove(list, at) => {
                let mut rows = fields.take_rows(list);
                if *at < rows.len() {
                    rows.remove(*at);
                }
                fields.put_rows(list, rows);
            }
            Intent::Up(list, at) => swap(fields, list, at.checked_sub(1), Some(*at)),
            Intent::Down(list, at) => swap(fields, list, Some(*at), at.checked_add(1)),
            Intent::Rubric(round) => section::use_preset(fields, *round),
        }
    }
}

fn swap(fields: &mut Fields, list: &str, a: Option<usize>, b: Option<usize>) {
    let (Some(a), Some(b)) = (a, b) else { return };
    let mut rows = fields.take_rows(list);
    if a < rows.len() && b < rows.len() {
        rows.swap(a, b);
    }
    fields.put_rows(list, rows);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(lines: &[&str]) -> Fields {
        let mut fields = Fields::default();
        for (at, line) in lines.iter().enumerate() {
            fields.set(format!("legal_bases.{at}"), *line);
        }
        fields
    }

    fn after(intent: &str) -> Fields {
        let mut fields = list(&["a", "b", "c"]);
        Intent::parse(intent).apply(&mut fields);
        fields
    }

    #[test]
    fn buttons_change_the_list_they_name() {
        assert_eq!(after("add:legal_bases"), list(&["a", "b", "c", ""]));
        assert_eq!(after("remove:legal_bases.1"), list(&["a", "c"]));
        assert_eq!(after("up:legal_bases.2"), list(&["a", "c", "b"]));
        assert_eq!(after("down:legal_bases.0"), list(&["b", "a", "c"]));
    }

    #[test]
    fn buttons_that_lead_nowhere_change_nothing() {
        for intent in [
            "up:legal_bases.0",
            "down:legal_bases.2",
            "remove:legal_bases.9",
            "add:nothing",
            "up:x",
            "",
            "??:1",
        ] {
            assert_eq!(after(intent), list(&["a", "b", "c"]), "{intent}");
        }
        assert_eq!(Intent::parse("next"), Intent::Next);
        assert!(!Intent::parse("remove:x").is_row());
    }
}
