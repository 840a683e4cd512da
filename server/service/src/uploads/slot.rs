//! One writer an upload. Who comes later asks the one before to stop and waits for it: a connection that hangs must not
//! lock its own author out. Where several processes share the data folder, a lock on the file keeps the others out for as
//! long as the turn is held; they cannot ask, so they are refused.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use contract::Result;
use rules::Violation;
use rules::id::UploadId;
use rules::time::Timestamp;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard, watch};

use super::growing::{self, Growing};

/// How long the one before may take to stop.
const WAIT: Duration = Duration::from_secs(5);

/// How long an upload nobody writes to stays in memory; after that its bytes are read again.
const IDLE: chrono::Duration = chrono::Duration::minutes(10);

/// The uploads somebody wrote to lately.
#[derive(Clone, Default)]
pub(super) struct Slots(Arc<Mutex<HashMap<UploadId, Slot>>>);

#[derive(Clone)]
struct Slot {
    growing: Arc<Turn<Option<Growing>>>,
    /// Counts who came; a writer that sees it rise stops.
    came: watch::Sender<u64>,
    used: Timestamp,
}

/// The turn at an upload.
pub(super) struct Held {
    /// Dropped before `growing`: the next one here must not find the lock of the one before.
    lock: Option<File>,
    pub growing: OwnedMutexGuard<Option<Growing>>,
    asked: watch::Receiver<u64>,
}

impl Held {
    /// Resolves when somebody else wants the turn.
    pub async fn asked_to_stop(asked: &mut watch::Receiver<u64>) {
        if asked.changed().await.is_err() {
            // nobody can ask any more
            std::future::pending::<()>().await;
        }
    }

    /// Keeps other processes from the upload's file at `path`, which is made where there is none, for as long as the turn
    /// is held. False where one of them has it. Blocks.
    pub fn lock(&mut self, path: &Path) -> std::io::Result<bool> {
        self.lock = growing::lock(path)?;
        Ok(self.lock.is_some())
    }

    /// What tells of others who want the turn.
    pub fn asked(&self) -> watch::Receiver<u64> {
        self.asked.clone()
    }
}

impl Slots {
    /// Takes the turn at an upload.
    ///
    /// # Errors
    /// `Rule(UploadBusy)` where the one before does not stop.
    pub async fn take(&self, id: UploadId, now: Timestamp) -> Result<Held> {
        let slot = self.slot(id, now);
        slot.came.send_modify(|count| *count += 1);
        let asked = slot.came.subscribe();
        let growing = tokio::time::timeout(WAIT, slot.growing.lock_owned())
            .await
            .map_err(|_| Violation::UploadBusy)?;
        Ok(Held {
            lock: None,
            growing,
            asked,
        })
    }

    /// Forgets an upload that is over.
    pub fn forget(&self, id: UploadId) {
        self.map().remove(&id);
    }

    fn slot(&self, id: UploadId, now: Timestamp) -> Slot {
        let mut map = self.map();
        map.retain(|_, slot| Arc::strong_count(&slot.growing) > 1 || now - slot.used < IDLE);
        let slot = map.entry(id).or_insert_with(|| Slot {
            growing: Arc::default(),
            came: watch::Sender::new(0),
            used: now,
        });
        slot.used = now;
        slot.clone()
    }

    fn map(&self) -> std::sync::MutexGuard<'_, HashMap<UploadId, Slot>> {
        // no code that could panic runs under the lock
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
