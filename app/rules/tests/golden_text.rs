//! Every case of the text fixtures.

use rules::text::{self, Locale};
use rules::time::{self, When, Zone};
use serde_json::Value;

fn fixtures() -> Value {
    serde_json::from_str(include_str!("data/vi_text_fixtures.json")).unwrap()
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(string).collect()
}

#[test]
fn nfd_input_becomes_nfc() {
    let cases = fixtures()["normalise"].clone();
    assert_eq!(cases.as_array().unwrap().len(), 4);
    for case in cases.as_array().unwrap() {
        let points = strings(&case["nfd_codepoints"]);
        let nfd: String = points
            .iter()
            .map(|point| char::from_u32(u32::from_str_radix(&point[2..], 16).unwrap()).unwrap())
            .collect();
        assert_ne!(nfd, string(&case["nfc"]));
        assert_eq!(text::nfc(&nfd), string(&case["nfc"]));
        assert_eq!(text::one_line(&nfd), string(&case["nfc"]));
    }
}

#[test]
fn search_folds_diacritics_case_and_tone_placement() {
    let fixtures = fixtures();
    for case in fixtures["fold_for_search"]["cases"].as_array().unwrap() {
        assert_eq!(text::fold(string(&case["in"])), string(&case["out"]));
    }
    for pair in fixtures["tone_placement_variants"].as_array().unwrap() {
        let pair = strings(pair);
        assert_ne!(pair[0], pair[1]);
        assert_eq!(text::fold(pair[0]), text::fold(pair[1]));
    }
    assert!(text::matches(
        "Ban quản lý Khu kinh tế tỉnh Quảng Trị",
        "quang tri KHU"
    ));
    assert!(!text::matches("Ban quản lý Khu kinh tế", "cong nghiep"));
}

#[test]
fn slugs_are_ascii() {
    for case in fixtures()["slug"].as_array().unwrap() {
        assert_eq!(text::slug(string(&case["in"])), string(&case["out"]));
    }
}

#[test]
fn words_sort_as_in_a_vietnamese_dictionary() {
    let fixtures = fixtures();
    let collation = &fixtures["collation"];
    let letters: Vec<&str> = string(&collation["letter_order"]).split(' ').collect();
    for sorted in [
        letters,
        strings(&collation["tone_order"]),
        strings(&collation["sorted"]),
    ] {
        let mut words = sorted.clone();
        words.reverse();
        words.sort_by(|a, b| text::compare(a, b));
        assert_eq!(words, sorted);
    }
}

#[test]
fn people_sort_by_given_name_first() {
    let fixtures = fixtures();
    let mut names = strings(&fixtures["name_sort"]["input"]);
    names.sort_by(|a, b| text::compare_names(a, b));
    assert_eq!(names, strings(&fixtures["name_sort"]["expect"]));

    let mut by_key = strings(&fixtures["name_sort"]["input"]);
    by_key.sort_by_key(|name| text::name_sort_key(name));
    assert_eq!(by_key, names);
    assert!(text::name_sort_key("Đặng Văn Ân").is_ascii());
}

#[test]
fn numbers_are_shown_with_comma_and_dot() {
    let fixtures = fixtures();
    for case in fixtures["numbers"]["cases"].as_array().unwrap() {
        let value = string(&case["value"]);
        let shown = text::format_decimal(value, Locale::Vi).unwrap();
        let suffix = case["suffix"].as_str().unwrap_or_default();
        assert_eq!(format!("{shown}{suffix}"), string(&case["display"]));
        assert_eq!(text::parse_decimal(&shown, Locale::Vi).as_deref(), Some(value));
    }
    // the parse trap: a dot groups thousands in Vietnamese
    assert_eq!(text::parse_decimal("1.234", Locale::Vi).as_deref(), Some("1234"));
    assert_eq!(text::parse_decimal("1.23", Locale::Vi), None);
    assert_eq!(text::format_money(7_000_000, Locale::Vi), "7.000.000 đồng");
    assert_eq!(text::pad_count(1), "01");
}

#[test]
fn dates_are_padded_and_end_of_day_includes_the_day() {
    let fixtures = fixtures();
    let dates = &fixtures["dates"];
    let date = time::parse_date(string(&dates["iso"])).unwrap();
    assert_eq!(time::format_date(date), string(&dates["display"]));
    assert_eq!(time::parse_date(string(&dates["display"])), Some(date));
    let zone = Zone::default();
    assert_eq!(zone.name, string(&dates["tz"]));

    let words = string(&dates["words"]);
    for typed in ["16/03/2023", "08/09/2021"] {
        let line = time::format_date_words(time::parse_date(typed).unwrap());
        assert!(words.contains(&line), "{line}");
    }

    let (said, instant) = string(&dates["end_of_day"]).split_once(" = ").unwrap();
    let deadline = When::EndOfDay(time::parse_date("13/10/2023").unwrap());
    assert_eq!(deadline.format(Locale::Vi, &zone), said);
    // the fixture stops at milliseconds; the stored precision is a microsecond
    let end = deadline.ends_at(&zone).unwrap();
    let fixture: chrono::DateTime<chrono::FixedOffset> = instant.parse().unwrap();
    assert_eq!(end.timestamp_millis(), fixture.timestamp_millis());
    assert_eq!(end.timestamp_micros() % 1_000_000, 999_999);
}

#[test]
fn weekdays_start_on_monday() {
    let monday = time::parse_date("21/03/2022").unwrap();
    let week: Vec<&str> = (0..7)
        .map(|day| time::weekday_name(time::weekday(monday + chrono::Days::new(day)), Locale::Vi))
        .collect();
    assert_eq!(week, strings(&fixtures()["weekdays"]));
}
