//! Whether a form can be put to authors.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::answer::{NO, YES};
use super::{FieldCondition, FieldKind, FormField, FormVersion, LINE_MAX, LONG_MAX};
use crate::contest::Category;
use crate::text::fold;

/// Most fields of a form.
pub const FIELDS_MAX: usize = 50;
/// Most options of a choice.
pub const OPTIONS_MAX: usize = 50;
/// Most decimals of a number.
const DECIMALS_MAX: u8 = 2;

/// Why a field cannot be asked as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum FormProblem {
    #[error("no label")]
    LabelMissing,
    /// The question asks for an ID-card number, which is kept nowhere (2.6).
    #[error("asks for an ID-card number")]
    AsksForIdCard,
    #[error("the code is malformed")]
    Code,
    #[error("two fields with one code")]
    CodeTwice,
    #[error("fewer than two options")]
    TooFewOptions,
    #[error("more than {max} options")]
    TooManyOptions { max: u32 },
    #[error("an option twice, or without a label")]
    Options,
    #[error("the smallest number is above the largest")]
    Range,
    #[error("more than two decimals, or limits finer than the field")]
    Decimals,
    /// The number of characters allowed is 0 or above `most`.
    #[error("a length from 1 to {most}")]
    Length { most: u32 },
    #[error("a category that the contest does not have")]
    Category,
    /// The field or value that the condition names is not there.
    #[error("the condition names nothing")]
    Condition,
    #[error("conditions in a ring")]
    Ring,
    #[error("more than {max} fields")]
    TooManyFields { max: u32 },
}

/// A problem and the field that has it, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormIssue {
    pub field: usize,
    pub problem: FormProblem,
}

impl FormProblem {
    /// The member of the field that it is about, as forms name it.
    pub fn part(self) -> &'static str {
        match self {
            FormProblem::LabelMissing | FormProblem::AsksForIdCard => "label",
            FormProblem::Code | FormProblem::CodeTwice | FormProblem::TooManyFields { .. } => "kind",
            FormProblem::TooFewOptions | FormProblem::TooManyOptions { .. } | FormProblem::Options => {
                "options"
            }
            FormProblem::Range => "min_value",
            FormProblem::Decimals => "decimals",
            FormProblem::Length { .. } => "length",
            FormProblem::Category => "in",
            FormProblem::Condition | FormProblem::Ring => "when",
        }
    }
}

impl FormVersion {
    /// Everything that keeps the form from being put to authors of entries in `categories`.
    pub fn issues(&self, categories: &[Category]) -> Vec<FormIssue> {
        let mut issues = Vec::new();
        if self.fields.len() > FIELDS_MAX {
            issues.push(FormIssue {
                field: FIELDS_MAX,
                problem: FormProblem::TooManyFields {
                    max: FIELDS_MAX as u32,
                },
            });
        }
        let mut codes = BTreeSet::new();
        for (index, field) in self.fields.iter().enumerate() {
            let mut issue = |problem| {
                issues.push(FormIssue {
                    field: index,
                    problem,
                })
            };
            if !is_code(&field.code) {
                issue(FormProblem::Code);
            } else if !codes.insert(field.code.as_str()) {
                issue(FormProblem::CodeTwice);
            }
            if field.label.vi.trim().is_empty() {
                issue(FormProblem::LabelMissing);
            } else if asks_for_id_card(field) {
                issue(FormProblem::AsksForIdCard);
            }
            if let Some(problem) = kind_problem(&field.kind) {
                issue(problem);
            }
            let known = |code: &String| categories.iter().any(|category| category.code == *code);
            if !field.categories.iter().all(known) {
                issue(FormProblem::Category);
            }
            if let Some(problem) = self.condition_problem(field) {
                issue(problem);
            }
        }
        issues
    }

    fn condition_problem(&self, field: &FormField) -> Option<FormProblem> {
        let condition = field.when.as_ref()?;
        let mut seen = BTreeSet::from([field.code.as_str()]);
        let mut next = Some(condition);
        while let Some(condition) = next {
            if !seen.insert(condition.field.as_str()) {
                return Some(FormProblem::Ring);
            }
            next = self.field(&condition.field).and_then(|field| field.when.as_ref());
        }
        let answers_to = |other: &FormField| other.can_answer(condition);
        (!self.field(&condition.field).is_some_and(answers_to)).then_some(FormProblem::Condition)
    }
}

impl FormField {
    /// Whether the field can have the answer a condition asks for.
    fn can_answer(&self, condition: &FieldCondition) -> bool {
        match (&self.kind, condition.value.as_deref()) {
            (_, None) => true,
            (FieldKind::YesNo, Some(value)) => matches!(value, YES | NO),
            (FieldKind::Choice { options, .. }, Some(value)) => {
                options.iter().any(|option| option.code == value)
            }
            _ => false,
        }
    }
}

/// Whether a question asks for the number of an ID card, old (CMND) or new (CCCD), in either language. One about such
/// cards is a fair question.
fn asks_for_id_card(field: &FormField) -> bool {
    const CARDS: [&str; 7] = [
        "cccd",
        "cmnd",
        "can cuoc",
        "chung minh nhan dan",
        "chung minh thu",
        "id card",
        "identity card",
    ];
    const NUMBERS: [&str; 2] = ["so", "number"];
    let typed = !matches!(
        field.kind,
        FieldKind::YesNo | FieldKind::Choice { .. } | FieldKind::Date
    );
    let asks = |label: &String| {
        let label = fold(label);
        let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).collect();
        let label = format!(" {} ", words.join(" "));
        let names = |words: &[&str]| words.iter().any(|word| label.contains(&format!(" {word} ")));
        names(&CARDS) && names(&NUMBERS)
    };
    typed && [&field.label.vi, &field.label.en].into_iter().any(asks)
}

fn kind_problem(kind: &FieldKind) -> Option<FormProblem> {
    let length = |max: u32, most: u32| (!(1..=most).contains(&max)).then_some(FormProblem::Length { most });
    match kind {
        FieldKind::Text { max } => length(*max, LINE_MAX),
        FieldKind::LongText { max } => length(*max, LONG_MAX),
        FieldKind::Number {
            min, max, decimals, ..
        } => {
            let finer = [min, max]
                .into_iter()
                .flatten()
                .any(|limit| limit.decimals() > *decimals);
            if *decimals > DECIMALS_MAX || finer {
                Some(FormProblem::Decimals)
            } else if min.zip(*max).is_some_and(|(min, max)| min > max) {
                Some(FormProblem::Range)
            } else {
                None
            }
        }
        FieldKind::Choice { options, .. } => {
            let mut codes = BTreeSet::new();
            let mut labels = BTreeSet::new();
            let good = options.iter().all(|option| {
                let label = option.label.vi.trim();
                is_code(&option.code)
                    && codes.insert(option.code.as_str())
                    && !label.is_empty()
                    && labels.insert(label)
            });
            match options.len() {
                0 | 1 => Some(FormProblem::TooFewOptions),
                count if count > OPTIONS_MAX => Some(FormProblem::TooManyOptions {
                    max: OPTIONS_MAX as u32,
                }),
                _ if !good => Some(FormProblem::Options),
                _ => None,
            }
        }
        FieldKind::Date | FieldKind::YesNo => None,
    }
}

/// Codes are parts of form names, so they hold nothing that has a meaning there.
fn is_code(code: &str) -> bool {
    (1..=40).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
