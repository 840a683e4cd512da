//! Milestones of every precision, by example.

use rules::text::Locale;
use rules::time::{MonthPart, When, Zone, parse_date};
use serde_json::json;

fn at(text: &str) -> rules::time::Timestamp {
    text.parse::<chrono::DateTime<chrono::FixedOffset>>()
        .unwrap()
        .to_utc()
}

#[test]
fn a_deadline_includes_its_last_instant() {
    let zone = Zone::default();
    let minute = When::Instant(at("2025-09-30T17:00:00+07:00"));
    assert!(!minute.is_over(at("2025-09-30T17:00:00+07:00"), &zone));
    assert!(
        minute.is_over(at("2025-09-30T17:02:11+07:00"), &zone),
        "the late entry of the demo contest"
    );

    let day = When::EndOfDay(parse_date("13/10/2023").unwrap());
    assert_eq!(day.ends_at(&zone), Some(at("2023-10-13T23:59:59.999999+07:00")));
    assert_eq!(day.starts_at(&zone), Some(at("2023-10-13T00:00:00+07:00")));
    assert!(!day.is_over(at("2023-10-13T23:59:59+07:00"), &zone));
    assert!(day.is_over(at("2023-10-14T00:00:00+07:00"), &zone));
}

#[test]
fn a_month_is_never_a_machine_deadline() {
    let zone = Zone::default();
    let month = When::Month {
        year: 2023,
        month: 12,
    };
    let late = When::MonthPart {
        year: 2023,
        month: 11,
        part: MonthPart::Late,
    };
    for when in [month, late] {
        assert_eq!((when.ends_at(&zone), when.starts_at(&zone)), (None, None));
        assert!(!when.is_over(at("2030-01-01T00:00:00Z"), &zone));
    }
    assert_eq!(month.format(Locale::Vi, &zone), "trong tháng 12/2023");
    assert_eq!(late.format(Locale::Vi, &zone), "cuối tháng 11/2023");
    assert_eq!(late.format(Locale::En, &zone), "late November 2023");
    assert!(
        !When::Month {
            year: 2023,
            month: 13
        }
        .is_valid()
    );
}

#[test]
fn instants_are_shown_with_their_zone() {
    let minute = When::Instant(at("2025-09-30T10:00:00Z"));
    let zone = Zone::default();
    assert_eq!(
        minute.format(Locale::Vi, &zone),
        "30/09/2025 17:00, giờ Việt Nam (UTC+7)"
    );
    assert_eq!(
        minute.format(Locale::En, &zone),
        "30/09/2025 17:00, Vietnam time (UTC+7)"
    );
    let other = Zone {
        name: "Asia/Kolkata".into(),
        offset_minutes: 330,
        label: "giờ Ấn Độ".into(),
    };
    assert_eq!(minute.format(Locale::En, &other), "30/09/2025 15:30, UTC+5:30");
}

#[test]
fn milestones_line_up_whatever_their_precision() {
    let zone = Zone::default();
    let day = |text| parse_date(text).unwrap();
    let in_order = [
        When::MonthPart {
            year: 2023,
            month: 10,
            part: MonthPart::Early,
        },
        When::Instant(at("2023-10-13T08:00:00+07:00")),
        When::EndOfDay(day("13/10/2023")),
        When::MonthPart {
            year: 2023,
            month: 10,
            part: MonthPart::Late,
        },
        When::MonthPart {
            year: 2023,
            month: 11,
            part: MonthPart::Late,
        },
        When::Day(day("01/12/2023")),
        When::Month {
            year: 2023,
            month: 12,
        },
    ];
    let mut mixed = in_order;
    mixed.reverse();
    mixed.sort_by(|a, b| a.display_cmp(b, &zone));
    assert_eq!(mixed, in_order);
}

#[test]
fn precision_survives_the_wire() {
    let when = When::MonthPart {
        year: 2023,
        month: 11,
        part: MonthPart::Late,
    };
    let wire = json!({ "precision": "month_part", "at": { "year": 2023, "month": 11, "part": "late" } });
    assert_eq!(serde_json::to_value(when).unwrap(), wire);
    assert_eq!(serde_json::from_value::<When>(wire).unwrap(), when);
    let day = When::EndOfDay(parse_date("13/10/2023").unwrap());
    assert_eq!(
        serde_json::to_value(day).unwrap(),
        json!({ "precision": "end_of_day", "at": "2023-10-13" })
    );
}
