//! Dates as Vietnamese readers write them, formatted by hand: library short dates drop the leading zero.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::{Timestamp, Zone};
use crate::text::Locale;

/// `13/10/2023`.
pub fn format_date(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `17:05`.
pub fn format_time(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `13/10/2023 17:05` on the zone's wall clock. Deadlines add [`Zone::label`].
pub fn format_datetime(at: Timestamp, zone: &Zone) -> String {
    let local = zone.local(at);
    format!("{} {}", format_date(local.date()), format_time(local.time()))
}

/// The date line of an official document: days under 10 and months 1 and 2 take a zero (NĐ 30/2020):
/// `ngày 08 tháng 9 năm 2021`.
pub fn format_date_words(date: NaiveDate) -> String {
    let month = if date.month() <= 2 {
        format!("{:02}", date.month())
    } else {
        date.month().to_string()
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// The weekday of a date.
pub fn weekday(date: NaiveDate) -> Weekday {
    date.weekday()
}

/// `Thứ Hai` … `Chủ nhật`, `Monday` … `Sunday`.
pub fn weekday_name(day: Weekday, locale: Locale) -> &'static str {
    const VI: [&str; 7] = [
        "Thứ Hai",
        "Thứ Ba",
        "Thứ Tư",
        "Thứ Năm",
        "Thứ Sáu",
        "Thứ Bảy",
        "Chủ nhật",
    ];
    const EN: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let names = match locale {
        Locale::Vi => VI,
        Locale::En => EN,
    };
    names[day.num_days_from_monday() as usize]
}

/// English name of a month 1–12; empty for any other number.
pub fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    month
        .checked_sub(1)
        .and_then(|index| NAMES.get(index as usize))
        .copied()
        .unwrap_or_default()
}

/// Reads `13/10/2023`, `8/9/2021`, `13-10-2023` or `2023-10-13`. `None` for anything else and for no such day.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.trim().split(['/', '-']).collect();
    let [first, second, third] = parts[..] else {
        return None;
    };
    let digits =
        |part: &str| part.len() <= 4 && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if ![first, second, third].into_iter().all(digits) {
        return None;
    }
    let (year, month, day) = match (first.len(), third.len()) {
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) => (third, second, first),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
