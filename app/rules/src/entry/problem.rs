//! What an entry still lacks. The wizard, the review page and the submitting service call the same two functions.

use serde::{Deserialize, Serialize};

use super::content::{SECTION_MAX, TITLE_MAX};
use super::form::{LONG_MAX, Quantity};
use super::identity::{holds_id_card_number, is_same_person};
use super::{
    AttachmentInfo, AuthorType, Consent, EntryContent, EntryTitle, Maturity, StatementSection, Step,
};
use crate::contest::{ContestSetup, Exclusion};
use crate::text;

/// A field of the wizard. Indexes count from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryField {
    Authors,
    Author(usize),
    AuthorName(usize),
    AuthorUnit(usize),
    AuthorShare(usize),
    AuthorPosition(usize),
    AuthorContact(usize),
    /// Whether the author agreed to be one.
    AuthorConsent(usize),
    Shares,
    Title,
    Category,
    Scope,
    Maturity,
    FirstAppliedOn,
    Section(StatementSection),
    /// A question of the contest's form, by its code.
    Answer(String),
    Attachments,
    Declaration,
}

impl EntryField {
    /// The wizard step that shows the field.
    pub fn step(&self) -> Step {
        match self {
            EntryField::Authors
            | EntryField::Author(_)
            | EntryField::AuthorName(_)
            | EntryField::AuthorUnit(_)
            | EntryField::AuthorShare(_)
            | EntryField::AuthorPosition(_)
            | EntryField::AuthorContact(_)
            | EntryField::AuthorConsent(_)
            | EntryField::Shares => Step::Authors,
            EntryField::Title
            | EntryField::Category
            | EntryField::Scope
            | EntryField::Maturity
            | EntryField::FirstAppliedOn => Step::Topic,
            EntryField::Section(_) => Step::Statement,
            EntryField::Answer(_) => Step::Form,
            EntryField::Attachments => Step::Attachments,
            EntryField::Declaration => Step::Declaration,
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum EntryProblem {
    #[error("missing")]
    Missing,
    #[error("shorter than {min} characters")]
    TooShort { min: u32 },
    #[error("longer than {max} characters")]
    TooLong { max: u32 },
    #[error("not one of the choices")]
    Unknown,
    /// Shares do not total 100 %; `total` in hundredths of a percent.
    #[error("shares total {total} hundredths of a percent")]
    SharesTotal { total: i64 },
    #[error("no lead author, or several")]
    Lead,
    #[error("the same person twice")]
    Duplicate,
    /// 9 or 12 digits: ID-card numbers are kept nowhere (2.6).
    #[error("looks like an ID-card number")]
    IdCardNumber,
    /// Named, so that the sentence can say whom it waits for.
    #[error("{full_name} has not agreed: {consent:?}")]
    NotAgreed { full_name: String, consent: Consent },
    #[error("more than {max} authors")]
    TooMany { max: u32 },
    #[error("groups are not allowed")]
    GroupNotAllowed,
    #[error("the unit may not enter")]
    UnitNotEligible,
    #[error("excluded: {0:?}")]
    Excluded(Exclusion),
    /// The category asks for software, images or video.
    #[error("the category's medium is missing")]
    MediumMissing,
    /// The text of the declaration changed since it was accepted.
    #[error("an older declaration was accepted")]
    DeclarationChanged,
    #[error("not a number")]
    NotANumber,
    #[error("not a date")]
    NotADate,
    #[error("more than {max} decimals")]
    TooManyDecimals { max: u32 },
    #[error("less than {min:?}")]
    BelowMin { min: Quantity },
    #[error("more than {max:?}")]
    AboveMax { max: Quantity },
}

/// One thing between the author and "submit".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryGap {
    pub field: EntryField,
    pub problem: EntryProblem,
}

/// What may not even be kept in a draft: texts beyond their limits and more authors than anybody needs.
pub fn check_for_draft(content: &EntryContent) -> Vec<EntryGap> {
    let mut gaps = Vec::new();
    let mut gap = |field, problem| gaps.push(EntryGap { field, problem });
    if content.title.chars().count() > TITLE_MAX {
        gap(
            EntryField::Title,
            EntryProblem::TooLong {
                max: TITLE_MAX as u32,
            },
        );
    }
    for section in StatementSection::ALL {
        if content.statement.section(section).chars().count() > SECTION_MAX {
            gap(
                EntryField::Section(section),
                EntryProblem::TooLong {
                    max: SECTION_MAX as u32,
                },
            );
        }
    }
    for (code, answer) in &content.answers.0 {
        if answer.chars().count() > LONG_MAX as usize {
            gap(
                EntryField::Answer(code.clone()),
                EntryProblem::TooLong { max: LONG_MAX },
            );
        }
    }
    if content.authors.len() > 50 {
        gap(EntryField::Authors, EntryProblem::TooMany { max: 50 });
    }
    for (index, author) in content.authors.iter().enumerate() {
        let texts = [
            &author.full_name,
            &author.unit_name,
            &author.position,
            &author.contact,
        ];
        if texts.iter().any(|text| text.chars().count() > 200) {
            gap(EntryField::Author(index), EntryProblem::TooLong { max: 200 });
        }
        for (text, field) in [
            (&author.full_name, EntryField::AuthorName(index)),
            (&author.unit_name, EntryField::AuthorUnit(index)),
            (&author.position, EntryField::AuthorPosition(index)),
            (&author.contact, EntryField::AuthorContact(index)),
        ] {
            if holds_id_card_number(text) {
                gap(field, EntryProblem::IdCardNumber);
            }
        }
    }
    gaps
}

/// Everything that submitting needs. `unit_admitted[i]` says whether author `i`'s unit may enter and `excluded` lists
/// authors who hold a role that excludes them; both come from the server, so in the browser they may be stale.
pub fn check_for_submission(
    content: &EntryContent,
    attachments: &[AttachmentInfo],
    setup: &ContestSetup,
    unit_admitted: &[bool],
    excluded: &[(usize, Exclusion)],
) -> Vec<EntryGap> {
    let mut gaps = check_for_draft(content);
    author_gaps(content, setup, unit_admitted, excluded, &mut gaps);
    topic_gaps(content, setup, &mut gaps);
    let mut gap = |field, problem| gaps.push(EntryGap { field, problem });
    for section in StatementSection::ALL
        .into_iter()
        .filter(|section| section.is_required())
    {
        if content.statement.section(section).trim().is_empty() {
            gap(EntryField::Section(section), EntryProblem::Missing);
        }
    }
    let over_long: Vec<EntryField> = gaps.iter().map(|gap| gap.field.clone()).collect();
    let answers = setup.form.gaps(content).into_iter();
    gaps.extend(answers.filter(|gap| !over_long.contains(&gap.field)));
    let mut gap = |field, problem| gaps.push(EntryGap { field, problem });
    let category = setup
        .categories
        .iter()
        .find(|category| Some(&category.code) == content.category.as_ref());
    if category.is_some_and(|category| category.medium_required)
        && !attachments.iter().any(|attachment| attachment.kind.is_medium())
    {
        gap(EntryField::Attachments, EntryProblem::MediumMissing);
    }
    match content.declaration {
        None => gap(EntryField::Declaration, EntryProblem::Missing),
        Some(version) if version != setup.declaration.version => {
            gap(EntryField::Declaration, EntryProblem::DeclarationChanged);
        }
        Some(_) => {}
    }
    gaps
}

fn author_gaps(
    content: &EntryContent,
    setup: &ContestSetup,
    unit_admitted: &[bool],
    excluded: &[(usize, Exclusion)],
    gaps: &mut Vec<EntryGap>,
) {
    let mut gap = |field, problem| gaps.push(EntryGap { field, problem });
    let authors = &content.authors;
    if authors.is_empty() {
        gap(EntryField::Authors, EntryProblem::Missing);
        return;
    }
    match content.author_type {
        AuthorType::Individual if authors.len() > 1 => {
            gap(EntryField::Authors, EntryProblem::TooMany { max: 1 })
        }
        AuthorType::Group if !setup.eligibility.groups => {
            gap(EntryField::Authors, EntryProblem::GroupNotAllowed)
        }
        AuthorType::Group if authors.len() < 2 => gap(EntryField::Authors, EntryProblem::Missing),
        AuthorType::Group
            if setup.eligibility.group_max != 0 && authors.len() > setup.eligibility.group_max as usize =>
        {
            gap(
                EntryField::Authors,
                EntryProblem::TooMany {
                    max: setup.eligibility.group_max,
                },
            );
        }
        _ => {}
    }
    if authors.iter().filter(|author| author.lead).count() != 1 {
        gap(EntryField::Authors, EntryProblem::Lead);
    }
    let total: i64 = authors.iter().map(|author| author.share.0).sum();
    if total != 10_000 {
        gap(EntryField::Shares, EntryProblem::SharesTotal { total });
    }
    for (index, author) in authors.iter().enumerate() {
        if text::one_line(&author.full_name).is_empty() {
            gap(EntryField::AuthorName(index), EntryProblem::Missing);
        }
        if author.share.0 <= 0 || author.share.0 > 10_000 {
            gap(EntryField::AuthorShare(index), EntryProblem::Missing);
        }
        if authors
            .iter()
            .take(index)
            .any(|other| is_same_person(other, author))
        {
            gap(EntryField::Author(index), EntryProblem::Duplicate);
        }
        if !unit_admitted.get(index).copied().unwrap_or(false) {
            gap(EntryField::AuthorUnit(index), EntryProblem::UnitNotEligible);
        }
    }
    for (index, exclusion) in excluded {
        gap(
            EntryField::Author(*index),
            EntryProblem::Excluded(exclusion.clone()),
        );
    }
}

fn topic_gaps(content: &EntryContent, setup: &ContestSetup, gaps: &mut Vec<EntryGap>) {
    let mut gap = |field, problem| gaps.push(EntryGap { field, problem });
    if let Err(problem) = EntryTitle::parse(&content.title)
        && !matches!(problem, EntryProblem::TooLong { .. })
    {
        gap(EntryField::Title, problem);
    }
    match &content.category {
        None => gap(EntryField::Category, EntryProblem::Missing),
        Some(code) if !setup.categories.iter().any(|category| category.code == *code) => {
            gap(EntryField::Category, EntryProblem::Unknown);
        }
        Some(_) => {}
    }
    if content.scope.is_none() {
        gap(EntryField::Scope, EntryProblem::Missing);
    }
    match content.maturity {
        None => gap(EntryField::Maturity, EntryProblem::Missing),
        Some(Maturity::Piloted | Maturity::Applied) if content.first_applied_on.is_none() => {
            gap(EntryField::FirstAppliedOn, EntryProblem::Missing);
        }
        Some(_) => {}
    }
}
