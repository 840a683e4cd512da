//! A moment as precise as its source says, and no more (S4 ).

use std::cmp::Ordering;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Timestamp, Zone, format_date, format_datetime, month_name};
use crate::text::Locale;

/// Part of a month as plans name it: đầu, giữa, cuối tháng.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthPart {
    Early,
    Mid,
    Late,
}

/// A milestone or deadline with the precision of its plan. A month never turns into a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "precision", content = "at", rename_all = "snake_case")]
pub enum When {
    /// On a day.
    Day(NaiveDate),
    /// "đến hết ngày": the whole day still counts.
    EndOfDay(NaiveDate),
    /// To the minute, in UTC.
    Instant(Timestamp),
    /// "trong tháng 12/2023".
    Month { year: i32, month: u32 },
    /// "cuối tháng 11/2023".
    MonthPart { year: i32, month: u32, part: MonthPart },
}

impl When {
    /// The last instant still in time. `None` for months: they are no machine deadline.
    pub fn ends_at(&self, zone: &Zone) -> Option<Timestamp> {
        match self {
            When::Day(date) | When::EndOfDay(date) => {
                let next = date.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN);
                zone.instant(next)?.checked_sub_signed(TimeDelta::microseconds(1))
            }
            When::Instant(at) => Some(*at),
            When::Month { .. } | When::MonthPart { .. } => None,
        }
    }

    /// The first instant meant. `None` for months.
    pub fn starts_at(&self, zone: &Zone) -> Option<Timestamp> {
        match self {
            When::Day(date) | When::EndOfDay(date) => zone.instant(date.and_time(NaiveTime::MIN)),
            When::Instant(at) => Some(*at),
            When::Month { .. } | When::MonthPart { .. } => None,
        }
    }

    /// Whether `now` is past the last instant; never so for months.
    pub fn is_over(&self, now: Timestamp, zone: &Zone) -> bool {
        self.ends_at(zone).is_some_and(|end| now > end)
    }

    /// Order of milestones on a page. Within one month: its early part, its days, the month itself, its late part.
    pub fn display_cmp(&self, other: &When, zone: &Zone) -> Ordering {
        self.display_key(zone).cmp(&other.display_key(zone))
    }

    fn display_key(&self, zone: &Zone) -> (NaiveDate, u8, Option<Timestamp>) {
        let nominal = |year: i32, month: u32, day: u32| {
            NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX)
        };
        match *self {
            When::Instant(at) => (zone.date(at), 1, Some(at)),
            When::Day(date) => (date, 0, None),
            When::EndOfDay(date) => (date, 2, None),
            When::Month { year, month } => (nominal(year, month, 28), 3, None),
            When::MonthPart { year, month, part } => match part {
                MonthPart::Early => (nominal(year, month, 1), 0, None),
                MonthPart::Mid => (nominal(year, month, 15), 3, None),
                MonthPart::Late => (nominal(year, month, 28), 4, None),
            },
        }
    }

    /// The month is a month of the calendar; days and instants always are.
    pub fn is_valid(&self) -> bool {
        match *self {
            When::Month { year, month } | When::MonthPart { year, month, .. } => {
                (1..=12).contains(&month) && (1900..=9999).contains(&year)
            }
            When::Day(_) | When::EndOfDay(_) | When::Instant(_) => true,
        }
    }

    /// In words: `đến hết ngày 13/10/2023`, `cuối tháng 11/2023`, `30/09/2025 17:00, giờ Việt Nam (UTC+7)`.
    pub fn format(&self, locale: Locale, zone: &Zone) -> String {
        match (*self, locale) {
            (When::Day(date), _) => format_date(date),
            (When::EndOfDay(date), Locale::Vi) => format!("đến hết ngày {}", format_date(date)),
            (When::EndOfDay(date), Locale::En) => format!("until the end of {}", format_date(date)),
            (When::Instant(at), _) => format!("{}, {}", format_datetime(at, zone), zone.label(locale)),
            (When::Month { year, month }, Locale::Vi) => format!("trong tháng {month:02}/{year}"),
            (When::Month { year, month }, Locale::En) => format!("during {} {year}", month_name(month)),
            (When::MonthPart { year, month, part }, Locale::Vi) => {
                let part = match part {
                    MonthPart::Early => "đầu",
                    MonthPart::Mid => "giữa",
                    MonthPart::Late => "cuối",
                };
                format!("{part} tháng {month:02}/{year}")
            }
            (When::MonthPart { year, month, part }, Locale::En) => {
                let part = match part {
                    MonthPart::Early => "early",
                    MonthPart::Mid => "mid",
                    MonthPart::Late => "late",
                };
                format!("{part} {} {year}", month_name(month))
            }
        }
    }
}
