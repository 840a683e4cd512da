//! What stands in the wizard's fields, as typed: the same for the plain form, the saving by itself and the copy on this
//! device.

mod merge;
mod people;
mod row;

pub use self::merge::{Meeting, all_fields, fields_of, meet, says_the_same};
pub use self::row::{AuthorRow, remove_row, share_evenly};

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contract::entry::StepContent;
use contract::error::FieldProblem;
use rules::entry::{
    Answers, Author, AuthorType, EntryContent, EntryField, EntryScope, Maturity, Statement, StatementSection,
    Step,
};
use rules::points::Points;
use serde::{Deserialize, Serialize};

use self::row::share_of;

/// All fields of all steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub author_type: AuthorType,
    pub authors: Vec<AuthorRow>,
    pub title: String,
    pub category: String,
    pub scope: String,
    pub maturity: String,
    /// `yyyy-mm-dd`, as date fields have it.
    pub first_applied_on: String,
    pub sections: BTreeMap<StatementSection, String>,
    /// Answers to the contest's own questions by their codes, as [`rules::entry::Answers`] keeps them.
    pub answers: BTreeMap<String, String>,
    pub accepted: Option<u32>,
}

impl Typed {
    /// The fields of a stored draft.
    pub fn of(content: &EntryContent, share: impl Fn(Points) -> String) -> Self {
        let row = |author: &Author| AuthorRow {
            user: author.user.map(|id| id.to_string()).unwrap_or_default(),
            full_name: author.full_name.clone(),
            unit: author.unit.map(|id| id.to_string()).unwrap_or_default(),
            unit_name: author.unit_name.clone(),
            position: author.position.clone(),
            contact: author.contact.clone(),
            share: share(author.share),
            lead: author.lead,
        };
        Self {
            author_type: content.author_type,
            authors: content.authors.iter().map(row).collect(),
            title: content.title.clone(),
            category: content.category.clone().unwrap_or_default(),
            scope: content.scope.map(scope_value).unwrap_or_default().to_owned(),
            maturity: content
                .maturity
                .map(maturity_value)
                .unwrap_or_default()
                .to_owned(),
            first_applied_on: content
                .first_applied_on
                .map(|date| date.to_string())
                .unwrap_or_default(),
            sections: content.statement.0.clone(),
            answers: content.answers.0.clone(),
            accepted: content.declaration,
        }
    }

    /// The text of a section.
    pub fn section(&self, section: StatementSection) -> &str {
        self.sections.get(&section).map_or("", String::as_str)
    }

    /// What was answered to a question.
    pub fn answer(&self, code: &str) -> &str {
        self.answers.get(code).map_or("", String::as_str)
    }

    /// One step, for the server. The attachments and the review have nothing to save.
    pub fn step(&self, step: Step) -> Option<StepContent> {
        let whole = self.content();
        Some(match step {
            Step::Authors => StepContent::Authors {
                author_type: whole.author_type,
                authors: whole.authors,
            },
            Step::Topic => StepContent::Topic {
                title: whole.title,
                category: whole.category,
                scope: whole.scope,
                maturity: whole.maturity,
                first_applied_on: whole.first_applied_on,
            },
            Step::Statement => StepContent::Statement {
                statement: whole.statement,
            },
            Step::Form => StepContent::Form {
                answers: whole.answers,
            },
            Step::Declaration => StepContent::Declaration {
                accepted: whole.declaration,
            },
            Step::Attachments | Step::Review => return None,
        })
    }

    /// Everything as the rules read it; a figure or date that cannot be read counts as not given.
    pub fn content(&self) -> EntryContent {
        EntryContent {
            author_type: self.author_type,
            authors: self.authors.iter().map(AuthorRow::author).collect(),
            title: self.title.clone(),
            category: Some(self.category.clone()).filter(|code| !code.is_empty()),
            scope: scope_of(&self.scope),
            maturity: maturity_of(&self.maturity),
            first_applied_on: date_of(&self.first_applied_on),
            statement: Statement(
                self.sections
                    .iter()
                    .filter(|(_, text)| !text.is_empty())
                    .map(|(s, t)| (*s, t.clone()))
                    .collect(),
            ),
            declaration: self.accepted,
            form_version: 0,
            answers: Answers(self.answers.clone()),
        }
    }

    /// Fields whose text is no number or date: not stored until put right.
    pub fn unread(&self) -> Vec<(EntryField, FieldProblem)> {
        let shares = self.authors.iter().enumerate().filter_map(|(index, row)| {
            let bad = !row.share.trim().is_empty() && share_of(&row.share).is_none();
            bad.then_some((EntryField::AuthorShare(index), FieldProblem::NotANumber))
        });
        let date = !self.first_applied_on.trim().is_empty() && date_of(&self.first_applied_on).is_none();
        shares
            .chain(date.then_some((EntryField::FirstAppliedOn, FieldProblem::NotADate)))
            .collect()
    }

    /// A field's text, to compare two versions by. All authors together are one field.
    pub fn text(&self, field: &EntryField) -> String {
        match field {
            EntryField::Title => self.title.clone(),
            EntryField::Category => self.category.clone(),
            EntryField::Scope => self.scope.clone(),
            EntryField::Maturity => self.maturity.clone(),
            EntryField::FirstAppliedOn => self.first_applied_on.clone(),
            EntryField::Section(section) => self.section(*section).to_owned(),
            EntryField::Answer(code) => self.answer(code).to_owned(),
            EntryField::Declaration => self
                .accepted
                .map(|version| version.to_string())
                .unwrap_or_default(),
            EntryField::Attachments => String::new(),
            EntryField::Authors
            | EntryField::Author(_)
            | EntryField::AuthorName(_)
            | EntryField::AuthorUnit(_)
            | EntryField::AuthorShare(_)
            | EntryField::AuthorPosition(_)
            | EntryField::AuthorContact(_)
            | EntryField::AuthorConsent(_)
            | EntryField::Shares => {
                let group = self.author_type == AuthorType::Group;
                let rows = self.authors.iter().map(|row| {
                    let AuthorRow {
                        user,
                        full_name,
                        unit,
                        unit_name,
                        position,
                        contact,
                        share,
                        lead,
                    } = row;
                    let unit_name = if unit.is_empty() { unit_name } else { "" };
                    let share = share_of(share).map_or_else(|| share.clone(), |share| share.to_string());
                    format!("{user}|{full_name}|{unit}|{unit_name}|{position}|{contact}|{share}|{lead}")
                });
                std::iter::once(group.to_string())
                    .chain(rows)
                    .collect::<Vec<_>>()
                    .join("\n")
            }
        }
    }

    /// Takes a field over from another version.
    pub fn take(&mut self, field: &EntryField, from: &Typed) {
        match field {
            EntryField::Title => self.title.clone_from(&from.title),
            EntryField::Category => self.category.clone_from(&from.category),
            EntryField::Scope => self.scope.clone_from(&from.scope),
            EntryField::Maturity => self.maturity.clone_from(&from.maturity),
            EntryField::FirstAppliedOn => self.first_applied_on.clone_from(&from.first_applied_on),
            EntryField::Section(section) => {
                self.sections.insert(*section, from.section(*section).to_owned());
            }
            EntryField::Answer(code) => {
                self.answers.insert(code.clone(), from.answer(code).to_owned());
            }
            EntryField::Declaration => self.accepted = from.accepted,
            EntryField::Attachments => {}
            EntryField::Authors
            | EntryField::Author(_)
            | EntryField::AuthorName(_)
            | EntryField::AuthorUnit(_)
            | EntryField::AuthorShare(_)
            | EntryField::AuthorPosition(_)
            | EntryField::AuthorContact(_)
            | EntryField::AuthorConsent(_)
            | EntryField::Shares => {
                self.author_type = from.author_type;
                self.authors.clone_from(&from.authors);
            }
        }
    }
}

/// A date as a date field sends it, or as people write it.
fn date_of(typed: &str) -> Option<NaiveDate> {
    rules::time::parse_date(typed.trim())
}

/// The form's value of a scope.
pub fn scope_value(scope: EntryScope) -> &'static str {
    match scope {
        EntryScope::Unit => "unit",
        EntryScope::Wide => "wide",
    }
}

fn scope_of(value: &str) -> Option<EntryScope> {
    [EntryScope::Unit, EntryScope::Wide]
        .into_iter()
        .find(|scope| scope_value(*scope) == value)
}

/// The form's value of a maturity.
pub fn maturity_value(maturity: Maturity) -> &'static str {
    match maturity {
        Maturity::Proposed => "proposed",
        Maturity::Piloted => "piloted",
        Maturity::Applied => "applied",
    }
}

/// The maturity of a form value.
pub fn maturity_of(value: &str) -> Option<Maturity> {
    [Maturity::Proposed, Maturity::Piloted, Maturity::Applied]
        .into_iter()
        .find(|maturity| maturity_value(*maturity) == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_may_be_typed_with_its_sign_and_nonsense_is_named() {
        let row = |share: &str| AuthorRow {
            share: share.to_owned(),
            ..AuthorRow::default()
        };
        let typed = Typed {
            authors: vec![row("60 %"), row("bốn mươi"), row("")],
            ..Typed::default()
        };
        let shares: Vec<Points> = typed
            .content()
            .authors
            .iter()
            .map(|author| author.share)
            .collect();
        assert_eq!(shares, [Points::whole(60), Points::ZERO, Points::ZERO]);
        assert_eq!(
            typed.unread(),
            [(EntryField::AuthorShare(1), FieldProblem::NotANumber)]
        );
    }
}
