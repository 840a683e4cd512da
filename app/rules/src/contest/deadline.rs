//! Until when something is taken: the plan's deadline, the grace after it, an extension given to one entry or unit.
//!
//! The server's clock decides; the last instant itself is in time. A grace is set for the whole contest before it opens
//! and shown before it is used; whatever was handed in during it is marked. An extension is the organiser's act for one
//! entry or one unit's forwarding: it moves the deadline itself and brings no grace of its own.

use serde::{Deserialize, Serialize};

use super::{MilestoneCode, Timetable};
use crate::Violation;
use crate::time::{Timestamp, When, Zone};

/// Longest grace, in minutes: a day.
pub const GRACE_MAX: u32 = 24 * 60;

/// How long after a deadline the system goes on taking what was late by a little.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grace {
    /// Minutes after the deadline; 0 = none.
    pub minutes: u32,
    /// Units forward in the grace as well; else it is for authors only.
    pub forwarding: bool,
}

impl Grace {
    /// Nothing set: such a timetable is stored and hashed as before there was a grace.
    pub fn is_unset(&self) -> bool {
        *self == Self::default()
    }

    /// Minutes after a deadline of authors.
    fn for_authors(self) -> u32 {
        self.minutes
    }

    /// Minutes after the deadline of units.
    fn for_units(self) -> u32 {
        if self.forwarding { self.minutes } else { 0 }
    }
}

/// How something handed in stood to its deadline; kept with it and shown to author, unit and organiser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// By the plan's deadline, or the unit's own date for a returned entry.
    #[default]
    InTime,
    /// After the deadline, within the contest's grace.
    InGrace,
    /// After the deadline, by an extension of the organiser.
    Extended,
}

impl Timeliness {
    /// In time without grace or extension.
    pub fn is_regular(&self) -> bool {
        *self == Timeliness::InTime
    }
}

/// Extensions that touch one entry, as far as they are in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extensions {
    /// The entry's own: for its author to hand in and for its unit to forward it.
    pub entry: Option<Timestamp>,
    /// Its unit's: for forwarding.
    pub unit: Option<Timestamp>,
}

impl Extensions {
    /// The later of the two, which counts for forwarding the entry.
    pub fn for_forwarding(self) -> Option<Timestamp> {
        self.entry.max(self.unit)
    }
}

/// A deadline as it stands for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub milestone: MilestoneCode,
    /// As the plan says it; an instant where a date of the unit or an extension decides.
    pub when: When,
    /// The last instant in time.
    pub at: Timestamp,
    /// Minutes after `at` in which the system goes on taking; 0 = none.
    #[serde(default)]
    pub grace_minutes: u32,
    /// What the deadline was before an extension moved it.
    #[serde(default)]
    pub before_extension: Option<Timestamp>,
}

impl Deadline {
    /// Until when the grace lasts; `None` without one.
    pub fn grace_until(&self) -> Option<Timestamp> {
        (self.grace_minutes > 0).then(|| after(self.at, self.grace_minutes))
    }

    /// The last instant at which anything is taken, grace included.
    pub fn last(&self) -> Timestamp {
        self.grace_until().unwrap_or(self.at)
    }

    /// Whether something handed in at `now` is taken, and how it stands to the deadline; `None` when it is too late.
    pub fn admits(&self, now: Timestamp) -> Option<Timeliness> {
        if now <= self.before_extension.unwrap_or(self.at) {
            Some(Timeliness::InTime)
        } else if now <= self.at {
            Some(Timeliness::Extended)
        } else if now <= self.last() {
            Some(Timeliness::InGrace)
        } else {
            None
        }
    }

    /// Moved by an extension. One that ends before the grace does takes nothing away and changes nothing.
    #[must_use]
    pub fn extended(self, until: Option<Timestamp>) -> Self {
        match until.filter(|until| *until > self.last()) {
            Some(until) => Self {
                when: When::Instant(until),
                at: until,
                grace_minutes: 0,
                before_extension: Some(self.before_extension.unwrap_or(self.at)),
                ..self
            },
            None => self,
        }
    }
}

/// Until when an entry may be submitted. A returned entry (`returned`: until when, where its unit gave a date) has until
/// the submission deadline or that date, whichever is later, but never longer than its unit may forward. `None` where
/// the plan sets no day.
pub fn submission(
    timetable: &Timetable,
    returned: Option<Timestamp>,
    extensions: Extensions,
) -> Option<Deadline> {
    let (milestone, ends) = timetable.submission_deadline()?;
    let own = at(timetable, milestone, ends, timetable.grace.for_authors())?;
    let forward = forwarding(timetable, extensions.unit).filter(|forward| forward.last() > own.last());
    let decides = match (returned.filter(|due| *due > own.last()), forward) {
        (Some(due), Some(forward)) if due >= forward.last() => forward,
        (Some(due), Some(_)) => Deadline {
            when: When::Instant(due),
            at: due,
            grace_minutes: 0,
            ..own
        },
        _ => own,
    };
    Some(decides.extended(extensions.entry))
}

/// Until when a unit may forward; `extended` is the later of its own extension and that of the entry asked about.
pub fn forwarding(timetable: &Timetable, extended: Option<Timestamp>) -> Option<Deadline> {
    let (milestone, ends) = timetable.forward_deadline()?;
    Some(at(timetable, milestone, ends, timetable.grace.for_units())?.extended(extended))
}

/// How something handed in at `now` stands to a deadline; without a deadline everything is in time.
///
/// # Errors
/// [`Violation::DeadlinePassed`] after the last instant.
pub fn admitted(deadline: Option<&Deadline>, zone: &Zone, now: Timestamp) -> Result<Timeliness, Violation> {
    let Some(deadline) = deadline else {
        return Ok(Timeliness::InTime);
    };
    deadline.admits(now).ok_or_else(|| Violation::DeadlinePassed {
        milestone: deadline.milestone,
        deadline: deadline.at,
        grace_until: deadline.grace_until(),
        zone: zone.clone(),
        now,
    })
}

/// Whether an upload may begin now. The grace is for what was begun in time, so nothing new begins in it.
pub fn upload_may_begin(deadline: Option<&Deadline>, now: Timestamp) -> bool {
    deadline.is_none_or(|deadline| now <= deadline.at)
}

/// Whether an upload begun at `started_at` may be finished now: begun by the deadline, and within the grace.
pub fn upload_may_finish(started_at: Timestamp, deadline: Option<&Deadline>, now: Timestamp) -> bool {
    deadline.is_none_or(|deadline| started_at <= deadline.at && now <= deadline.last())
}

/// An instant some minutes later; the end of the calendar where there is none.
fn after(at: Timestamp, minutes: u32) -> Timestamp {
    at.checked_add_signed(chrono::TimeDelta::minutes(i64::from(minutes)))
        .unwrap_or(Timestamp::MAX_UTC)
}

fn at(
    timetable: &Timetable,
    milestone: MilestoneCode,
    at: Timestamp,
    grace_minutes: u32,
) -> Option<Deadline> {
    Some(Deadline {
        milestone,
        when: timetable.milestone(milestone)?.when,
        at,
        grace_minutes,
        before_extension: None,
    })
}
