//! A number an author gives, in whole hundredths: no float touches it.

use serde::{Deserialize, Serialize};

use crate::text::{Locale, format_decimal};

/// A number in hundredths: `Quantity(1250)` is 12.5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub i64);

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum QuantityProblem {
    #[error("not a number")]
    NotANumber,
    #[error("more than two decimals")]
    TooManyDecimals,
}

/// Most digits before the decimal mark; far above any budget, far below any overflow.
const DIGITS_MAX: usize = 15;

impl Quantity {
    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self(number.saturating_mul(100))
    }

    /// Reads what a person typed, whatever the language of the page: `1500`, `1.500`, `1,500`, `12,5`, `1.234,56`.
    /// With two decimals at most, a mark before exactly three digits can only group them.
    ///
    /// # Errors
    /// [`QuantityProblem`].
    pub fn parse(typed: &str) -> Result<Self, QuantityProblem> {
        let bare: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let (negative, bare) = match bare.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, bare.as_str()),
        };
        let parts: Vec<&str> = bare.split(['.', ',']).collect();
        if !parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return Err(QuantityProblem::NotANumber);
        }
        let marks: Vec<char> = bare.chars().filter(|c| matches!(c, '.' | ',')).collect();
        let (groups, decimals) = split(&parts, &marks)?;
        let grouped = match groups {
            [] | [_] => true,
            [first, rest @ ..] => {
                first.len() <= 3 && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3)
            }
        };
        let digits = groups.concat();
        if !grouped || digits.len() > DIGITS_MAX {
            return Err(QuantityProblem::NotANumber);
        }
        let whole: i64 = digits.parse().map_err(|_| QuantityProblem::NotANumber)?;
        let cents = decimals.bytes().map(|byte| i64::from(byte - b'0'));
        let cents = cents.chain([0, 0]).take(2).fold(0, |sum, digit| sum * 10 + digit);
        let value = whole * 100 + cents;
        Ok(Self(if negative { -value } else { value }))
    }

    /// As many decimals as it needs, with the language's marks: `1.234,5`.
    pub fn format(self, locale: Locale) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let decimals = format!("{:02}", magnitude % 100);
        let decimals = decimals.trim_end_matches('0');
        let mark = if decimals.is_empty() { "" } else { "." };
        let plain = format!("{sign}{}{mark}{decimals}", magnitude / 100);
        format_decimal(&plain, locale).unwrap_or(plain)
    }

    /// Decimals the number needs: 0, 1 or 2.
    pub const fn decimals(self) -> u8 {
        match self.0 {
            number if number % 100 == 0 => 0,
            number if number % 10 == 0 => 1,
            _ => 2,
        }
    }
}

/// Groups of whole digits, and the decimals.
fn split<'a, 'p>(parts: &'p [&'a str], marks: &[char]) -> Result<(&'p [&'a str], &'a str), QuantityProblem> {
    let (Some(last), Some((tail, before))) = (marks.last(), parts.split_last()) else {
        return Ok((parts, ""));
    };
    let one_mark = marks.iter().all(|mark| mark == last);
    if one_mark && tail.len() == 3 && parts.first().is_some_and(|first| !first.starts_with('0')) {
        return Ok((parts, ""));
    }
    // the decimal mark stands once
    if marks.iter().filter(|mark| *mark == last).count() > 1 {
        return Err(QuantityProblem::NotANumber);
    }
    if tail.len() > 2 {
        return Err(QuantityProblem::TooManyDecimals);
    }
    Ok((before, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written_in_either_language() {
        for (typed, hundredths) in [
            ("1500", 150_000),
            ("1.500", 150_000),
            ("1,500", 150_000),
            ("1 500,5", 150_050),
            ("12,5", 1250),
            ("12.50", 1250),
            ("1.234.567,89", 123_456_789),
            ("1,234,567.8", 123_456_780),
            ("-0,5", -50),
            ("0", 0),
        ] {
            assert_eq!(Quantity::parse(typed), Ok(Quantity(hundredths)), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in [
            "",
            "x",
            "1..2",
            "12,",
            ",5",
            "1.23.456",
            "1,2,3",
            "12.34.5",
            "1e3",
            "9999999999999999",
        ] {
            assert_eq!(
                Quantity::parse(typed),
                Err(QuantityProblem::NotANumber),
                "{typed}"
            );
        }
        for typed in ["0,500", "1.234,567", "3,1415"] {
            assert_eq!(
                Quantity::parse(typed),
                Err(QuantityProblem::TooManyDecimals),
                "{typed}"
            );
        }
    }

    #[test]
    fn numbers_are_written_with_the_languages_marks() {
        assert_eq!(Quantity(123_450).format(Locale::Vi), "1.234,5");
        assert_eq!(Quantity(123_456).format(Locale::En), "1,234.56");
        assert_eq!(Quantity(-5).format(Locale::Vi), "-0,05");
        assert_eq!(Quantity::whole(70).format(Locale::Vi), "70");
    }
}
