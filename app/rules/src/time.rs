//! Time as a parameter: instants in UTC, a contest's zone beside them, and milestones no more precise than their plan.

mod format;
mod when;

pub use format::{
    format_date, format_date_words, format_datetime, format_time, month_name, parse_date, weekday,
    weekday_name,
};
pub use when::{MonthPart, When};

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use crate::text::Locale;

/// An instant. Stored to the microsecond; the rules never read a clock.
pub type Timestamp = chrono::DateTime<Utc>;

/// The zone a contest's dates are meant in. Vietnam has one, without daylight saving, so an offset is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// IANA name.
    pub name: String,
    /// Minutes east of UTC.
    pub offset_minutes: i32,
    /// How a deadline names the zone in Vietnamese.
    pub label: String,
}

impl Default for Zone {
    fn default() -> Self {
        Self {
            name: "Asia/Ho_Chi_Minh".into(),
            offset_minutes: 420,
            label: "giờ Việt Nam (UTC+7)".into(),
        }
    }
}

impl Zone {
    /// The offset; UTC where the stored minutes are out of range.
    pub fn offset(&self) -> FixedOffset {
        FixedOffset::east_opt(self.offset_minutes.saturating_mul(60))
            .unwrap_or_else(|| FixedOffset::east_opt(0).expect("zero is in the range of offsets"))
    }

    /// The wall clock in this zone at an instant.
    pub fn local(&self, at: Timestamp) -> NaiveDateTime {
        at.with_timezone(&self.offset()).naive_local()
    }

    /// The calendar day in this zone at an instant.
    pub fn date(&self, at: Timestamp) -> NaiveDate {
        self.local(at).date()
    }

    /// The instant a wall clock of this zone shows. `None` outside the calendar.
    pub fn instant(&self, local: NaiveDateTime) -> Option<Timestamp> {
        self.offset()
            .from_local_datetime(&local)
            .single()
            .map(|at| at.with_timezone(&Utc))
    }

    /// How a deadline names the zone.
    pub fn label(&self, locale: Locale) -> String {
        match locale {
            Locale::Vi => self.label.clone(),
            Locale::En if self.name == "Asia/Ho_Chi_Minh" => "Vietnam time (UTC+7)".into(),
            Locale::En => self.utc_label(),
        }
    }

    fn utc_label(&self) -> String {
        let (hours, minutes) = (self.offset_minutes.abs() / 60, self.offset_minutes.abs() % 60);
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        if minutes == 0 {
            format!("UTC{sign}{hours}")
        } else {
            format!("UTC{sign}{hours}:{minutes:02}")
        }
    }
}
