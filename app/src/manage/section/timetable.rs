//! Milestones, each as precise as the plan says and no more: the precision is chosen, then only its own
//! fields count.

use chrono::{Datelike, NaiveDate, NaiveTime};
use contract::FieldProblem;
use rules::contest::{Grace, Milestone, MilestoneCode, Timetable};
use rules::time::{MonthPart, When, Zone, format_time};

use crate::manage::fields::{Fields, Reader};

/// Longest remark, in characters; the service's own limit, checked here because it numbers milestones differently.
const NOTE: usize = 1000;

/// A milestone as its fields name it.
pub const fn milestone_value(code: MilestoneCode) -> &'static str {
    match code {
        MilestoneCode::Launch => "launch",
        MilestoneCode::SubmissionDeadline => "submission_deadline",
        MilestoneCode::UnitForwardDeadline => "unit_forward_deadline",
        MilestoneCode::MarkingDone => "marking_done",
        MilestoneCode::AnnounceAndAward => "announce_and_award",
    }
}

fn part_value(part: MonthPart) -> &'static str {
    match part {
        MonthPart::Early => "early",
        MonthPart::Mid => "mid",
        MonthPart::Late => "late",
    }
}

pub(super) fn write(timetable: &Timetable, fields: &mut Fields) {
    fields.set("grace_minutes", timetable.grace.minutes.to_string());
    fields.tick("grace_forwarding", timetable.grace.forwarding);
    for milestone in &timetable.milestones {
        let at = format!("milestones.{}", milestone_value(milestone.code));
        let month = |year: i32, month: u32| format!("{year:04}-{month:02}");
        let (precision, field, value) = match milestone.when {
            When::Day(day) => ("day", "date", day.to_string()),
            When::EndOfDay(day) => ("end_of_day", "date", day.to_string()),
            When::Instant(instant) => {
                let local = timetable.zone.local(instant);
                fields.set(format!("{at}.time"), format_time(local.time()));
                ("instant", "date", local.date().to_string())
            }
            When::Month { year, month: m } => ("month", "month", month(year, m)),
            When::MonthPart { year, month: m, part } => (part_value(part), "month", month(year, m)),
        };
        fields.set(format!("{at}.precision"), precision);
        fields.set(format!("{at}.{field}"), value);
        fields.set(format!("{at}.note"), milestone.note.as_str());
    }
}

pub(super) fn read(r: &mut Reader<'_>, stored: &Timetable) -> Timetable {
    let zone = stored.zone.clone();
    let mut milestones = Vec::new();
    for code in MilestoneCode::ALL {
        let at = format!("milestones.{}", milestone_value(code));
        let Some(when) = when(r, &at, &zone) else { continue };
        let note = r.text(&format!("{at}.note"));
        if note.chars().count() > NOTE {
            r.refuse(&format!("{at}.note"), FieldProblem::TooLong { max: NOTE as u32 });
        }
        milestones.push(Milestone { code, when, note });
    }
    let grace = Grace {
        minutes: r.whole("grace_minutes"),
        forwarding: r.fields().is_on("grace_forwarding"),
    };
    Timetable {
        zone,
        milestones,
        grace,
    }
}

/// The moment typed; `None` where none is set, or where something was refused.
fn when(r: &mut Reader<'_>, at: &str, zone: &Zone) -> Option<When> {
    let precision = r.fields().get(&format!("{at}.precision"));
    match precision {
        "day" => day(r, at).map(When::Day),
        "end_of_day" => day(r, at).map(When::EndOfDay),
        "instant" => {
            let (day, time) = (day(r, at), time(r, at));
            zone.instant(day?.and_time(time?)).map(When::Instant)
        }
        "month" => month(r, at).map(|(year, month)| When::Month { year, month }),
        "early" | "mid" | "late" => {
            let part = match precision {
                "early" => MonthPart::Early,
                "mid" => MonthPart::Mid,
                _ => MonthPart::Late,
            };
            month(r, at).map(|(year, month)| When::MonthPart { year, month, part })
        }
        _ => None,
    }
}

fn day(r: &mut Reader<'_>, at: &str) -> Option<NaiveDate> {
    let key = format!("{at}.date");
    if r.fields().get(&key).trim().is_empty() {
        r.refuse(&key, FieldProblem::Missing);
        return None;
    }
    r.date(&key)
}

fn time(r: &mut Reader<'_>, at: &str) -> Option<NaiveTime> {
    let key = format!("{at}.time");
    let typed = r.fields().get(&key).trim();
    let parts = typed.split_once(':').and_then(|(hour, rest)| {
        let minute = rest.split(':').next()?;
        NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
    });
    if parts.is_none() {
        r.refuse(
            &key,
            if typed.is_empty() {
                FieldProblem::Missing
            } else {
                FieldProblem::Malformed
            },
        );
    }
    parts
}

/// `2023-11`, `11/2023` or `11-2023`: browsers without a month picker leave it to the person.
fn month(r: &mut Reader<'_>, at: &str) -> Option<(i32, u32)> {
    let key = format!("{at}.month");
    let typed = r.fields().get(&key).trim();
    let parts = typed.split_once(['-', '/']).and_then(|(first, second)| {
        let (year, month) = if first.len() == 4 {
            (first, second)
        } else {
            (second, first)
        };
        let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
        (1900..=9999)
            .contains(&day.year())
            .then(|| (day.year(), day.month()))
    });
    if parts.is_none() {
        r.refuse(
            &key,
            if typed.is_empty() {
                FieldProblem::Missing
            } else {
                FieldProblem::NotADate
            },
        );
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Error, FieldError};

    fn typed(pairs: &[(&str, &str)]) -> Result<Timetable, Error> {
        let mut fields = Fields::default();
        for (key, value) in pairs {
            fields.set(format!("milestones.launch.{key}"), *value);
        }
        let mut reader = Reader::new(&fields);
        let timetable = read(&mut reader, &Timetable::default());
        reader.finish(timetable)
    }

    #[test]
    fn a_wall_clock_is_meant_in_the_contest_zone() {
        let timetable = typed(&[
            ("precision", "instant"),
            ("date", "30/09/2025"),
            ("time", "17:00"),
        ])
        .expect("a timetable");
        let at = "2025-09-30T10:00:00Z".parse().expect("an instant");
        assert_eq!(timetable.milestones[0].when, When::Instant(at));
    }

    #[test]
    fn only_the_fields_of_the_precision_count() {
        let when = |pairs: &[(&str, &str)]| typed(pairs).map(|t| t.milestones.first().map(|m| m.when));
        assert_eq!(when(&[("precision", ""), ("date", "nonsense")]), Ok(None));
        let late = When::MonthPart {
            year: 2023,
            month: 11,
            part: MonthPart::Late,
        };
        assert_eq!(
            when(&[("precision", "late"), ("month", "11/2023"), ("date", "x")]),
            Ok(Some(late))
        );
    }

    #[test]
    fn missing_and_impossible_moments_are_refused_beside_their_field() {
        let refused = |field: &str, problem| {
            Err(Error::Invalid(vec![FieldError::new(
                format!("milestones.launch.{field}"),
                problem,
            )]))
        };
        assert_eq!(
            typed(&[("precision", "day")]),
            refused("date", FieldProblem::Missing)
        );
        assert_eq!(
            typed(&[("precision", "day"), ("date", "31/02/2023")]),
            refused("date", FieldProblem::NotADate)
        );
        assert_eq!(
            typed(&[("precision", "month"), ("month", "13/2023")]),
            refused("month", FieldProblem::NotADate)
        );
        let late = typed(&[
            ("precision", "instant"),
            ("date", "2023-10-13"),
            ("time", "25:00"),
        ]);
        assert_eq!(late, refused("time", FieldProblem::Malformed));
    }
}
