//! Flat forms: what an HTML form without any script can send, read into the commands of the contract.

use std::collections::BTreeMap;

use contract::entry::SaveDraft;
use contract::{Error, FieldProblem};
use rules::entry::{AuthorType, StatementSection, Step};
use rules::id::{CommandKey, EntryId, UserId, Version};
use rules::unit::{ReturnNote, field_from_key, note_fields};
use serde::{Deserialize, Serialize};

use super::typed::{AuthorRow, Typed, remove_row, share_evenly};

/// What a submit button of the wizard asks for besides saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// On to the next step.
    Next,
    /// Stay on the step.
    Stay,
    /// An empty row for one more author.
    AddAuthor,
    RemoveAuthor(usize),
    EvenShares,
    /// Look people up by name.
    Find,
    /// Add a person found.
    Pick(UserId),
    /// Invite the author in this place, for the first time or again.
    Invite(usize),
    /// Take the invitation of the author in this place back.
    Recall(usize),
    /// Invite somebody by name and e-mail address.
    InviteByEmail,
}

impl Intent {
    /// Reads a button's value; anything unknown just saves.
    pub fn parse(value: &str) -> Self {
        match value.split_once(':') {
            Some(("remove", index)) => index.parse().map_or(Intent::Stay, Intent::RemoveAuthor),
            Some(("invite", index)) => index.parse().map_or(Intent::Stay, Intent::Invite),
            Some(("recall", index)) => index.parse().map_or(Intent::Stay, Intent::Recall),
            Some(("pick", user)) => user.parse().map_or(Intent::Stay, Intent::Pick),
            None if value == "next" => Intent::Next,
            None if value == "add" => Intent::AddAuthor,
            None if value == "even" => Intent::EvenShares,
            None if value == "find" => Intent::Find,
            None if value == "invite_by_email" => Intent::InviteByEmail,
            _ => Intent::Stay,
        }
    }
}

/// One step of the wizard: its fields, and the button pressed. Fields of other steps are simply not sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StepForm {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    /// The step's slug.
    pub step: String,
    #[serde(default)]
    pub intent: String,
    #[serde(default)]
    pub author_type: AuthorType,
    #[serde(default)]
    pub authors: Vec<AuthorRow>,
    /// Place of the lead author in `authors`.
    #[serde(default)]
    pub lead: usize,
    /// Name to look up.
    #[serde(default)]
    pub find: String,
    /// Name and address of somebody to invite.
    #[serde(default)]
    pub invite_name: String,
    #[serde(default)]
    pub invite_email: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub category: String,
    #[serde(default)]
    pub scope: String,
    #[serde(default)]
    pub maturity: String,
    #[serde(default)]
    pub first_applied_on: String,
    /// Texts by the section's slug.
    #[serde(default)]
    pub sections: BTreeMap<String, String>,
    /// Codes of the questions on the page, with spaces between: a question without a value is one left open.
    #[serde(default)]
    pub asked: String,
    /// Answers by the question's code; a box of several choices is `code.option`.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// Version of the declaration, where its box is ticked.
    #[serde(default)]
    pub accepted: String,
}

impl StepForm {
    /// The step it is for.
    ///
    /// # Errors
    /// `Invalid` for anything but a step that saves.
    pub fn step(&self) -> Result<Step, Error> {
        Step::from_slug(&self.step)
            .filter(|step| !matches!(step, Step::Attachments | Step::Review))
            .ok_or_else(|| Error::field("step", FieldProblem::Malformed))
    }

    /// The command, after what the button asks for. `picked` is the person of [`Intent::Pick`].
    ///
    /// # Errors
    /// `Invalid` where the step is unknown.
    pub fn command(self, picked: Option<AuthorRow>) -> Result<SaveDraft, Error> {
        let step = self.step()?;
        let intent = Intent::parse(&self.intent);
        let Self {
            key, entry, expected, ..
        } = self;
        let mut typed = self.typed();
        let rows = &mut typed.authors;
        match intent {
            Intent::AddAuthor => rows.push(AuthorRow::default()),
            Intent::RemoveAuthor(index) => remove_row(rows, index),
            Intent::EvenShares => share_evenly(rows, |share| share.to_string()),
            Intent::Pick(_) => rows.extend(picked),
            Intent::Next
            | Intent::Stay
            | Intent::Find
            | Intent::Invite(_)
            | Intent::Recall(_)
            | Intent::InviteByEmail => {}
        }
        let picked_one = matches!(intent, Intent::Pick(_)) && rows.len() > 1;
        if intent == Intent::AddAuthor || picked_one {
            typed.author_type = AuthorType::Group;
        }
        let content = typed
            .step(step)
            .ok_or_else(|| Error::field("step", FieldProblem::Malformed))?;
        Ok(SaveDraft {
            key,
            entry,
            expected,
            content,
        })
    }

    fn typed(self) -> Typed {
        let lead = self.lead;
        let authors = self
            .authors
            .into_iter()
            .enumerate()
            .map(|(index, row)| AuthorRow {
                lead: index == lead,
                ..row
            });
        let sections = StatementSection::ALL
            .into_iter()
            .filter_map(|section| Some((section, self.sections.get(section.slug())?.clone())));
        Typed {
            author_type: self.author_type,
            authors: authors.collect(),
            title: self.title,
            category: self.category,
            scope: self.scope,
            maturity: self.maturity,
            first_applied_on: self.first_applied_on,
            sections: sections.collect(),
            answers: answers_of(&self.asked, &self.answers),
            accepted: self.accepted.trim().parse().ok(),
        }
    }
}

/// The answers to the questions on the page; boxes ticked are joined to one answer.
fn answers_of(asked: &str, sent: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let answer = |code: &str| {
        let prefix = format!("{code}.");
        let ticked: Vec<&str> = sent.keys().filter_map(|key| key.strip_prefix(&prefix)).collect();
        if ticked.is_empty() {
            sent.get(code).cloned().unwrap_or_default()
        } else {
            ticked.join(" ")
        }
    };
    asked
        .split_whitespace()
        .map(|code| (code.to_owned(), answer(code)))
        .collect()
}

/// Returns an entry; the due date is a day of the contest's zone, that day included.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReturnForm {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    #[serde(default)]
    pub reason: String,
    /// `yyyy-mm-dd`, or empty.
    #[serde(default)]
    pub due: String,
    /// Comments by `rules::unit::field_key`.
    #[serde(default)]
    pub notes: BTreeMap<String, String>,
}

impl ReturnForm {
    /// The comments in the order of the wizard, then whatever else a form sent; unknown fields are left out.
    pub fn notes(&self) -> Vec<ReturnNote> {
        let mut notes: Vec<ReturnNote> = self
            .notes
            .iter()
            .filter_map(|(key, text)| {
                Some(ReturnNote {
                    field: field_from_key(key)?,
                    text: text.clone(),
                })
            })
            .collect();
        let order = note_fields();
        notes.sort_by_key(|note| {
            let place = order.iter().position(|field| *field == note.field);
            place.unwrap_or(usize::MAX)
        });
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::entry::StepContent;
    use uuid::Uuid;

    fn form(step: Step, intent: &str) -> StepForm {
        StepForm {
            key: CommandKey(Uuid::nil()),
            entry: EntryId(Uuid::nil()),
            expected: Version(3),
            step: step.slug().to_owned(),
            intent: intent.to_owned(),
            author_type: AuthorType::Individual,
            authors: Vec::new(),
            lead: 0,
            find: String::new(),
            invite_name: String::new(),
            invite_email: String::new(),
            title: String::new(),
            category: String::new(),
            scope: String::new(),
            maturity: String::new(),
            first_applied_on: String::new(),
            sections: BTreeMap::new(),
            asked: String::new(),
            answers: BTreeMap::new(),
            accepted: String::new(),
        }
    }

    #[test]
    fn a_question_on_the_page_without_a_value_is_left_open_and_others_stay() {
        let sent = [
            ("cost", "12,5"),
            ("areas.o2", "true"),
            ("areas.o1", "true"),
            ("hidden", "x"),
        ];
        let form = StepForm {
            asked: "cost areas open".into(),
            answers: sent
                .map(|(code, value)| (code.to_owned(), value.to_owned()))
                .into(),
            ..form(Step::Form, "next")
        };
        let answers = [("areas", "o1 o2"), ("cost", "12,5"), ("open", "")];
        let answers = answers.map(|(code, value)| (code.to_owned(), value.to_owned()));
        assert_eq!(
            form.command(None).expect("a command").content,
            StepContent::Form {
                answers: rules::entry::Answers(answers.into()),
            }
        );
    }

    #[test]
    fn buttons_of_the_authors_step_change_the_list_before_it_is_saved() {
        let two = vec![
            AuthorRow {
                full_name: "A".into(),
                ..AuthorRow::default()
            },
            AuthorRow::default(),
        ];
        let after = |intent: &str| {
            let form = StepForm {
                authors: two.clone(),
                lead: 1,
                ..form(Step::Authors, intent)
            };
            match form.command(None).expect("a command").content {
                StepContent::Authors { authors, author_type } => (author_type, authors),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(
            after("even")
                .1
                .iter()
                .map(|author| author.share.0)
                .collect::<Vec<_>>(),
            [5000, 5000]
        );
        assert_eq!(after("add").0, AuthorType::Group);
        assert_eq!(after("add").1.len(), 3);
        let left = after("remove:1").1;
        assert!(
            left.len() == 1 && left[0].full_name == "A" && left[0].lead,
            "{left:?}"
        );
        assert!(after("next").1[1].lead);
    }

    #[test]
    fn steps_without_fields_and_unknown_ones_are_refused() {
        assert!(form(Step::Review, "").command(None).is_err());
        assert!(
            StepForm {
                step: "x".into(),
                ..form(Step::Topic, "")
            }
            .command(None)
            .is_err()
        );
    }

    #[test]
    fn comments_of_a_return_stand_in_the_order_of_the_wizard() {
        let notes = [
            ("section:effect", "B"),
            ("title", "A"),
            ("x", "?"),
            ("attachments", ""),
        ];
        let form = ReturnForm {
            key: CommandKey(Uuid::nil()),
            entry: EntryId(Uuid::nil()),
            expected: Version(1),
            reason: String::new(),
            due: String::new(),
            notes: notes.map(|(key, text)| (key.to_owned(), text.to_owned())).into(),
        };
        let texts: Vec<String> = form.notes().into_iter().map(|note| note.text).collect();
        assert_eq!(texts, ["A", "B", ""]);
    }
}
