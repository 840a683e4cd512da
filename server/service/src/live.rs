//! The live picture of a contest: a snapshot to begin with, then frames, each as far as its viewer may see.

mod listen;

pub use listen::listen;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use contract::{Error, Kind, Result};
use futures::Stream;
use futures::stream;
use rules::account::{Action, Actor};
use rules::event::Progress;
use rules::id::ContestId;
use rules::visibility::{Audience, project};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::actor::in_contest;
use crate::ctx::Ctx;
use crate::error::Fault;
use crate::hub::{Hub, SentFrame};

/// Events folded at once.
const PAGE: u64 = 1000;

/// Pictures folded so far, each with the number of the last event read.
#[derive(Debug, Default)]
pub struct ProgressCache {
    pictures: Mutex<HashMap<(ContestId, Audience), (i64, Progress)>>,
}

/// The picture of a contest for an audience. The caller has asked the permission table already.
///
/// # Errors
/// `NotFound(Contest)`, `Internal`.
pub async fn progress(ctx: &Ctx, contest: ContestId, audience: Audience) -> Result<Progress> {
    let key = (contest, audience);
    let known = ctx.progress.lock().get(&key).cloned();
    let (mut folded, mut picture) = known.unwrap_or_default();
    let begun = folded;
    let (last, zone) = match store::contest::ledger_head(ctx.store.read(), contest).await {
        Err(store::Error::Missing(_)) => return Err(Error::NotFound(Kind::Contest)),
        other => other.fault()?,
    };
    while folded < last {
        let events = store::ledger::events_after(ctx.store.read(), contest, folded, PAGE)
            .await
            .fault()?;
        let Some(end) = events.last() else { break };
        folded = end.seq;
        for event in &events {
            if let Some(live) = project(&event.event, event.at, &zone, audience) {
                picture.apply(event.seq, &live);
            }
        }
    }
    if folded > begun {
        let mut pictures = ctx.progress.lock();
        // somebody else may have folded further meanwhile
        if pictures.get(&key).is_none_or(|(seq, _)| *seq < folded) {
            pictures.insert(key, (folded, picture.clone()));
        }
    }
    Ok(picture)
}

impl ProgressCache {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(ContestId, Audience), (i64, Progress)>> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The stream of a contest for a viewer: the desk's frames for those who may watch the board, else the public ones.
/// Begins after event `after` and never skips or repeats a frame.
///
/// # Errors
/// `NotFound(Contest)` where there is none or the viewer may not know of it.
pub async fn follow(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    after: Option<i64>,
) -> Result<impl Stream<Item = SentFrame> + Send + use<>> {
    let contest = store::contest::by_slug(ctx.store.read(), slug).await.fault()?;
    let contest = contest.ok_or(Error::NotFound(Kind::Contest))?;
    let audience = audience(actor, contest.id, contest.phase).ok_or(Error::NotFound(Kind::Contest))?;
    let receiver = ctx.hub.subscribe(contest.id, audience).await.fault()?;
    let after = match after {
        Some(seq) => seq,
        // who does not say where a page ended begins with what comes next: the past is on the page
        None => {
            store::contest::ledger_head(ctx.store.read(), contest.id)
                .await
                .fault()?
                .0
        }
    };
    let missed = ctx.hub.frames_since(contest.id, audience, after).await.fault()?;
    let follower = Follower {
        hub: ctx.hub.clone(),
        contest: contest.id,
        audience,
        receiver,
        seq: after,
        ready: missed.into_iter(),
    };
    Ok(stream::unfold(follower, |mut follower| async move {
        Some((follower.next().await?, follower))
    }))
}

/// What a viewer may watch of a contest; `None` for nothing.
pub fn audience(actor: &Actor, contest: ContestId, phase: rules::contest::ContestPhase) -> Option<Audience> {
    if in_contest(actor, Action::WatchBoard, contest, phase).is_ok() {
        Some(Audience::Desk)
    } else {
        in_contest(actor, Action::WatchPublicProgress, contest, phase)
            .ok()
            .map(|()| Audience::Public)
    }
}

/// One viewer's place in a stream.
struct Follower {
    hub: Hub,
    contest: ContestId,
    audience: Audience,
    receiver: Receiver<SentFrame>,
    /// Last frame given out.
    seq: i64,
    /// Frames read from the table.
    ready: std::vec::IntoIter<SentFrame>,
}

impl Follower {
    async fn next(&mut self) -> Option<SentFrame> {
        loop {
            let frame = match self.ready.next() {
                Some(frame) => frame,
                None => match self.receiver.recv().await {
                    Ok(frame) => frame,
                    Err(RecvError::Closed) => return None,
                    Err(RecvError::Lagged(_)) => {
                        // ending the stream makes the browser come back with the last number it has seen
                        let missed = self
                            .hub
                            .frames_since(self.contest, self.audience, self.seq)
                            .await
                            .ok()?;
                        self.ready = missed.into_iter();
                        continue;
                    }
                },
            };
            // frames overlap where the table was read after subscribing
            if frame.seq > self.seq {
                self.seq = frame.seq;
                return Some(frame);
            }
        }
    }
}
