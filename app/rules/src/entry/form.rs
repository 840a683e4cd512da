//! The entry form of a contest: what the organiser asks besides the statement. Every version is kept, so that an entry
//! goes on showing the questions it answered.

mod amend;
mod answer;
mod check;
mod quantity;
mod visible;

pub use amend::{AmendProblem, FormChange, FormRefusal};
pub use answer::{Answer, AnswerLine, Answers};
pub use check::{FIELDS_MAX, FormIssue, FormProblem, OPTIONS_MAX};
pub use quantity::{Quantity, QuantityProblem};

use serde::{Deserialize, Serialize};

use super::Maturity;
use crate::text::Locale;

/// Longest answer of one line, in characters.
pub const LINE_MAX: u32 = 500;
/// Longest answer of several lines, in characters.
pub const LONG_MAX: u32 = 20_000;

/// A text the organiser writes in Vietnamese and, where wanted, in English too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub vi: String,
    /// Empty where there is none; then the Vietnamese text stands on English pages too.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Wording {
    /// A Vietnamese text.
    pub fn vi(text: impl Into<String>) -> Self {
        Self {
            vi: text.into(),
            en: String::new(),
        }
    }

    /// The text for a page in `locale`.
    pub fn text(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.en.is_empty() => &self.en,
            Locale::En | Locale::Vi => &self.vi,
        }
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.vi.is_empty() && self.en.is_empty()
    }
}

/// One answer that may be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOption {
    /// Stable while the label is mended.
    pub code: String,
    pub label: Wording,
}

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of at most `max` characters.
    Text {
        max: u32,
    },
    /// Several lines with paragraphs, lists and bold.
    LongText {
        max: u32,
    },
    /// A number with at most `decimals` (0 to 2) decimals.
    Number {
        min: Option<Quantity>,
        max: Option<Quantity>,
        decimals: u8,
        /// Unit of measure as printed after the number, e.g. "triệu đồng".
        unit: String,
    },
    Choice {
        options: Vec<FieldOption>,
        /// Several may be chosen.
        multiple: bool,
    },
    Date,
    YesNo,
}

impl Default for FieldKind {
    fn default() -> Self {
        FieldKind::Text { max: LINE_MAX }
    }
}

/// A field is asked only where another one has this answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldCondition {
    /// Code of the other field.
    pub field: String,
    /// `yes`, `no` or an option's code; `None`: any answer.
    pub value: Option<String>,
}

/// One question of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// Stable name inside the contest: small letters, digits and `_`.
    pub code: String,
    pub label: Wording,
    /// A word of help under the label.
    #[serde(default, skip_serializing_if = "Wording::is_empty")]
    pub help: Wording,
    pub kind: FieldKind,
    pub required: bool,
    /// Codes of the categories it is asked in; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Maturities it is asked at; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maturities: Vec<Maturity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<FieldCondition>,
    /// The answer could tell who wrote it: judges do not see it.
    #[serde(default)]
    pub hidden_from_judges: bool,
}

/// The form in one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormVersion {
    /// From 1; 0 while a contest asks nothing of its own.
    pub version: u32,
    pub fields: Vec<FormField>,
}

impl FormVersion {
    /// The first version of these fields.
    pub fn first(fields: Vec<FormField>) -> Self {
        Self { version: 1, fields }
    }

    /// Whether the contest never had a form.
    pub fn is_blank(&self) -> bool {
        self.version == 0 && self.fields.is_empty()
    }

    /// The field with this code.
    pub fn field(&self, code: &str) -> Option<&FormField> {
        self.fields.iter().find(|field| field.code == code)
    }

    /// The version after the organiser wrote `fields`. Before opening there is only one; from opening on every change
    /// is a version of its own.
    #[must_use]
    pub fn rewritten(&self, fields: Vec<FormField>, opened: bool) -> Self {
        if fields == self.fields {
            return self.clone();
        }
        match (opened, fields.is_empty()) {
            (false, true) => Self::default(),
            (false, false) => Self {
                version: self.version.max(1),
                fields,
            },
            (true, _) => Self {
                version: self.version.saturating_add(1),
                fields,
            },
        }
    }

    /// The next code nobody uses, for a field without one: `f1`, `f2` …
    pub fn free_code<'a>(taken: impl Iterator<Item = &'a str> + Clone) -> String {
        (1_u32..)
            .map(|number| format!("f{number}"))
            .find(|code| taken.clone().all(|other| other != code))
            .unwrap_or_default()
    }
}
