//! What is left for a unit to do, from the counts of its desk.

use serde::{Deserialize, Serialize};

use super::{Quota, QuotaStanding};

/// How a unit's desk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    pub quota: Quota,
    /// Drafts begun in the unit.
    pub drafts: u32,
    /// Handed in, not looked at yet.
    pub waiting: u32,
    /// At their authors.
    pub returned: u32,
    /// Among them those past their due date.
    pub overdue: u32,
    /// Could be forwarded, but the list does not name them.
    pub unplaced: u32,
    /// On the list, to be forwarded.
    pub selected: u32,
    pub forwarded: u32,
    /// Forwarded once, and fallen away since: withdrawn, rejected, disqualified.
    pub fallen: u32,
    /// In reserve.
    pub reserves: u32,
    /// The unit may still forward.
    pub open: bool,
}

/// One thing to do, most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Todo {
    /// The list holds so many more than the quota lets through.
    Shorten { by: u32 },
    /// Read what came in.
    Look { count: u32 },
    /// Remind authors whose due date has passed.
    Remind { count: u32 },
    /// Wait for authors who complete their entries.
    Await { count: u32 },
    /// Put on the list, keep back or return.
    Place { count: u32 },
    /// Forward the list.
    Forward { count: u32 },
    /// So many forwarded entries fell away: a reserve may move up.
    Promote { fallen: u32, reserves: u32 },
    /// So many entries are missing even with the list forwarded; drafts are being written.
    Fill { missing: u32, drafts: u32 },
    /// The deadline has passed with so many entries missing.
    Missed { missing: u32 },
    /// Everything is done.
    Done { forwarded: u32 },
}

/// What is left to do.
pub fn todo(desk: &Desk) -> Vec<Todo> {
    if !desk.open {
        return vec![match desk.quota.standing(desk.forwarded) {
            QuotaStanding::Below { missing } => Todo::Missed { missing },
            _ => Todo::Done {
                forwarded: desk.forwarded,
            },
        }];
    }
    let mut todo = Vec::new();
    let meant = desk.forwarded.saturating_add(desk.selected);
    if let QuotaStanding::Over { by } = desk.quota.standing(meant) {
        todo.push(Todo::Shorten { by });
    }
    let mut add = |count: u32, item: fn(u32) -> Todo| {
        if count > 0 {
            todo.push(item(count));
        }
    };
    add(desk.waiting, |count| Todo::Look { count });
    add(desk.overdue, |count| Todo::Remind { count });
    add(desk.returned.saturating_sub(desk.overdue), |count| Todo::Await {
        count,
    });
    add(desk.unplaced, |count| Todo::Place { count });
    add(desk.selected, |count| Todo::Forward { count });
    if desk.fallen > 0 && desk.reserves > 0 && desk.quota.room(meant) != Some(0) {
        todo.push(Todo::Promote {
            fallen: desk.fallen,
            reserves: desk.reserves,
        });
    }
    if let QuotaStanding::Below { missing } = desk.quota.standing(meant) {
        todo.push(Todo::Fill {
            missing,
            drafts: desk.drafts,
        });
    }
    if todo.is_empty() && desk.forwarded > 0 {
        todo.push(Todo::Done {
            forwarded: desk.forwarded,
        });
    }
    todo
}
