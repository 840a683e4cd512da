//! Until when an entry may be submitted. Server time decides; there is no grace.

use contract::contest::NextDeadline;
use rules::Violation;
use rules::contest::{MilestoneCode, Timetable};
use rules::entry::EntryState;
use rules::time::{Timestamp, When};

/// The last instant to submit. A returned entry has until the submission deadline or its due date, whichever is later,
/// but never longer than its unit may forward. `None` where the plan sets no day.
pub(crate) fn submission(
    timetable: &Timetable,
    state: EntryState,
    due: Option<Timestamp>,
) -> Option<NextDeadline> {
    let (milestone, ends) = timetable.submission_deadline()?;
    let forward = timetable.forward_deadline().filter(|(_, at)| *at > ends);
    let due = due.filter(|due| state == EntryState::ReturnedForSupplement && *due > ends);
    match (due, forward) {
        (Some(due), Some((milestone, last))) if due >= last => at(timetable, milestone, last),
        (Some(due), Some(_)) => Some(NextDeadline {
            milestone,
            when: When::Instant(due),
            at: due,
        }),
        _ => at(timetable, milestone, ends),
    }
}

/// The units' deadline.
pub(super) fn forward(timetable: &Timetable) -> Option<NextDeadline> {
    let (milestone, ends) = timetable.forward_deadline()?;
    at(timetable, milestone, ends)
}

/// Refuses what comes after a deadline; the last instant itself is in time.
pub(super) fn in_time(
    deadline: Option<&NextDeadline>,
    timetable: &Timetable,
    now: Timestamp,
) -> Result<(), Violation> {
    match deadline {
        Some(deadline) if now > deadline.at => Err(Violation::DeadlinePassed {
            milestone: deadline.milestone,
            deadline: deadline.at,
            zone: timetable.zone.clone(),
            now,
        }),
        _ => Ok(()),
    }
}

/// Until when a returned entry is due: as the unit says, or, once authors may no longer submit by themselves, as long
/// as the unit may forward.
pub(super) fn due(timetable: &Timetable, asked: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    let late = timetable
        .submission_deadline()
        .is_some_and(|(_, ends)| now > ends);
    asked.or_else(|| {
        timetable
            .forward_deadline()
            .filter(|_| late)
            .map(|(_, ends)| ends)
    })
}

fn at(timetable: &Timetable, milestone: MilestoneCode, at: Timestamp) -> Option<NextDeadline> {
    Some(NextDeadline {
        milestone,
        when: timetable.milestone(milestone)?.when,
        at,
    })
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};
    use rules::contest::Milestone;
    use rules::time::Zone;

    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2023, 10, day).expect("a day of October")
    }

    fn timetable(milestones: &[(MilestoneCode, When)]) -> Timetable {
        let milestones = milestones.iter().map(|(code, when)| Milestone {
            code: *code,
            when: *when,
            note: String::new(),
        });
        Timetable {
            zone: Zone::default(),
            milestones: milestones.collect(),
        }
    }

    fn october() -> Timetable {
        timetable(&[
            (MilestoneCode::SubmissionDeadline, When::EndOfDay(day(6))),
            (MilestoneCode::UnitForwardDeadline, When::EndOfDay(day(13))),
        ])
    }

    fn noon(date: u32) -> Timestamp {
        Zone::default()
            .instant(day(date).and_hms_opt(12, 0, 0).expect("noon"))
            .expect("an instant")
    }

    #[test]
    fn the_last_day_counts_whole_in_the_contests_zone() {
        let timetable = october();
        let deadline = submission(&timetable, EntryState::Draft, None).expect("a deadline");
        // 23:59:59.999999 in Vietnam
        assert_eq!(deadline.at.to_rfc3339(), "2023-10-06T16:59:59.999999+00:00");
        assert_eq!(in_time(Some(&deadline), &timetable, deadline.at), Ok(()));
        let late = deadline.at + TimeDelta::seconds(1);
        let zone = timetable.zone.clone();
        assert_eq!(
            in_time(Some(&deadline), &timetable, late),
            Err(Violation::DeadlinePassed {
                milestone: MilestoneCode::SubmissionDeadline,
                deadline: deadline.at,
                zone,
                now: late
            })
        );
    }

    #[test]
    fn a_returned_entry_has_until_its_due_date_but_not_past_the_units_deadline() {
        let timetable = october();
        let until = |due| {
            submission(&timetable, EntryState::ReturnedForSupplement, due)
                .expect("a deadline")
                .at
        };
        let (submission_ends, forward_ends) = (
            timetable.submission_deadline().expect("set").1,
            timetable.forward_deadline().expect("set").1,
        );
        assert_eq!(until(None), submission_ends);
        assert_eq!(
            until(Some(noon(4))),
            submission_ends,
            "an earlier due date takes nothing away"
        );
        assert_eq!(until(Some(noon(10))), noon(10));
        assert_eq!(until(Some(noon(20))), forward_ends);
        let draft = submission(&timetable, EntryState::Draft, Some(noon(10))).expect("a deadline");
        assert_eq!(draft.at, submission_ends, "only a returned entry has a due date");
    }

    #[test]
    fn returning_late_leaves_the_time_until_forwarding() {
        let timetable = october();
        assert_eq!(due(&timetable, None, noon(5)), None);
        assert_eq!(
            due(&timetable, None, noon(8)),
            timetable.deadline(MilestoneCode::UnitForwardDeadline)
        );
        assert_eq!(due(&timetable, Some(noon(9)), noon(8)), Some(noon(9)));
    }

    #[test]
    fn a_month_is_no_deadline_and_the_units_deadline_stands_in() {
        let month = When::Month {
            year: 2023,
            month: 10,
        };
        assert_eq!(
            submission(
                &timetable(&[(MilestoneCode::SubmissionDeadline, month)]),
                EntryState::Draft,
                None
            ),
            None
        );
        let only_units = timetable(&[(MilestoneCode::UnitForwardDeadline, When::EndOfDay(day(13)))]);
        let deadline = submission(&only_units, EntryState::Draft, None).expect("a deadline");
        assert_eq!(
            (deadline.milestone, deadline.when),
            (MilestoneCode::UnitForwardDeadline, When::EndOfDay(day(13)))
        );
    }
}
