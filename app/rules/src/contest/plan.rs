//! The signed plan that opens a contest, its legal bases and the people to call (B-10).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Number, symbol, date and signer of an official document, e.g. `612/KH-UBND` of 16/03/2023.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedDocument {
    /// Running number as printed, e.g. `612`.
    pub number: String,
    /// Symbol as printed, e.g. `KH-UBND`.
    pub symbol: String,
    pub issued_on: Option<NaiveDate>,
    /// Full name of the signer; may be empty where the source names only the position.
    pub signer: String,
    /// Position of the signer, e.g. "Chủ tịch UBND huyện".
    pub signer_position: String,
}

impl SignedDocument {
    /// `612/KH-UBND`, or nothing while number or symbol is missing.
    pub fn reference(&self) -> Option<String> {
        let (number, symbol) = (self.number.trim(), self.symbol.trim());
        (!number.is_empty() && !symbol.is_empty()).then(|| format!("{number}/{symbol}"))
    }
}

/// One document the plan rests on, in the order printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// The line as printed, e.g. "Quyết định số 5959/QĐ-UBND ngày 25/12/2020 của UBND tỉnh …".
    pub text: String,
}

/// Somebody to call about the contest (B-10): staff contact data, published on purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hotline {
    pub role: String,
    pub name: String,
    pub phone: String,
}

/// The plan's content as published, in the order of B-17.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestPlan {
    pub document: SignedDocument,
    pub legal_bases: Vec<LegalBasis>,
    /// Purpose, paragraphs separated by line ends.
    pub purpose: String,
    /// Who may enter, as printed.
    pub who_may_enter: String,
    /// Content conditions.
    pub conditions: String,
    /// Form of entries.
    pub form: String,
    /// Bodies that organise: organising board, standing unit.
    pub organisers: String,
    pub hotlines: Vec<Hotline>,
}
