//! Deadlines, grace and extensions: by example around the edges, and as laws.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use rules::Violation;
use rules::contest::{
    Deadline, Extensions, Grace, Milestone, MilestoneCode, Timeliness, Timetable, admitted, forwarding,
    submission, upload_may_begin, upload_may_finish,
};
use rules::entry::{EntryState, EntryStep, after_revision, may_take_up};
use rules::time::{MonthPart, Timestamp, When, Zone};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 10, day).unwrap()
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn timetable(milestones: &[(MilestoneCode, When)], grace: Grace) -> Timetable {
    let milestones = milestones.iter().map(|(code, when)| Milestone {
        code: *code,
        when: *when,
        note: String::new(),
    });
    Timetable {
        zone: Zone::default(),
        milestones: milestones.collect(),
        grace,
    }
}

fn october(grace: Grace) -> Timetable {
    timetable(
        &[
            (MilestoneCode::SubmissionDeadline, When::EndOfDay(day(6))),
            (MilestoneCode::UnitForwardDeadline, When::EndOfDay(day(13))),
        ],
        grace,
    )
}

fn minutes(minutes: u32) -> Grace {
    Grace {
        minutes,
        forwarding: false,
    }
}

/// Submission at 17:00, with fifteen minutes of grace.
fn afternoon() -> Deadline {
    let five = When::Instant(instant("2023-10-06T17:00:00+07:00"));
    submission(
        &timetable(&[(MilestoneCode::SubmissionDeadline, five)], minutes(15)),
        None,
        Extensions::default(),
    )
    .unwrap()
}

#[test]
fn a_grace_is_used_only_after_the_deadline_and_ends_to_the_second() {
    let deadline = afternoon();
    assert_eq!(deadline.at, instant("2023-10-06T17:00:00+07:00"));
    assert_eq!(deadline.grace_until(), Some(instant("2023-10-06T17:15:00+07:00")));
    let second = TimeDelta::seconds(1);
    let at = |text: &str| deadline.admits(instant(text));
    assert_eq!(at("2023-10-06T16:59:59+07:00"), Some(Timeliness::InTime));
    assert_eq!(at("2023-10-06T17:00:00+07:00"), Some(Timeliness::InTime));
    assert_eq!(deadline.admits(deadline.at + second), Some(Timeliness::InGrace));
    assert_eq!(deadline.admits(deadline.last()), Some(Timeliness::InGrace));
    let late = deadline.last() + second;
    assert_eq!(deadline.admits(late), None);
    assert_eq!(
        admitted(Some(&deadline), &Zone::default(), late),
        Err(Violation::DeadlinePassed {
            milestone: MilestoneCode::SubmissionDeadline,
            deadline: deadline.at,
            grace_until: deadline.grace_until(),
            zone: Zone::default(),
            now: late,
        })
    );
}

#[test]
fn the_last_day_counts_whole_wherever_the_contest_is() {
    for (offset, end) in [
        (420, "2023-10-06T16:59:59.999999Z"),
        (0, "2023-10-06T23:59:59.999999Z"),
        (-720, "2023-10-07T11:59:59.999999Z"),
        (840, "2023-10-06T09:59:59.999999Z"),
        (345, "2023-10-06T18:14:59.999999Z"),
    ] {
        let zone = Zone {
            name: String::new(),
            offset_minutes: offset,
            label: String::new(),
        };
        let there = Timetable {
            zone: zone.clone(),
            ..october(Grace::default())
        };
        let deadline = submission(&there, None, Extensions::default()).unwrap();
        assert_eq!(deadline.at, instant(end), "{offset}");
        assert_eq!(zone.date(deadline.at), day(6));
        let midnight = deadline.at + TimeDelta::microseconds(1);
        assert_eq!(zone.local(midnight), day(7).and_hms_opt(0, 0, 0).unwrap());
        assert_eq!(deadline.admits(midnight), None);
    }
}

#[test]
fn a_month_is_no_deadline_and_has_no_grace() {
    let month = When::Month {
        year: 2023,
        month: 10,
    };
    let late = When::MonthPart {
        year: 2023,
        month: 10,
        part: MonthPart::Late,
    };
    for when in [month, late] {
        let vague = timetable(
            &[
                (MilestoneCode::SubmissionDeadline, when),
                (MilestoneCode::UnitForwardDeadline, when),
            ],
            Grace {
                minutes: 30,
                forwarding: true,
            },
        );
        let extensions = Extensions {
            entry: Some(instant("2023-11-01T00:00:00Z")),
            unit: None,
        };
        assert_eq!(submission(&vague, None, extensions), None);
        assert_eq!(forwarding(&vague, None), None);
        assert_eq!(vague.intake_ends(), None);
        let years_later = instant("2043-01-01T00:00:00Z");
        assert_eq!(admitted(None, &vague.zone, years_later), Ok(Timeliness::InTime));
    }
}

#[test]
fn a_grace_is_the_authors_unless_the_contest_gives_it_to_units_too() {
    let both = Grace {
        minutes: 15,
        forwarding: true,
    };
    assert_eq!(forwarding(&october(minutes(15)), None).unwrap().grace_minutes, 0);
    assert_eq!(forwarding(&october(both), None).unwrap().grace_minutes, 15);
    let ends = |grace| october(grace).intake_ends().unwrap();
    assert_eq!(ends(minutes(15)), instant("2023-10-13T16:59:59.999999Z"));
    assert_eq!(ends(both), instant("2023-10-13T17:14:59.999999Z"));
}

#[test]
fn an_extension_moves_the_deadline_and_marks_what_it_let_in() {
    let until = instant("2023-10-07T09:00:00+07:00");
    let deadline = afternoon().extended(Some(until));
    assert_eq!(
        (deadline.at, deadline.last()),
        (until, until),
        "no grace of its own"
    );
    assert_eq!(deadline.when, When::Instant(until));
    let at = |text: &str| deadline.admits(instant(text));
    assert_eq!(at("2023-10-06T17:00:00+07:00"), Some(Timeliness::InTime));
    assert_eq!(at("2023-10-06T17:00:01+07:00"), Some(Timeliness::Extended));
    assert_eq!(deadline.admits(until), Some(Timeliness::Extended));
    assert_eq!(deadline.admits(until + TimeDelta::seconds(1)), None);
    let inside = Some(instant("2023-10-06T17:10:00+07:00"));
    assert_eq!(
        afternoon().extended(inside),
        afternoon(),
        "it ends within the grace"
    );
}

#[test]
fn a_returned_entry_has_until_its_date_but_no_longer_than_its_unit() {
    let noon = |date: u32| {
        Zone::default()
            .instant(day(date).and_hms_opt(12, 0, 0).unwrap())
            .unwrap()
    };
    let plan = october(minutes(15));
    let until = |due, extensions| submission(&plan, due, extensions).unwrap().last();
    let none = Extensions::default();
    let own = submission(&plan, None, none).unwrap().last();
    assert_eq!(
        until(Some(noon(4)), none),
        own,
        "an earlier date takes nothing away"
    );
    assert_eq!(until(Some(noon(10)), none), noon(10));
    let units = forwarding(&plan, None).unwrap().at;
    assert_eq!(until(Some(noon(20)), none), units);
    let longer = Extensions {
        entry: None,
        unit: Some(noon(25)),
    };
    assert_eq!(
        until(Some(noon(20)), longer),
        noon(20),
        "the unit has longer as well"
    );
}

#[test]
fn uploads_under_way_may_finish_in_the_grace_but_none_begins_in_it() {
    let deadline = afternoon();
    let at = |text: &str| instant(&format!("2023-10-06T{text}+07:00"));
    let (before, in_grace, after) = (at("16:59:59"), at("17:14:59"), at("17:15:01"));
    assert!(upload_may_begin(Some(&deadline), before) && !upload_may_begin(Some(&deadline), in_grace));
    assert!(upload_may_finish(before, Some(&deadline), in_grace));
    assert!(!upload_may_finish(before, Some(&deadline), after));
    assert!(!upload_may_finish(at("17:00:01"), Some(&deadline), in_grace));
    assert!(upload_may_begin(None, after) && upload_may_finish(before, None, after));
}

#[test]
fn an_entry_is_taken_up_until_its_desk_has_acted() {
    for screened in [true, false] {
        for state in EntryState::ALL {
            let may = match state {
                EntryState::SubmittedToUnit | EntryState::UnitScreening => true,
                EntryState::EligibilityCheck => !screened,
                _ => false,
            };
            assert_eq!(may_take_up(state, screened), may, "{state:?}");
            let again = after_revision(state, EntryStep::SubmitToUnit, screened);
            assert_eq!(
                again.ok(),
                may.then_some(EntryState::SubmittedToUnit),
                "{state:?}"
            );
        }
    }
    assert_eq!(
        after_revision(EntryState::EligibilityCheck, EntryStep::SubmitToOrganiser, false),
        Ok(EntryState::EligibilityCheck)
    );
}

#[test]
fn a_timetable_without_a_grace_is_stored_as_before() {
    let stored = serde_json::to_value(october(Grace::default())).unwrap();
    assert_eq!(stored.get("grace"), None);
    let read: Timetable = serde_json::from_value(stored).unwrap();
    assert_eq!(read, october(Grace::default()));
}

/// An instant within two days of the deadline, to the second.
fn near() -> impl Strategy<Value = Timestamp> {
    (-172_800_i64..172_800).prop_map(|seconds| afternoon().at + TimeDelta::seconds(seconds))
}

fn extensions() -> impl Strategy<Value = Extensions> {
    (prop::option::of(near()), prop::option::of(near())).prop_map(|(entry, unit)| Extensions { entry, unit })
}

fn plans() -> impl Strategy<Value = Timetable> {
    let when = prop_oneof![
        near().prop_map(When::Instant),
        (5_u32..9).prop_map(|date| When::EndOfDay(day(date))),
        Just(When::Month {
            year: 2023,
            month: 10
        }),
    ];
    let grace = (0_u32..1441, any::<bool>()).prop_map(|(minutes, forwarding)| Grace { minutes, forwarding });
    (when.clone(), prop::option::of(when), grace).prop_map(|(submission, forward, grace)| {
        let zone = Zone::default();
        // the set-up refuses units that must forward before authors have to submit
        let in_order = |forward: &When| match (submission.ends_at(&zone), forward.ends_at(&zone)) {
            (Some(submission), Some(forward)) => forward >= submission,
            _ => true,
        };
        let mut milestones = vec![(MilestoneCode::SubmissionDeadline, submission)];
        milestones.extend(
            forward
                .filter(in_order)
                .map(|when| (MilestoneCode::UnitForwardDeadline, when)),
        );
        timetable(&milestones, grace)
    })
}

proptest! {
    #[test]
    fn whoever_is_in_time_later_was_in_time_before(
        plan in plans(), due in prop::option::of(near()), extensions in extensions(), a in near(), b in near(),
    ) {
        let deadline = submission(&plan, due, extensions);
        let (early, late) = (a.min(b), a.max(b));
        let taken = |now| admitted(deadline.as_ref(), &plan.zone, now).is_ok();
        prop_assert!(taken(early) || !taken(late));
    }

    #[test]
    fn grace_and_extensions_take_nothing_away(
        plan in plans(), due in prop::option::of(near()), extensions in extensions(), now in near(),
    ) {
        let bare = Timetable { grace: Grace::default(), ..plan.clone() };
        let taken = |plan: &Timetable, due, extensions| {
            admitted(submission(plan, due, extensions).as_ref(), &plan.zone, now)
        };
        if taken(&bare, None, Extensions::default()).is_ok() {
            prop_assert_eq!(taken(&plan, due, extensions), Ok(Timeliness::InTime));
        }
        let without = taken(&plan, due, Extensions::default()).is_ok();
        prop_assert!(!without || taken(&plan, due, extensions).is_ok());
    }

    #[test]
    fn what_is_taken_after_the_deadline_is_marked(plan in plans(), extensions in extensions(), now in near()) {
        let regular = submission(&plan, None, Extensions::default());
        let deadline = submission(&plan, None, extensions);
        if let (Some(regular), Ok(how)) = (regular, admitted(deadline.as_ref(), &plan.zone, now)) {
            prop_assert_eq!(how.is_regular(), now <= regular.at);
        }
    }

    #[test]
    fn nothing_is_taken_after_the_last_instant(plan in plans(), extensions in extensions(), now in near()) {
        if let Some(deadline) = submission(&plan, None, extensions) {
            prop_assert_eq!(deadline.admits(now).is_none(), now > deadline.last());
            prop_assert!(deadline.at <= deadline.last());
        }
    }

    #[test]
    fn an_upload_that_may_finish_was_begun_in_time_and_could_be_submitted(
        plan in plans(), extensions in extensions(), started in near(), now in near(),
    ) {
        let deadline = submission(&plan, None, extensions);
        if upload_may_finish(started, deadline.as_ref(), now) {
            prop_assert!(upload_may_begin(deadline.as_ref(), started));
            prop_assert!(admitted(deadline.as_ref(), &plan.zone, now).is_ok());
        }
    }
}
