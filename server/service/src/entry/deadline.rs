//! Until when an entry may be submitted and forwarded: the rules' arithmetic with the extensions in force. Server time
//! decides.

use contract::Result;
use contract::contest::NextDeadline;
use contract::deadline::ExtensionNote;
use rules::Violation;
use rules::contest::{Extensions, Timeliness, Timetable, UnitTree};
use rules::entry::EntryState;
use rules::id::{ContestId, EntryId, UnitId};
use rules::time::Timestamp;
use store::Conn;
use store::contest::ContestRow;
use store::deadline::Extension;

use super::case::unit_tree;
use crate::error::Fault;

/// The last instant to submit. A returned entry has until the submission deadline or its due date, whichever is later,
/// but never longer than its unit may forward. `None` where the plan sets no day.
pub(crate) fn submission(
    timetable: &Timetable,
    state: EntryState,
    due: Option<Timestamp>,
    extensions: Extensions,
) -> Option<NextDeadline> {
    let returned = due.filter(|_| state == EntryState::ReturnedForSupplement);
    rules::contest::submission(timetable, returned, extensions)
}

/// The units' deadline, moved by an extension.
pub(crate) fn forward(timetable: &Timetable, extended: Option<Timestamp>) -> Option<NextDeadline> {
    rules::contest::forwarding(timetable, extended)
}

/// How what comes now stands to a deadline; refuses what comes after it and its grace.
pub(crate) fn in_time(
    deadline: Option<&NextDeadline>,
    timetable: &Timetable,
    now: Timestamp,
) -> std::result::Result<Timeliness, Violation> {
    rules::contest::admitted(deadline, &timetable.zone, now)
}

/// The extensions that touch an entry: its own, and those of its unit or a unit above.
pub(crate) struct Extended {
    rows: Vec<Extension>,
    entry: EntryId,
    units: Vec<UnitId>,
}

impl Extended {
    /// Reads them for one entry.
    pub async fn load(
        db: &impl Conn,
        contest: ContestId,
        entry: EntryId,
        unit: Option<UnitId>,
    ) -> Result<Self> {
        let rows = store::deadline::in_force(db, contest, &[entry]).await.fault()?;
        Self::of(db, rows, entry, unit).await
    }

    async fn of(db: &impl Conn, rows: Vec<Extension>, entry: EntryId, unit: Option<UnitId>) -> Result<Self> {
        let units = match unit {
            Some(unit) if rows.iter().any(|row| row.unit.is_some()) => above(&unit_tree(db).await?, unit),
            _ => Vec::new(),
        };
        Ok(Self { rows, entry, units })
    }

    /// What they mean for deadlines.
    pub fn times(&self) -> Extensions {
        store::deadline::extensions(&self.rows, self.entry, &self.units)
    }

    /// What its author and its desks are told of them; those run out are left out.
    pub fn notes(&self, now: Timestamp) -> Vec<ExtensionNote> {
        let mine = |row: &&Extension| {
            row.entry == Some(self.entry) || row.unit.is_some_and(|unit| self.units.contains(&unit))
        };
        self.rows
            .iter()
            .filter(mine)
            .filter(|row| row.until >= now)
            .map(note)
            .collect()
    }
}

/// Until when an entry handed in after its deadline had been given time: by its own extension, else by its unit's, as
/// they stood at that moment, whatever was given or taken back since.
pub(crate) async fn extended_until(
    db: &impl Conn,
    contest: ContestId,
    entry: EntryId,
    unit: Option<UnitId>,
    at: Timestamp,
) -> Result<Option<Timestamp>> {
    let rows = store::deadline::in_force_at(db, contest, &[entry], at)
        .await
        .fault()?;
    let times = Extended::of(db, rows, entry, unit).await?.times();
    let given = [times.entry, times.unit].into_iter().flatten();
    Ok(given.into_iter().find(|until| *until >= at))
}

/// An extension as those see it whom it is given to.
pub(crate) fn note(row: &Extension) -> ExtensionNote {
    ExtensionNote {
        until: row.until,
        reason: row.reason.clone(),
        unit: row.unit.is_some(),
    }
}

/// Until when a unit may forward the entry that has the most time of these; without entries, the unit's own deadline.
pub(super) async fn forward_of_unit(
    db: &impl Conn,
    contest: &ContestRow,
    tree: &UnitTree,
    unit: UnitId,
    entries: &[EntryId],
) -> Result<Option<NextDeadline>> {
    let rows = store::deadline::in_force(db, contest.id, entries).await.fault()?;
    Ok(forward(
        &contest.setup.timetable,
        longest(&rows, tree, unit, entries),
    ))
}

/// The time extensions give everything that comes from a unit.
pub(crate) fn of_unit(rows: &[Extension], tree: &UnitTree, unit: Option<UnitId>) -> Extensions {
    Extensions {
        entry: None,
        unit: unit.and_then(|unit| longest(rows, tree, unit, &[])),
    }
}

/// The last instant these extensions give a unit or one of its entries.
pub(crate) fn longest(
    rows: &[Extension],
    tree: &UnitTree,
    unit: UnitId,
    entries: &[EntryId],
) -> Option<Timestamp> {
    let above = above(tree, unit);
    let counts = |row: &&Extension| {
        row.unit.is_some_and(|unit| above.contains(&unit))
            || row.entry.is_some_and(|entry| entries.contains(&entry))
    };
    rows.iter().filter(counts).map(|row| row.until).max()
}

/// A unit and every unit above it.
pub(crate) fn above(tree: &UnitTree, unit: UnitId) -> Vec<UnitId> {
    let all = tree.iter().map(|node| node.id);
    all.filter(|above| tree.is_within(unit, *above)).collect()
}

/// Until when a returned entry is due: as the unit says, or, once authors may no longer submit by themselves, as long
/// as the unit may forward.
pub(super) fn due(
    timetable: &Timetable,
    asked: Option<Timestamp>,
    extended: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    let late = submission(timetable, EntryState::Draft, None, Extensions::default())
        .is_some_and(|deadline| now > deadline.at);
    asked.or_else(|| {
        forward(timetable, extended)
            .filter(|_| late)
            .map(|deadline| deadline.at)
    })
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};
    use rules::contest::{Milestone, MilestoneCode};
    use rules::time::{When, Zone};

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
            ..Timetable::default()
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
        let deadline =
            submission(&timetable, EntryState::Draft, None, Extensions::default()).expect("a deadline");
        // 23:59:59.999999 in Vietnam
        assert_eq!(deadline.at.to_rfc3339(), "2023-10-06T16:59:59.999999+00:00");
        assert_eq!(
            in_time(Some(&deadline), &timetable, deadline.at),
            Ok(Timeliness::InTime)
        );
        let late = deadline.at + TimeDelta::seconds(1);
        let zone = timetable.zone.clone();
        assert_eq!(
            in_time(Some(&deadline), &timetable, late),
            Err(Violation::DeadlinePassed {
                milestone: MilestoneCode::SubmissionDeadline,
                deadline: deadline.at,
                grace_until: None,
                zone,
                now: late
            })
        );
    }

    #[test]
    fn a_returned_entry_has_until_its_due_date_but_not_past_the_units_deadline() {
        let timetable = october();
        let until = |due| {
            submission(
                &timetable,
                EntryState::ReturnedForSupplement,
                due,
                Extensions::default(),
            )
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
        let draft = submission(
            &timetable,
            EntryState::Draft,
            Some(noon(10)),
            Extensions::default(),
        )
        .expect("a deadline");
        assert_eq!(draft.at, submission_ends, "only a returned entry has a due date");
    }

    #[test]
    fn returning_late_leaves_the_time_until_forwarding() {
        let timetable = october();
        assert_eq!(due(&timetable, None, None, noon(5)), None);
        assert_eq!(
            due(&timetable, None, None, noon(8)),
            timetable.deadline(MilestoneCode::UnitForwardDeadline)
        );
        assert_eq!(due(&timetable, Some(noon(9)), None, noon(8)), Some(noon(9)));
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
                None,
                Extensions::default()
            ),
            None
        );
        let only_units = timetable(&[(MilestoneCode::UnitForwardDeadline, When::EndOfDay(day(13)))]);
        let deadline =
            submission(&only_units, EntryState::Draft, None, Extensions::default()).expect("a deadline");
        assert_eq!(
            (deadline.milestone, deadline.when),
            (MilestoneCode::UnitForwardDeadline, When::EndOfDay(day(13)))
        );
    }
}
