//! The decision that approves the results (S0 A-25). From then on they are official and immutable.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::document::{DocumentNumber, DocumentNumberProblem};
use crate::text::{TextProblem, clean_line};

/// A recorded decision. It has no setter: a correction is another decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultDecision {
    number: DocumentNumber,
    issued_on: NaiveDate,
    signer: String,
    position: String,
}

/// Field of the form a message stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionField {
    Number,
    Symbol,
    IssuedOn,
    Signer,
    Position,
}

/// What is wrong with a decision as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum DecisionProblem {
    #[error("number: {why}")]
    Number { why: DocumentNumberProblem },
    #[error("{field:?}: {why}")]
    Text { field: DecisionField, why: TextProblem },
    #[error("the decision is dated {issued_on}, after today {today}")]
    InFuture { issued_on: NaiveDate, today: NaiveDate },
    #[error("the decision is dated {issued_on}, before the ranking was locked on {locked_on}")]
    BeforeRanking {
        issued_on: NaiveDate,
        locked_on: NaiveDate,
    },
}

impl DecisionProblem {
    /// Where the message stands.
    pub fn field(&self) -> DecisionField {
        match self {
            DecisionProblem::Number { why } => match why {
                DocumentNumberProblem::SymbolMissing | DocumentNumberProblem::BadSymbol => {
                    DecisionField::Symbol
                }
                _ => DecisionField::Number,
            },
            DecisionProblem::Text { field, .. } => *field,
            DecisionProblem::InFuture { .. } | DecisionProblem::BeforeRanking { .. } => {
                DecisionField::IssuedOn
            }
        }
    }
}

/// Longest name and position taken.
const LINE_MAX: usize = 200;

impl ResultDecision {
    /// Checks a decision as typed. `today` and `locked_on` are days in the contest's zone; `locked_on` is `None` for a
    /// past contest entered as its result only.
    ///
    /// # Errors
    /// Every [`DecisionProblem`].
    pub fn record(
        number: &str,
        symbol: &str,
        issued_on: NaiveDate,
        signer: &str,
        position: &str,
        today: NaiveDate,
        locked_on: Option<NaiveDate>,
    ) -> Result<Self, Vec<DecisionProblem>> {
        let mut problems = Vec::new();
        let number = DocumentNumber::new(number, symbol)
            .map_err(|why| problems.push(DecisionProblem::Number { why }))
            .ok();
        let mut line = |field, text| {
            clean_line(text, LINE_MAX)
                .map_err(|why| problems.push(DecisionProblem::Text { field, why }))
                .ok()
        };
        let (signer, position) = (
            line(DecisionField::Signer, signer),
            line(DecisionField::Position, position),
        );
        if issued_on > today {
            problems.push(DecisionProblem::InFuture { issued_on, today });
        }
        if let Some(locked_on) = locked_on.filter(|locked_on| issued_on < *locked_on) {
            problems.push(DecisionProblem::BeforeRanking { issued_on, locked_on });
        }
        match (number, signer, position) {
            (Some(number), Some(signer), Some(position)) if problems.is_empty() => Ok(Self {
                number,
                issued_on,
                signer,
                position,
            }),
            _ => Err(problems),
        }
    }

    /// Number and symbol.
    pub fn number(&self) -> &DocumentNumber {
        &self.number
    }

    /// Date of signing.
    pub fn issued_on(&self) -> NaiveDate {
        self.issued_on
    }

    /// Who signed.
    pub fn signer(&self) -> &str {
        &self.signer
    }

    /// In what position.
    pub fn position(&self) -> &str {
        &self.position
    }
}
