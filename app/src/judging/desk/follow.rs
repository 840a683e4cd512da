//! The desk moves while judges work: a frame changes the grid at once, and what depends on more than states (blocks,
//! deviations, the tally) is loaded anew a moment later, once for a burst of frames.

use std::time::Duration;

use contract::live::Frame;
use leptos::prelude::*;
use rules::event::{LiveEvent, Progress};
use rules::id::RoundId;

use super::Desk;
use crate::live::{Feed, Link, use_frames};

/// How long a burst of frames is waited for.
const BURST: Duration = Duration::from_millis(500);

/// Keeps the desk up to date while its page is open.
pub(super) fn follow(desk: Desk) -> RwSignal<Link> {
    let (slug, seq, round) = desk
        .view
        .with_untracked(|view| (view.contest_slug.clone(), view.seq, view.round));
    let due = StoredValue::new(None::<TimeoutHandle>);
    on_cleanup(move || {
        if let Some(Some(timer)) = due.try_get_value() {
            timer.clear();
        }
    });
    use_frames(slug, seq, Feed::Viewer, move |frame: Frame| {
        if !concerns(&frame.event, round) || desk.apply(&frame).is_none() {
            return;
        }
        let timer = set_timeout_with_handle(move || desk.reload(), BURST).ok();
        due.try_update_value(|due| {
            if let Some(before) = std::mem::replace(due, timer) {
                before.clear();
            }
        });
    })
}

impl Desk {
    /// Folds a frame into the grid; `None` where the desk has it already or is gone.
    fn apply(self, frame: &Frame) -> Option<()> {
        let newer = self.view.try_with_untracked(|view| frame.seq > view.seq)?;
        newer.then_some(())?;
        self.view.try_update(|view| {
            let rounds = view.progress.take().into_iter().collect();
            let mut progress = Progress {
                seq: view.seq,
                rounds,
                ..Progress::default()
            };
            progress.apply(frame.seq, &frame.event);
            view.seq = progress.seq;
            view.progress = progress.rounds.into_iter().find(|of| of.round == view.round);
        })
    }
}

/// Whether a frame changes anything on this round's desk.
fn concerns(event: &LiveEvent, round: RoundId) -> bool {
    match event {
        LiveEvent::BallotChanged { round: of, .. }
        | LiveEvent::OrderSubmitted { round: of, .. }
        | LiveEvent::DeliberationOpened { round: of, .. }
        | LiveEvent::DeliberationClosed { round: of, .. } => *of == round,
        // Another round's end may be what this one waits for.
        LiveEvent::RoundOpened { .. } | LiveEvent::RoundLocked { .. } | LiveEvent::PhaseChanged { .. } => {
            true
        }
        LiveEvent::EntryReceived { .. }
        | LiveEvent::EntryRevised
        | LiveEvent::EntryForwarded { .. }
        | LiveEvent::EntryWithdrawn { .. }
        | LiveEvent::RoundStepped { .. } => false,
    }
}
