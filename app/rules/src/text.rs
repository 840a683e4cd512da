//! Vietnamese text: one normal form, search without diacritics, name order, slugs, numbers.

mod fold;
pub mod legacy;
mod line;
pub mod markdown;
mod names;
mod number;

pub use fold::{fold, matches, slug};
pub use line::{TextProblem, clean_line, clean_text, nfc, one_line};
pub use names::{collation_key, compare, compare_names, name_sort_key};
pub use number::{format_decimal, format_integer, format_money, pad_count, parse_decimal};

use serde::{Deserialize, Serialize};

/// Language of what a person reads. Vietnamese first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    #[default]
    Vi,
    En,
}

impl Locale {
    /// Comma in Vietnamese, dot in English.
    pub const fn decimal_mark(self) -> char {
        match self {
            Locale::Vi => ',',
            Locale::En => '.',
        }
    }

    /// Dot in Vietnamese, comma in English.
    pub const fn group_mark(self) -> char {
        match self {
            Locale::Vi => '.',
            Locale::En => ',',
        }
    }

    /// `vi` or `en`, as in the `lang` attribute.
    pub const fn code(self) -> &'static str {
        match self {
            Locale::Vi => "vi",
            Locale::En => "en",
        }
    }
}
