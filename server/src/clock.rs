//! The clock of a demo: the machine's, moved on by so many seconds.

use std::sync::atomic::{AtomicI64, Ordering};

use rules::time::Timestamp;
use service::clock::{Clock, SystemClock};

/// Starts as the machine's clock; only ever moves on.
#[derive(Debug, Default)]
pub struct ShiftClock {
    seconds: AtomicI64,
}

impl ShiftClock {
    /// Moves the clock on.
    pub fn advance(&self, seconds: u32) {
        self.seconds.fetch_add(i64::from(seconds), Ordering::SeqCst);
    }
}

impl Clock for ShiftClock {
    fn now(&self) -> Timestamp {
        SystemClock.now() + chrono::Duration::seconds(self.seconds.load(Ordering::SeqCst))
    }
}
