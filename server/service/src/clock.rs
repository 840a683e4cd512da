//! The only place that reads a clock, makes ids or draws randomness; tests put their own in its place.

use rand::RngCore;
use rules::time::Timestamp;
use uuid::Uuid;

/// Tells the time, to the microsecond (what both databases keep).
pub trait Clock: Send + Sync {
    /// Now, UTC.
    fn now(&self) -> Timestamp;
}

/// Makes what must be fresh.
pub trait Ids: Send + Sync {
    /// A new id; later ids sort after earlier ones.
    fn id(&self) -> Uuid;
    /// 32 unpredictable bytes: session tokens, seeds of draws.
    fn secret(&self) -> [u8; 32];
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Timestamp {
        use chrono::SubsecRound;
        chrono::Utc::now().trunc_subsecs(6)
    }
}

/// UUIDs of version 7 and the operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "this is the source of ids")]
    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the source of randomness")]
    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}

/// Names a fault for the log and for the person who meets it; needs no test double, since nothing depends on it.
#[expect(
    clippy::disallowed_methods,
    reason = "a fault may happen where no source of ids is at hand"
)]
pub(crate) fn fault_id() -> Uuid {
    Uuid::new_v4()
}
