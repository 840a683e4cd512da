//! Number and symbol of a signed document (NĐ 30/2020): `181/QĐ-KKT`, `2158/UBND-KTTH`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// `number` is digits (with at most one letter after them), `symbol` groups of letters and digits joined by dashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentNumber {
    pub number: String,
    pub symbol: String,
}

/// Why a number or symbol is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DocumentNumberProblem {
    #[error("no slash between number and symbol")]
    NoSlash,
    #[error("the number is missing")]
    NumberMissing,
    #[error("the number is at most 11 digits")]
    BadNumber,
    #[error("the symbol is missing")]
    SymbolMissing,
    /// The grammar is `QĐ-KKT`: at least two groups of letters or digits.
    #[error("the symbol is groups of letters and digits joined by dashes, at most 30 characters")]
    BadSymbol,
}

impl DocumentNumber {
    /// Checks the two parts as typed in two fields.
    ///
    /// # Errors
    /// The first [`DocumentNumberProblem`].
    pub fn new(number: &str, symbol: &str) -> Result<Self, DocumentNumberProblem> {
        let (number, symbol) = (number.trim(), crate::text::nfc(symbol.trim()));
        let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if number.is_empty() {
            return Err(DocumentNumberProblem::NumberMissing);
        }
        let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits || number.len() > 11 || number.len() - digits.len() > 1 {
            return Err(DocumentNumberProblem::BadNumber);
        }
        if symbol.is_empty() {
            return Err(DocumentNumberProblem::SymbolMissing);
        }
        let groups: Vec<&str> = symbol.split('-').collect();
        let good = |group: &&str| {
            !group.is_empty()
                && group
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '.' | '&'))
        };
        if groups.len() < 2 || !groups.iter().all(good) || symbol.chars().count() > 30 {
            return Err(DocumentNumberProblem::BadSymbol);
        }
        Ok(Self {
            number: number.to_owned(),
            symbol,
        })
    }

    /// Reads `181/QĐ-KKT`.
    ///
    /// # Errors
    /// As for [`DocumentNumber::new`], and without a slash.
    pub fn parse(text: &str) -> Result<Self, DocumentNumberProblem> {
        let (number, symbol) = text.split_once('/').ok_or(DocumentNumberProblem::NoSlash)?;
        Self::new(number, symbol)
    }
}

/// Numbers under 10 are printed with a leading zero.
impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0>2}/{}", self.number, self.symbol)
    }
}

impl FromStr for DocumentNumber {
    type Err = DocumentNumberProblem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}
