//! The unit's desk: list and reserves, quota, comments of a return, the slip, what is left to do.

use std::collections::BTreeSet;

use rules::Violation;
use rules::contest::{UnitNode, UnitTree};
use rules::entry::{EntryContent, EntryField, Statement, StatementSection};
use rules::id::{EntryId, UnitId};
use rules::time::{Timestamp, Zone};
use rules::unit::{
    Desk, Quota, QuotaStanding, ReturnNote, Slip, SlipLine, Todo, UnitOrder, changed_since, field_from_key,
    field_key, note_fields, notes_hash, return_due, slip_code, todo,
};
use uuid::Uuid;

fn ids<const N: usize>() -> [EntryId; N] {
    std::array::from_fn(|index| EntryId(Uuid::from_u128(index as u128 + 1)))
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

#[test]
fn a_first_list_holds_as_many_as_the_quota_lets_through() {
    let [a, b, c] = ids();
    let order = UnitOrder::first(&[a, b, c], Some(2));
    assert_eq!((order.selected, order.reserves), (vec![a, b], vec![c]));
    assert_eq!(UnitOrder::first(&[a, b, c], None).reserves, []);
    assert_eq!(UnitOrder::first(&[a], Some(5)).selected, [a]);
    assert_eq!(UnitOrder::first(&[a, b], Some(0)).reserves, [a, b]);
}

#[test]
fn a_list_forgets_what_left_and_what_stands_twice() {
    let [a, b, c, d, e] = ids();
    let list = UnitOrder {
        selected: vec![b, a, b],
        reserves: vec![c, a, d],
    };
    let now = list.among(&BTreeSet::from([a, b, d, e]));
    assert_eq!(
        now,
        UnitOrder {
            selected: vec![b, a],
            reserves: vec![d]
        }
    );
    assert_eq!(now.unplaced(&[e, d, a]), [e]);
    assert_eq!(now.reserve_place(d), Some(1));
    assert_eq!(now.reserve_place(a), None);
    assert_eq!(
        now.without(&BTreeSet::from([a])),
        UnitOrder {
            selected: vec![b],
            reserves: vec![d]
        }
    );
}

#[test]
fn the_quota_warns_below_and_refuses_above() {
    let quota = Quota { min: 1, max: 3 };
    let standings = [0, 1, 2, 3, 5].map(|count| quota.standing(count));
    assert_eq!(
        standings,
        [
            QuotaStanding::Below { missing: 1 },
            QuotaStanding::Met,
            QuotaStanding::Met,
            QuotaStanding::Full,
            QuotaStanding::Over { by: 2 }
        ]
    );
    assert_eq!(Quota { min: 0, max: 0 }.standing(9), QuotaStanding::Free);
    assert_eq!(quota.admits(1, 2), Ok(()));
    // both slips count
    assert_eq!(quota.admits(2, 2), Err(Violation::OverQuota { max: 3 }));
    assert_eq!(
        quota.admits(u32::MAX, u32::MAX),
        Err(Violation::OverQuota { max: 3 })
    );
    assert_eq!(
        (quota.room(1), quota.room(7), Quota { min: 1, max: 0 }.room(9)),
        (Some(2), Some(0), None)
    );
}

#[test]
fn every_field_survives_a_form() {
    for field in note_fields() {
        assert_eq!(
            field_from_key(&field_key(&field)),
            Some(field.clone()),
            "{field:?}"
        );
    }
    assert_eq!(
        field_key(&EntryField::Section(StatementSection::Solution)),
        "section:solution"
    );
    assert_eq!(field_key(&EntryField::AuthorName(2)), "author_name:2");
    assert_eq!(field_from_key("author_name:2"), Some(EntryField::AuthorName(2)));
    for wrong in ["", "section", "section:x", "title:1", "x:y", "author_name:-1"] {
        assert_eq!(field_from_key(wrong), None, "{wrong}");
    }
}

#[test]
fn the_hash_of_comments_tells_every_letter_and_their_order() {
    let note = |field, text: &str| ReturnNote {
        field,
        text: text.into(),
    };
    let (a, b) = (
        note(EntryField::Title, "Ngắn hơn"),
        note(EntryField::Attachments, "Thiếu ảnh"),
    );
    let hash = |notes: &[ReturnNote]| notes_hash(notes).expect("text is canonical");
    assert_eq!(hash(&[a.clone(), b.clone()]), hash(&[a.clone(), b.clone()]));
    assert_ne!(hash(&[a.clone(), b.clone()]), hash(&[b, a.clone()]));
    assert_ne!(hash(&[a]), hash(&[note(EntryField::Title, "Ngắn hơn.")]));
}

#[test]
fn a_comment_is_mended_where_its_field_changed() {
    let before = EntryContent {
        title: "Tên cũ".into(),
        statement: Statement([(StatementSection::Effect, "Ít".into())].into()),
        ..EntryContent::default()
    };
    let after = EntryContent {
        statement: Statement([(StatementSection::Effect, "Rút 2 ngày".into())].into()),
        ..before.clone()
    };
    let changed = |field| changed_since(&field, &before, &after);
    assert_eq!(changed(EntryField::Section(StatementSection::Effect)), Some(true));
    assert_eq!(
        changed(EntryField::Section(StatementSection::Purpose)),
        Some(false)
    );
    assert_eq!(changed(EntryField::Title), Some(false));
    assert_eq!(changed(EntryField::Attachments), None);
}

#[test]
fn a_due_date_ends_with_the_units_deadline() {
    let zone = Zone::default();
    let deadline = at("2023-10-13T17:00:00+07:00");
    let due = |text: &str| return_due(Some(at(text)), Some(deadline), &zone);
    assert_eq!(
        due("2023-10-12T23:59:59+07:00"),
        Ok(Some(at("2023-10-12T23:59:59+07:00")))
    );
    // the last day is the deadline itself, which comes before that day ends
    assert_eq!(due("2023-10-13T23:59:59+07:00"), Ok(Some(deadline)));
    assert_eq!(
        due("2023-10-14T00:00:00+07:00"),
        Err(Violation::DueTooLate {
            deadline,
            zone: zone.clone()
        })
    );
    assert_eq!(return_due(None, Some(deadline), &zone), Ok(None));
    let far = Some(at("2030-01-01T00:00:00Z"));
    assert_eq!(return_due(far, None, &zone), Ok(far));
}

fn desk() -> Desk {
    Desk {
        quota: Quota { min: 2, max: 3 },
        drafts: 1,
        waiting: 0,
        returned: 0,
        overdue: 0,
        unplaced: 0,
        selected: 0,
        forwarded: 0,
        fallen: 0,
        reserves: 0,
        open: true,
    }
}

#[test]
fn the_most_pressing_thing_comes_first() {
    let busy = Desk {
        waiting: 2,
        returned: 3,
        overdue: 1,
        unplaced: 1,
        selected: 4,
        ..desk()
    };
    assert_eq!(
        todo(&busy),
        [
            Todo::Shorten { by: 1 },
            Todo::Look { count: 2 },
            Todo::Remind { count: 1 },
            Todo::Await { count: 2 },
            Todo::Place { count: 1 },
            Todo::Forward { count: 4 }
        ]
    );
    assert_eq!(
        todo(&desk()),
        [Todo::Fill {
            missing: 2,
            drafts: 1
        }]
    );
    let done = Desk {
        forwarded: 2,
        ..desk()
    };
    assert_eq!(todo(&done), [Todo::Done { forwarded: 2 }]);
    let fallen = Desk {
        forwarded: 2,
        fallen: 1,
        reserves: 2,
        ..desk()
    };
    assert_eq!(
        todo(&fallen),
        [Todo::Promote {
            fallen: 1,
            reserves: 2
        }]
    );
    let full = Desk {
        forwarded: 3,
        ..fallen
    };
    assert_eq!(
        todo(&full),
        [Todo::Done { forwarded: 3 }],
        "no reserve moves up beyond the quota"
    );
    let late = Desk {
        open: false,
        forwarded: 1,
        selected: 2,
        ..desk()
    };
    assert_eq!(todo(&late), [Todo::Missed { missing: 1 }]);
}

#[test]
fn a_slip_has_one_hash_and_a_code_that_sorts() {
    let [a] = ids();
    let slip = Slip {
        number: 7,
        code: slip_code("PT-2023", 7),
        turn: 1,
        contest_code: "PT-2023".into(),
        contest_name: "Cuộc thi".into(),
        unit_name: "Xã Phú Mỹ".into(),
        forwarded_at: at("2023-10-13T16:59:59.999999Z"),
        zone: Zone::default(),
        deadline: None,
        maker: "Người gửi".into(),
        maker_position: "Công chức".into(),
        quota: Quota { min: 1, max: 0 },
        forwarded_before: 0,
        lines: vec![SlipLine {
            rank: 1,
            entry: a,
            code: "PT-2023-001".into(),
            title: "Giải pháp".into(),
            authors: vec!["Tác Giả".into()],
            category_name: "Một cửa".into(),
            files: 2,
        }],
        reserves: Vec::new(),
    };
    assert_eq!(slip.code, "PG-PT-2023-007");
    let hash = slip.hash().expect("a slip is canonical");
    let json = serde_json::to_string(&slip).expect("JSON");
    let read: Slip = serde_json::from_str(&json).expect("a slip");
    assert_eq!(read.hash(), Ok(hash), "stored and read back it is the same slip");
    let mut other = slip;
    other.lines[0].rank = 2;
    assert_ne!(other.hash(), Ok(hash));
}

#[test]
fn a_silent_unit_is_asked_unless_another_forwards_for_it() {
    let unit = |number: u128| UnitId(Uuid::from_u128(number));
    let node = |number: u128, parent: Option<u128>| UnitNode {
        id: unit(number),
        parent: parent.map(unit),
        name: number.to_string(),
        short_name: number.to_string(),
        valid_from: None,
        valid_to: None,
    };
    // a province (1) with two districts (2, 3), a commune in each (4, 5), and a department (6)
    let tree = UnitTree::new([
        node(1, None),
        node(2, Some(1)),
        node(3, Some(1)),
        node(4, Some(2)),
        node(5, Some(3)),
        node(6, None),
    ]);
    let asked = |forwarding: &[u128], eligible: &[u128]| {
        let forwarding = forwarding.iter().copied().map(unit).collect();
        let eligible: Vec<UnitId> = eligible.iter().copied().map(unit).collect();
        let asked = tree.asked(&forwarding, &eligible);
        (1..=6_u128)
            .filter(|number| asked.contains(&unit(*number)))
            .collect::<Vec<_>>()
    };
    assert_eq!(asked(&[], &[2, 6]), [2, 6]);
    assert_eq!(asked(&[2], &[2, 3, 6]), [2, 3, 6], "nobody forwards for 3 and 6");
    assert_eq!(
        asked(&[2], &[1]),
        [2],
        "the province is heard through its district"
    );
    assert_eq!(
        asked(&[2], &[4, 5]),
        [2, 5],
        "the commune 4 is heard through its district"
    );
    assert_eq!(asked(&[2], &[]), [2]);
}
