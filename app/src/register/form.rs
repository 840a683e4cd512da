//! Flat forms: what an HTML form without any script can send, read into the commands of the contract.

use std::collections::BTreeMap;

use contract::register::{CheckAct, CheckEntry, ImportChoice, ImportTable, RegisterEntry, SetChecklist};
use contract::{Error, FieldProblem};
use rules::id::{CommandKey, ContestId, EntryId, Version};
use rules::register::{
    Answer, AutoCheck, Channel, Checklist, ChecklistItem, ImportField, ItemAnswer, parse_instant,
};
use rules::time::Zone;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The check of an entry; answers and notes by item code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckForm {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    pub entry_version: Version,
    pub checklist_version: Version,
    #[serde(default)]
    pub answer: BTreeMap<String, String>,
    #[serde(default)]
    pub note: BTreeMap<String, String>,
    #[serde(default)]
    pub reason: String,
    /// `accept` and `reject` decide, anything else saves.
    #[serde(default)]
    pub act: String,
}

impl CheckForm {
    /// The command. An answer left to the system is none of a person's.
    pub fn command(self) -> CheckEntry {
        let mut note = self.note;
        let mut answers: BTreeMap<String, ItemAnswer> = self
            .answer
            .into_iter()
            .map(|(code, answer)| {
                let note = note.remove(&code).unwrap_or_default();
                let answer = Answer::from_slug(&answer);
                (code, ItemAnswer { answer, note })
            })
            .collect();
        answers.extend(
            note.into_iter()
                .map(|(code, note)| (code, ItemAnswer { answer: None, note })),
        );
        CheckEntry {
            key: self.key,
            entry: self.entry,
            expected: self.expected,
            entry_version: self.entry_version,
            checklist_version: self.checklist_version,
            answers,
            act: match self.act.as_str() {
                "accept" => CheckAct::Accept,
                "reject" => CheckAct::Reject,
                _ => CheckAct::Save,
            },
            reason: self.reason,
        }
    }
}

/// The checklist; the lists run side by side.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChecklistForm {
    pub key: CommandKey,
    pub contest: ContestId,
    pub slug: String,
    pub expected: Version,
    #[serde(default)]
    pub code: Vec<String>,
    #[serde(default)]
    pub label: Vec<String>,
    #[serde(default)]
    pub hint: Vec<String>,
    #[serde(default)]
    pub auto: Vec<String>,
    /// `usual` takes the usual checklist in place of what is typed.
    #[serde(default)]
    pub act: String,
}

impl ChecklistForm {
    /// The command.
    pub fn command(self) -> SetChecklist {
        let at = |list: &[String], index: usize| list.get(index).cloned().unwrap_or_default();
        let items = (0..self.label.len()).map(|index| ChecklistItem {
            code: at(&self.code, index),
            label: at(&self.label, index),
            hint: at(&self.hint, index),
            auto: AutoCheck::from_slug(&at(&self.auto, index)),
        });
        let checklist = if self.act == "usual" {
            Checklist::usual()
        } else {
            Checklist(items.collect())
        };
        SetChecklist {
            key: self.key,
            contest: self.contest,
            expected: self.expected,
            checklist,
        }
    }
}

/// A paper entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PaperForm {
    pub key: CommandKey,
    pub contest: ContestId,
    pub slug: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub category: String,
    /// One person a line.
    #[serde(default)]
    pub authors: String,
    #[serde(default)]
    pub unit: String,
    /// Day and time in the contest's zone.
    #[serde(default)]
    pub received_at: String,
    #[serde(default)]
    pub channel: String,
    #[serde(default)]
    pub receipt_number: String,
    #[serde(default)]
    pub late_reason: String,
    #[serde(default)]
    pub summary: String,
}

impl PaperForm {
    /// The command.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field that is no time, unit or channel.
    pub fn command(self, zone: &Zone) -> Result<RegisterEntry, Error> {
        let received_at = match self.received_at.trim() {
            "" => return Err(Error::field("received_at", FieldProblem::Missing)),
            typed => parse_instant(typed, zone)
                .ok_or_else(|| Error::field("received_at", FieldProblem::NotADate))?,
        };
        let unit = match self.unit.trim() {
            "" => None,
            typed => Some(
                typed
                    .parse()
                    .map_err(|_| Error::field("unit", FieldProblem::Malformed))?,
            ),
        };
        let channel = Channel::from_word(&self.channel)
            .ok_or_else(|| Error::field("channel", FieldProblem::Missing))?;
        Ok(RegisterEntry {
            key: self.key,
            contest: self.contest,
            title: self.title,
            category: self.category,
            authors: self.authors.lines().map(str::to_owned).collect(),
            unit,
            received_at,
            channel,
            receipt_number: self.receipt_number,
            late_reason: self.late_reason,
            summary: self.summary,
        })
    }
}

/// An import to be carried out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportForm {
    pub key: CommandKey,
    pub file: Uuid,
    /// As [`encode_columns`] writes them.
    #[serde(default)]
    pub columns: String,
    #[serde(default)]
    pub legacy: bool,
    /// `good` leaves rows with errors out.
    #[serde(default)]
    pub act: String,
    /// Address of the page, with a query.
    pub back: String,
}

impl ImportForm {
    /// The command.
    pub fn command(self) -> ImportTable {
        ImportTable {
            key: self.key,
            file: self.file,
            choice: ImportChoice {
                columns: decode_columns(&self.columns),
                convert_legacy: self.legacy,
            },
            good_rows_only: self.act == "good",
        }
    }
}

/// The field of each column as one value of a form.
pub fn encode_columns(columns: &[Option<ImportField>]) -> String {
    let slugs = columns.iter().map(|field| field.map_or("-", ImportField::slug));
    slugs.collect::<Vec<_>>().join(",")
}

/// Reads [`encode_columns`] back; nothing where nothing was chosen.
pub fn decode_columns(text: &str) -> Vec<Option<ImportField>> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split(',').take(100).map(ImportField::from_slug).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_back_as_they_were_chosen() {
        let columns = [Some(ImportField::Title), None, Some(ImportField::Authors)];
        assert_eq!(decode_columns(&encode_columns(&columns)), columns);
        assert_eq!(decode_columns(""), []);
    }

    #[test]
    fn answers_and_notes_meet_by_item() {
        let pairs = |list: &[(&str, &str)]| {
            let owned = list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
            owned.collect::<BTreeMap<_, _>>()
        };
        let nil = Uuid::nil();
        let form = CheckForm {
            key: CommandKey(nil),
            entry: EntryId(nil),
            expected: Version(0),
            entry_version: Version(3),
            checklist_version: Version(1),
            answer: pairs(&[("form", "yes"), ("deadline", "")]),
            note: pairs(&[("deadline", "Đã hỏi"), ("other", "x")]),
            reason: String::new(),
            act: "accept".into(),
        };
        let command = form.command();
        assert_eq!(command.act, CheckAct::Accept);
        assert_eq!(command.answers["form"].answer, Some(Answer::Yes));
        assert_eq!(command.answers["deadline"].answer, None);
        assert_eq!(command.answers["deadline"].note, "Đã hỏi");
        assert_eq!(command.answers["other"].note, "x");
    }
}
