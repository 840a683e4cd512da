//! What must hold of text, points, fractions, orders and the ledger, whatever comes in.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rules::id::{ContestId, UserId};
use rules::judging::OrderList;
use rules::ledger::{Hash32, LedgerRow, Unsealed, canonical_json, verify_chain};
use rules::points::{Fraction, Points};
use rules::text::{self, Locale};
use rules::time::{format_date, parse_date};
use serde_json::{Value, json};
use uuid::Uuid;

fn vietnamese() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[a-zđăâêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ]{0,40}"
    ]
}

fn chain(bodies: &[Value]) -> Vec<LedgerRow> {
    let mut prev = Hash32::ZERO;
    let mut rows = Vec::new();
    for (index, body) in bodies.iter().enumerate() {
        let event = Unsealed {
            contest: ContestId(Uuid::from_u128(7)),
            seq: index as i64 + 1,
            at: chrono::DateTime::from_timestamp_micros(1_700_000_000_000_000 + index as i64).unwrap(),
            actor: (index % 2 == 0).then(|| UserId(Uuid::from_u128(index as u128))),
            kind: "scorecard_submitted".to_owned(),
            body: body.clone(),
        };
        let row = event.seal(prev).unwrap();
        prev = row.hash;
        rows.push(row);
    }
    rows
}

proptest! {
    #[test]
    fn nfc_and_fold_are_idempotent(typed in vietnamese()) {
        let nfc = text::nfc(&typed);
        prop_assert_eq!(text::nfc(&nfc), nfc.clone());
        let folded = text::fold(&typed);
        prop_assert_eq!(text::fold(&folded), folded.clone());
        prop_assert_eq!(text::fold(&nfc), folded);
        let line = text::one_line(&typed);
        prop_assert_eq!(text::one_line(&line), line);
        if let Ok(clean) = text::clean_text(&typed, 1000) {
            prop_assert_eq!(text::clean_text(&clean, 1000), Ok(clean.clone()));
        }
    }

    #[test]
    fn slugs_hold_only_letters_digits_and_single_dashes(typed in vietnamese()) {
        let slug = text::slug(&typed);
        prop_assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", slug);
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"), "{}", slug);
    }

    #[test]
    fn points_survive_both_ways_of_writing_them(hundredths in -10_000_000_i64..10_000_000) {
        let points = Points(hundredths);
        for (locale, least) in [(Locale::Vi, 0), (Locale::Vi, 2), (Locale::En, 1)] {
            prop_assert_eq!(Points::parse(&points.format(locale, least)), Ok(points));
        }
        let wire = serde_json::to_string(&points).unwrap();
        prop_assert_eq!(serde_json::from_str::<Points>(&wire).unwrap(), points);
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(typed in "\\PC{0,20}") {
        let _ = Points::parse(&typed);
        let _ = typed.parse::<Fraction>();
        let _ = parse_date(&typed);
        let _ = text::parse_decimal(&typed, Locale::Vi);
        let _ = text::name_sort_key(&typed);
        let _ = rules::results::DocumentNumber::parse(&typed);
    }

    #[test]
    fn fractions_compare_and_round_like_whole_numbers(a in -10_000_i64..10_000, b in 1_i64..500, c in -10_000_i64..10_000, d in 1_i64..500) {
        let left = Fraction::new(i128::from(a), i128::from(b)).unwrap();
        let right = Fraction::new(i128::from(c), i128::from(d)).unwrap();
        prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        prop_assert_eq!(left.to_string().parse::<Fraction>(), Ok(left));
        // half-up: the rounded value is at most half a hundredth away
        let rounded = left.round_half_up(2).0;
        prop_assert!((rounded * b - a * 100).abs() * 2 <= b);
        prop_assert_eq!(left.to_decimals(2).parse::<Points>(), Ok(Points(rounded)));
    }

    #[test]
    fn dates_are_read_as_they_are_written(days in 0_u64..40_000) {
        let date = chrono::NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(days);
        prop_assert_eq!(parse_date(&format_date(date)), Some(date));
        prop_assert_eq!(parse_date(&date.to_string()), Some(date));
    }

    #[test]
    fn order_operations_keep_every_entry_once(
        sizes in prop::collection::vec(1_usize..4, 1..6),
        moves in prop::collection::vec((0_usize..20, 0_usize..20, 0_u8..5), 0..12),
    ) {
        let mut next = 0..100_u32;
        let tiers = sizes.iter().map(|size| next.by_ref().take(*size).collect()).collect();
        let mut list = OrderList { tiers };
        let all: BTreeSet<u32> = list.entries().copied().collect();
        for (from, to, kind) in moves {
            let count = list.len();
            let entry = *list.entries().nth(from % count).unwrap();
            let before = list.place(&entry).unwrap();
            list = match kind {
                0 => list.move_item(from % count, to),
                1 => list.set_position(&entry, to),
                2 => list.move_up(&entry),
                3 => list.move_down(&entry),
                _ => list.tie_with_above(&entry),
            };
            let after = list.place(&entry).unwrap();
            match kind {
                2 | 4 => prop_assert!(after <= before),
                3 => prop_assert!(after >= before),
                _ => {}
            }
            prop_assert_eq!(list.len(), count);
            prop_assert_eq!(list.entries().copied().collect::<BTreeSet<u32>>(), all.clone());
            prop_assert!(list.tiers.iter().all(|tier| !tier.is_empty()));
        }
    }

    #[test]
    fn a_strict_list_moves_an_entry_exactly_where_it_is_dropped(count in 1_usize..12, from in 0_usize..12, to in 0_usize..12) {
        let (from, to) = (from % count, to % count);
        let moved = OrderList::strict(0..count).move_item(from, to);
        let mut plain: Vec<usize> = (0..count).collect();
        let entry = plain.remove(from);
        plain.insert(to, entry);
        prop_assert_eq!(moved.entries().copied().collect::<Vec<_>>(), plain);
    }

    #[test]
    fn canonical_json_does_not_depend_on_the_order_of_keys(keys in prop::collection::vec("[a-zđ\"\\\\]{1,5}", 1..6), value in any::<i64>()) {
        let object = |keys: Vec<&String>| Value::Object(keys.into_iter().map(|key| (key.clone(), json!(value))).collect());
        let forwards = object(keys.iter().collect());
        let backwards = object(keys.iter().rev().collect());
        prop_assert_eq!(canonical_json(&forwards), canonical_json(&backwards));
    }

    #[test]
    fn a_changed_byte_anywhere_in_the_ledger_is_found(
        texts in prop::collection::vec("[a-zđ ]{1,12}", 1..6),
        place in any::<prop::sample::Index>(),
        flip in 1_u8..=255,
    ) {
        let bodies: Vec<Value> = texts.iter().map(|text| json!({ "comment": text, "scores": { "TC1": "16.5" } })).collect();
        let rows = chain(&bodies);
        prop_assert_eq!(verify_chain(&rows), Ok(rows.last().unwrap().hash));

        let mut bytes = serde_json::to_vec(&rows).unwrap();
        let place = place.index(bytes.len());
        bytes[place] ^= flip;
        // a flip may leave no JSON at all, which is found as well; one that reads back the same changed nothing
        if let Ok(read) = serde_json::from_slice::<Vec<LedgerRow>>(&bytes)
            && read != rows
        {
            prop_assert!(verify_chain(&read).is_err());
        }
    }

    #[test]
    fn a_dropped_swapped_or_repeated_event_is_found(count in 3_usize..8, at in any::<prop::sample::Index>()) {
        let bodies: Vec<Value> = (0..count).map(|index| json!(index)).collect();
        let rows = chain(&bodies);
        let at = at.index(count - 1);
        let mut dropped = rows.clone();
        dropped.remove(at);
        prop_assert!(verify_chain(&dropped).is_err());
        let mut swapped = rows.clone();
        swapped.swap(at, at + 1);
        prop_assert!(verify_chain(&swapped).is_err());
        let mut repeated = rows.clone();
        repeated.insert(at, rows[at].clone());
        prop_assert!(verify_chain(&repeated).is_err());
    }
}

#[test]
fn floats_have_no_canonical_form() {
    assert!(canonical_json(&json!({ "total": 7.5 })).is_err());
    assert_eq!(
        canonical_json(&json!({ "b": [1, null], "a": "đ" })).unwrap(),
        "{\"a\":\"đ\",\"b\":[1,null]}".as_bytes()
    );
}
