//! What an author answered: kept as typed, read by the kind of its field.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{FieldKind, FormField, Quantity, QuantityProblem, Wording};
use crate::entry::EntryProblem;
use crate::time::parse_date;

/// Answers by the field's code, as typed: a number with its marks, `yes` or `no`, options' codes with spaces between.
/// Text that cannot be read is kept, and named as a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, String>);

impl Answers {
    /// What was typed; empty where nothing was.
    pub fn get(&self, code: &str) -> &str {
        self.0.get(code).map_or("", String::as_str)
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An answer as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Answer {
    Text(String),
    LongText(String),
    /// The number and its unit of measure.
    Number(Quantity, String),
    Choice(Vec<Wording>),
    Date(NaiveDate),
    YesNo(bool),
    /// Typed, but not what the field takes; only drafts have such answers.
    Unread(String),
}

/// A question with its answer, for reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLine {
    pub code: String,
    pub label: Wording,
    /// `None` where it was left open.
    pub answer: Option<Answer>,
}

/// The form value of "yes".
pub const YES: &str = "yes";
/// The form value of "no".
pub const NO: &str = "no";

impl FormField {
    /// Reads an answer; `None` for an empty one.
    ///
    /// # Errors
    /// What is wrong with it, in the words of every other gap of an entry.
    pub fn read(&self, typed: &str) -> Result<Option<Answer>, EntryProblem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let answer = match &self.kind {
            FieldKind::Text { max } => Answer::Text(within(typed, *max)?),
            FieldKind::LongText { max } => Answer::LongText(within(typed, *max)?),
            FieldKind::Number {
                min,
                max,
                decimals,
                unit,
            } => Answer::Number(number(typed, *min, *max, *decimals)?, unit.clone()),
            FieldKind::Choice { options, multiple } => {
                let codes: BTreeSet<&str> = typed.split_whitespace().collect();
                let chosen: Vec<Wording> = options
                    .iter()
                    .filter(|option| codes.contains(option.code.as_str()))
                    .map(|option| option.label.clone())
                    .collect();
                if chosen.len() != codes.len() || (chosen.len() > 1 && !multiple) {
                    return Err(EntryProblem::Unknown);
                }
                Answer::Choice(chosen)
            }
            FieldKind::Date => Answer::Date(parse_date(typed).ok_or(EntryProblem::NotADate)?),
            FieldKind::YesNo => match typed {
                YES => Answer::YesNo(true),
                NO => Answer::YesNo(false),
                _ => return Err(EntryProblem::Unknown),
            },
        };
        Ok(Some(answer))
    }

    /// The question with its answer, whatever state the answer is in.
    pub fn line(&self, typed: &str) -> AnswerLine {
        AnswerLine {
            code: self.code.clone(),
            label: self.label.clone(),
            answer: self
                .read(typed)
                .unwrap_or_else(|_| Some(Answer::Unread(typed.to_owned()))),
        }
    }

    /// Whether the answer may have several lines.
    pub fn is_long(&self) -> bool {
        matches!(self.kind, FieldKind::LongText { .. })
    }
}

fn within(typed: &str, max: u32) -> Result<String, EntryProblem> {
    if typed.chars().count() > max as usize {
        return Err(EntryProblem::TooLong { max });
    }
    Ok(typed.to_owned())
}

fn number(
    typed: &str,
    min: Option<Quantity>,
    max: Option<Quantity>,
    decimals: u8,
) -> Result<Quantity, EntryProblem> {
    let too_many = EntryProblem::TooManyDecimals {
        max: u32::from(decimals),
    };
    let value = Quantity::parse(typed).map_err(|problem| match problem {
        QuantityProblem::NotANumber => EntryProblem::NotANumber,
        QuantityProblem::TooManyDecimals => too_many.clone(),
    })?;
    if value.decimals() > decimals {
        return Err(too_many);
    }
    match (min, max) {
        (Some(min), _) if value < min => Err(EntryProblem::BelowMin { min }),
        (_, Some(max)) if value > max => Err(EntryProblem::AboveMax { max }),
        _ => Ok(value),
    }
}
