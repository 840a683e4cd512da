//! The status track: every dated hand-over of an entry, as far as the viewer may know it.

use contract::Result;
use contract::entry::TrackStep;
use rules::contest::ContestPhase;
use rules::entry::EntryStep;
use rules::event::Event;
use store::Conn;

use super::case::Case;
use crate::error::Fault;

/// The track. `whole` shows what juries did with the entry before the decision; only the organiser may see that.
pub(super) async fn track(db: &impl Conn, case: &Case, whole: bool) -> Result<Vec<TrackStep>> {
    let whole = whole || case.contest.phase == ContestPhase::Published;
    let events = store::entry::events_of(db, case.contest.id, case.entry.id)
        .await
        .fault()?;
    let steps = events.into_iter().filter_map(|event| {
        let (step, reason, revision, timeliness) = match event.event {
            Event::EntrySubmitted {
                revision, timeliness, ..
            } => (case.submit_step(), None, Some(revision), timeliness),
            Event::EntryMoved {
                step,
                reason,
                timeliness,
                ..
            } => (step, reason, None, timeliness),
            _ => return None,
        };
        Some(TrackStep {
            at: event.at,
            step,
            reason,
            revision,
            timeliness,
        })
    });
    Ok(steps.filter(|step| whole || !tells_outcome(step.step)).collect())
}

/// Steps that nobody but the organiser may know of before the decision.
fn tells_outcome(step: EntryStep) -> bool {
    matches!(
        step,
        EntryStep::Advance | EntryStep::Eliminate | EntryStep::Rank | EntryStep::Award | EntryStep::PassOver
    )
}
