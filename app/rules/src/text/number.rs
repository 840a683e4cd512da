//! Numbers as text. Values travel as digits, never as floats.

use super::Locale;

/// `3.326.674`.
pub fn format_integer(value: i64, locale: Locale) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", group(&value.unsigned_abs().to_string(), locale))
}

/// A plain decimal text (`1234567.891`) with the locale's marks: `1.234.567,891`. `None` if it is no plain decimal.
pub fn format_decimal(value: &str, locale: Locale) -> Option<String> {
    let (sign, digits) = split_sign(value);
    let (whole, decimals) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    if !is_digits(whole) || !decimals.is_none_or(is_digits) {
        return None;
    }
    let decimals = decimals.map(|digits| format!("{}{digits}", locale.decimal_mark()));
    Some(format!(
        "{sign}{}{}",
        group(whole, locale),
        decimals.unwrap_or_default()
    ))
}

/// Reads a number written in the locale into a plain decimal text. In Vietnamese `1.234` is 1234 and `97,5` is 97.5;
/// group marks must stand before each group of three.
pub fn parse_decimal(text: &str, locale: Locale) -> Option<String> {
    let (sign, digits) = split_sign(text.trim());
    let (whole, decimals) = digits
        .split_once(locale.decimal_mark())
        .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    if !decimals.is_none_or(is_digits) {
        return None;
    }
    let groups: Vec<&str> = whole.split(locale.group_mark()).collect();
    let (first, rest) = groups.split_first()?;
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    if !grouped || !groups.iter().all(|group| is_digits(group)) {
        return None;
    }
    let decimals = decimals.map(|digits| format!(".{digits}")).unwrap_or_default();
    Some(format!("{sign}{}{decimals}", groups.concat()))
}

/// `7.000.000 đồng`, `7,000,000 VND`.
pub fn format_money(dong: i64, locale: Locale) -> String {
    let unit = match locale {
        Locale::Vi => "đồng",
        Locale::En => "VND",
    };
    format!("{} {unit}", format_integer(dong, locale))
}

/// Counts under 10 take a leading zero in official text: `01 bài dự thi` (S4).
pub fn pad_count(count: i64) -> String {
    format!("{count:02}")
}

fn split_sign(text: &str) -> (&'static str, &str) {
    text.strip_prefix('-').map_or(("", text), |rest| ("-", rest))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn group(digits: &str, locale: Locale) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(locale.group_mark());
        }
        grouped.push(digit);
    }
    grouped
}
