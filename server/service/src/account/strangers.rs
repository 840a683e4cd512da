//! Failures of user names that do not exist. They are locked out like real ones, so that the answer does not tell which
//! names exist. Kept in memory, bounded; nothing of value is lost with it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use rules::account::lockout_delay;
use rules::time::Timestamp;

/// Names remembered; beyond that the memory begins anew.
const MOST: usize = 10_000;

/// Wrong names and until when they are locked.
#[derive(Debug, Default)]
pub(super) struct Strangers {
    failures: Mutex<HashMap<String, (u32, Option<Timestamp>)>>,
}

impl Strangers {
    /// Seconds left of a name's lockout; 0 for none.
    pub(super) fn wait(&self, login: &str, now: Timestamp) -> u64 {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        seconds_left(failures.get(login).and_then(|(_, until)| *until), now)
    }

    /// Counts a failure and gives the seconds to wait from now.
    pub(super) fn fail(&self, login: &str, now: Timestamp) -> u64 {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= MOST && !failures.contains_key(login) {
            failures.clear();
        }
        let (count, until) = failures.entry(login.to_owned()).or_default();
        *count = count.saturating_add(1);
        let delay = lockout_delay(*count);
        *until = locked_until(delay, now);
        delay
    }
}

/// The end of a lockout of `delay` seconds; `None` for no lockout.
pub(super) fn locked_until(delay: u64, now: Timestamp) -> Option<Timestamp> {
    let delay = TimeDelta::try_seconds(i64::try_from(delay).ok()?).filter(|delay| !delay.is_zero())?;
    now.checked_add_signed(delay)
}

/// Whole seconds until then, rounded up.
pub(super) fn seconds_left(until: Option<Timestamp>, now: Timestamp) -> u64 {
    let left = until.map_or(0, |until| (until - now).num_milliseconds());
    u64::try_from(left).map_or(0, |left| left.div_ceil(1000))
}
