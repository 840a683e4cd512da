//! A clock that stands still until a test moves it.

use std::sync::Mutex;

use chrono::TimeDelta;
use rules::time::Timestamp;
use service::clock::Clock;

/// Time as the test says.
#[derive(Debug)]
pub struct TestClock {
    now: Mutex<Timestamp>,
}

impl TestClock {
    /// Stands at an RFC 3339 time, e.g. `2025-07-01T09:00:00+07:00`.
    pub fn at(text: &str) -> Self {
        Self {
            now: Mutex::new(parse(text)),
        }
    }

    /// Sets the time to an RFC 3339 text.
    pub fn set(&self, text: &str) {
        *self.now.lock().expect("no test panics while it sets the clock") = parse(text);
    }

    /// Moves the time on.
    pub fn advance(&self, by: TimeDelta) {
        *self.now.lock().expect("no test panics while it sets the clock") += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().expect("no test panics while it sets the clock")
    }
}

fn parse(text: &str) -> Timestamp {
    text.parse().expect("the test writes an RFC 3339 time")
}
