//! Points as whole hundredths, and exact fractions of them. No float ever touches a score.

mod fraction;

pub use fraction::{Fraction, FractionProblem};

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::text::Locale;

/// A number of points in hundredths: `Points(750)` is 7.5. On the wire a decimal string with a dot (`"7.5"`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(pub i64);

/// Why a text is not a number of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum PointsProblem {
    #[error("empty")]
    Empty,
    #[error("not a decimal number")]
    NotANumber,
    #[error("more than two decimals")]
    TooManyDecimals,
    /// `1.234` or `1.234,5`: could mean a thousand and more, so it is refused rather than guessed.
    #[error("looks like digit grouping")]
    Grouped,
    #[error("too large")]
    TooLarge,
}

/// Largest accepted number of points, in whole points; far above any rubric, far below any overflow.
const LARGEST_WHOLE: i64 = 1_000_000_000;

impl Points {
    /// No points.
    pub const ZERO: Points = Points(0);

    /// A whole number of points.
    pub const fn whole(points: i64) -> Points {
        Points(points.saturating_mul(100))
    }

    /// The value in hundredths.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Reads what a person typed: `7`, `7,5` or `7.5`, at most two decimals.
    ///
    /// # Errors
    /// [`PointsProblem`]; three digits after a single separator count as [`PointsProblem::Grouped`].
    pub fn parse(text: &str) -> Result<Points, PointsProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PointsProblem::Empty);
        }
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let mut parts = digits.split(['.', ',']);
        let whole = parts.next().unwrap_or_default();
        let decimals = parts.next();
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !decimals.is_none_or(all_digits) {
            return Err(PointsProblem::NotANumber);
        }
        if parts.next().is_some() {
            return Err(PointsProblem::Grouped);
        }
        let decimals = decimals.unwrap_or_default();
        match decimals.len() {
            0..=2 => {}
            3 => return Err(PointsProblem::Grouped),
            _ => return Err(PointsProblem::TooManyDecimals),
        }
        let whole: i64 = whole.parse().map_err(|_| PointsProblem::TooLarge)?;
        if whole > LARGEST_WHOLE {
            return Err(PointsProblem::TooLarge);
        }
        let cents = decimals.bytes().map(|byte| i64::from(byte - b'0'));
        let cents = cents.chain([0, 0]).take(2).fold(0, |sum, digit| sum * 10 + digit);
        let value = whole * 100 + cents;
        Ok(Points(if negative { -value } else { value }))
    }

    /// Sum, or `None` past the range.
    pub fn checked_add(self, other: Points) -> Option<Points> {
        self.0.checked_add(other.0).map(Points)
    }

    /// Difference, or `None` past the range.
    pub fn checked_sub(self, other: Points) -> Option<Points> {
        self.0.checked_sub(other.0).map(Points)
    }

    /// Sum held at the ends of the range.
    #[must_use]
    pub fn saturating_add(self, other: Points) -> Points {
        Points(self.0.saturating_add(other.0))
    }

    /// Difference held at the ends of the range.
    #[must_use]
    pub fn saturating_sub(self, other: Points) -> Points {
        Points(self.0.saturating_sub(other.0))
    }

    /// Whether the points are a whole number of `step`s. A step of zero divides nothing.
    pub fn is_multiple_of(self, step: Points) -> bool {
        self.0.checked_rem(step.0) == Some(0)
    }

    /// As many decimals as needed but at least `least` (0 to 2), with the locale's decimal mark: `92,5`, `92,50`.
    pub fn format(self, locale: Locale, least: usize) -> String {
        let magnitude = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let mut decimals = format!("{:02}", magnitude % 100);
        while decimals.len() > least && decimals.ends_with('0') {
            decimals.pop();
        }
        let whole = magnitude / 100;
        if decimals.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}{}{decimals}", locale.decimal_mark())
        }
    }

    /// Number of decimals the value needs: 0, 1 or 2.
    pub fn decimals(self) -> usize {
        match self.0 {
            cents if cents % 100 == 0 => 0,
            cents if cents % 10 == 0 => 1,
            _ => 2,
        }
    }
}

/// The wire form: a dot, no more decimals than needed. People are shown [`Points::format`].
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(Locale::En, 0))
    }
}

impl FromStr for Points {
    type Err = PointsProblem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Points::parse(text)
    }
}

/// Adds up, held at the ends of the range.
impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(points: I) -> Points {
        points.fold(Points::ZERO, Points::saturating_add)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsText;
        impl de::Visitor<'_> for AsText {
            type Value = Points;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("points as a decimal string such as \"7.5\"")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Points, E> {
                Points::parse(text).map_err(|problem| E::custom(format_args!("points {text:?}: {problem}")))
            }
        }
        deserializer.deserialize_str(AsText)
    }
}
