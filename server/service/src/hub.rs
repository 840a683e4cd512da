//! From commit to viewers. One task a watched contest puts events in order, projects each once per audience, serialises
//! the frame once, and shares it with however many watch.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use contract::live::Frame;
use rules::id::ContestId;
use rules::time::Zone;
use rules::visibility::{Audience, project};
use store::ledger::StoredEvent;
use store::{Committed, Store};
use tokio::sync::{Notify, broadcast, mpsc};

/// Frames a slow viewer may fall behind before it has to read the table again.
const BACKLOG: usize = 256;
/// Events read from the table at once.
const PAGE: u64 = 500;

/// A frame as sent: the SSE id and the data line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFrame {
    pub seq: i64,
    pub data: Arc<str>,
}

/// Where committed events become frames.
#[derive(Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    watched: Mutex<HashMap<ContestId, Watched>>,
    /// Raised by every commit heard of; see [`Hub::version`].
    version: AtomicU64,
    /// Rung by every commit heard of; see [`Hub::committed`].
    commits: Notify,
}

/// A contest somebody watches.
struct Watched {
    wake: mpsc::UnboundedSender<Wake>,
    audiences: HashMap<Audience, broadcast::Sender<SentFrame>>,
}

enum Wake {
    /// Committed by this process.
    Events(Vec<StoredEvent>),
    /// Something up to this number was committed somewhere.
    UpTo(i64),
}

impl Hub {
    /// A hub without viewers.
    pub fn new(store: Store) -> Self {
        Self {
            inner: Arc::new(Inner {
                store,
                watched: Mutex::default(),
                version: AtomicU64::new(0),
                commits: Notify::new(),
            }),
        }
    }

    /// Publishes what was committed; the only way in for this process's own events.
    pub fn publish(&self, committed: &Committed) {
        if let Some(contest) = committed.contest() {
            self.wake(contest, || Wake::Events(committed.events().to_vec()));
        }
    }

    /// Another process committed up to `seq`; the rows are read from the table.
    pub(crate) fn committed_elsewhere(&self, contest: ContestId, seq: i64) {
        self.wake(contest, || Wake::UpTo(seq));
    }

    /// Something may have been missed: every watched contest is read again.
    pub(crate) fn reread_all(&self) {
        self.inner.version.fetch_add(1, Ordering::AcqRel);
        let contests: Vec<ContestId> = self.lock().keys().copied().collect();
        for contest in contests {
            self.wake(contest, || Wake::UpTo(i64::MAX));
        }
    }

    /// Frames from now on. Subscribe first, then read [`Hub::frames_since`], then drop frames already read.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn subscribe(
        &self,
        contest: ContestId,
        audience: Audience,
    ) -> store::Result<broadcast::Receiver<SentFrame>> {
        if let Some(receiver) = self.join(contest, audience) {
            return Ok(receiver);
        }
        // read before the pump starts: what is committed after this point is pumped, what was before is replayed
        let (last, zone) = store::contest::ledger_head(self.inner.store.read(), contest).await?;
        let mut watched = self.lock();
        if let Some(entry) = watched.get(&contest)
            && let Some(sender) = entry.audiences.get(&audience)
        {
            return Ok(sender.subscribe());
        }
        let audiences: HashMap<_, _> = Audience::ALL
            .into_iter()
            .map(|audience| (audience, broadcast::channel(BACKLOG).0))
            .collect();
        let receiver = audiences[&audience].subscribe();
        let (wake, woken) = mpsc::unbounded_channel();
        let pump = Pump {
            hub: self.clone(),
            contest,
            zone,
            last,
            audiences: audiences.clone(),
        };
        watched.insert(contest, Watched { wake, audiences });
        drop(watched);
        tokio::spawn(pump.run(woken));
        Ok(receiver)
    }

    /// Frames of committed events after `seq`, from the table.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn frames_since(
        &self,
        contest: ContestId,
        audience: Audience,
        seq: i64,
    ) -> store::Result<Vec<SentFrame>> {
        let (_, zone) = store::contest::ledger_head(self.inner.store.read(), contest).await?;
        let mut frames = Vec::new();
        let mut after = seq;
        loop {
            let events = store::ledger::events_after(self.inner.store.read(), contest, after, PAGE).await?;
            let Some(last) = events.last() else {
                return Ok(frames);
            };
            after = last.seq;
            frames.extend(events.iter().filter_map(|event| frame(event, &zone, audience)));
        }
    }

    fn join(&self, contest: ContestId, audience: Audience) -> Option<broadcast::Receiver<SentFrame>> {
        self.lock()
            .get(&contest)?
            .audiences
            .get(&audience)
            .map(broadcast::Sender::subscribe)
    }

    /// Changes with every commit of any contest, in this process or (on Postgres) another. What was rendered under the
    /// same version still holds.
    pub fn version(&self) -> u64 {
        self.inner.version.load(Ordering::Acquire)
    }

    /// Resolves after the next commit of any contest, or at once where one came since the last call. For one follower:
    /// the outbox.
    pub(crate) async fn committed(&self) {
        self.inner.commits.notified().await;
    }

    fn wake(&self, contest: ContestId, wake: impl FnOnce() -> Wake) {
        self.inner.version.fetch_add(1, Ordering::AcqRel);
        self.inner.commits.notify_one();
        if let Some(watched) = self.lock().get(&contest) {
            // the pump ends only after it has taken its entry out of the map, under the same lock
            let _ = watched.wake.send(wake());
        }
    }

    /// Takes the contest out where nobody watches it any more.
    fn retire(&self, contest: ContestId) -> bool {
        let mut watched = self.lock();
        let idle = watched.get(&contest).is_none_or(|entry| {
            entry
                .audiences
                .values()
                .all(|sender| sender.receiver_count() == 0)
        });
        if idle {
            watched.remove(&contest);
        }
        idle
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ContestId, Watched>> {
        // nothing under this lock can panic halfway through a change
        self.inner.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The task of one watched contest.
struct Pump {
    hub: Hub,
    contest: ContestId,
    zone: Zone,
    last: i64,
    audiences: HashMap<Audience, broadcast::Sender<SentFrame>>,
}

impl Pump {
    async fn run(mut self, mut woken: mpsc::UnboundedReceiver<Wake>) {
        while let Some(wake) = woken.recv().await {
            match wake {
                Wake::Events(events) => self.take(events).await,
                Wake::UpTo(seq) if seq > self.last => self.catch_up().await,
                Wake::UpTo(_) => {}
            }
            if self.hub.retire(self.contest) {
                return;
            }
        }
    }

    async fn take(&mut self, events: Vec<StoredEvent>) {
        // two commits may be published in the other order; the chain says that what is missing is committed already
        if events.first().is_some_and(|first| first.seq > self.last + 1) {
            self.catch_up().await;
        }
        for event in events {
            if event.seq > self.last + 1 {
                // the table could not be read: leaving the gap open lets the next wake fill it in order
                return;
            }
            self.emit(&event);
        }
    }

    async fn catch_up(&mut self) {
        loop {
            let store = &self.hub.inner.store;
            match store::ledger::events_after(store.read(), self.contest, self.last, PAGE).await {
                Ok(events) if events.is_empty() => return,
                Ok(events) => events.iter().for_each(|event| self.emit(event)),
                Err(error) => {
                    // the next wake tries again from the same place
                    tracing::error!(contest = %self.contest, %error, "live events cannot be read");
                    return;
                }
            }
        }
    }

    fn emit(&mut self, event: &StoredEvent) {
        if event.seq <= self.last {
            return;
        }
        self.last = event.seq;
        for (audience, sender) in &self.audiences {
            if sender.receiver_count() > 0
                && let Some(frame) = frame(event, &self.zone, *audience)
            {
                // fails only where the last viewer left this moment
                let _ = sender.send(frame);
            }
        }
    }
}

fn frame(event: &StoredEvent, zone: &Zone, audience: Audience) -> Option<SentFrame> {
    let live = project(&event.event, event.at, zone, audience)?;
    let frame = Frame {
        seq: event.seq,
        event: live,
    };
    match serde_json::to_string(&frame) {
        Ok(data) => Some(SentFrame {
            seq: event.seq,
            data: data.into(),
        }),
        Err(error) => {
            tracing::error!(seq = event.seq, %error, "a live frame has no JSON form");
            None
        }
    }
}
