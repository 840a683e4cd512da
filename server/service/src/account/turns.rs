//! One attempt at a person's password at a time.

use rules::id::UserId;
use tokio::sync::{Mutex, MutexGuard};

/// Lanes that people are spread over.
const LANES: usize = 64;

/// Whose turn it is. Two people may share a lane and then wait for each other, which costs a moment and nothing else.
#[derive(Debug)]
pub(crate) struct Turns {
    lanes: [Mutex<()>; LANES],
}

impl Default for Turns {
    fn default() -> Self {
        Self {
            lanes: std::array::from_fn(|_| Mutex::new(())),
        }
    }
}

impl Turns {
    /// Waits for the person's turn; it lasts as long as the guard.
    pub(crate) async fn take(&self, person: UserId) -> MutexGuard<'_, ()> {
        // the last bytes of a version 7 id are its random ones
        let lane = usize::from(person.uuid().as_bytes()[15]) % LANES;
        self.lanes[lane].lock().await
    }
}
