//! When a deadline is near enough to be reminded of.

use chrono::TimeDelta;

use crate::time::Timestamp;

/// A reminder goes out this long before a deadline, or as soon after as somebody comes under it.
pub const REMIND_WITHIN: TimeDelta = TimeDelta::hours(48);

/// Whether `deadline` is still ahead and near.
pub fn is_near(now: Timestamp, deadline: Timestamp) -> bool {
    now < deadline && deadline - now <= REMIND_WITHIN
}

/// Whether a unit has forwarded fewer entries than it must; a contest without a quota still expects one.
pub fn lacks_entries(forwarded: u32, min_quota: u32) -> bool {
    forwarded < min_quota.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_days_before_and_not_after() {
        let deadline: Timestamp = "2025-07-10T16:59:59Z".parse().expect("a time");
        assert!(!is_near(
            deadline - REMIND_WITHIN - TimeDelta::seconds(1),
            deadline
        ));
        assert!(is_near(deadline - REMIND_WITHIN, deadline));
        assert!(is_near(deadline - TimeDelta::seconds(1), deadline));
        assert!(!is_near(deadline, deadline));
        assert!(!is_near(deadline + TimeDelta::seconds(1), deadline));
    }

    #[test]
    fn one_entry_is_expected_without_a_quota() {
        assert!(lacks_entries(0, 0));
        assert!(!lacks_entries(1, 0));
        assert!(lacks_entries(1, 2));
    }
}
