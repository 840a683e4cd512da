//! Ids and secrets that come out alike in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use service::clock::Ids;
use uuid::Uuid;

/// Counts: the first id ends in 1, the second in 2.
#[derive(Debug, Default)]
pub struct TestIds {
    count: AtomicU64,
}

impl TestIds {
    fn next(&self) -> u64 {
        self.count.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl Ids for TestIds {
    fn id(&self) -> Uuid {
        // shaped like version 7: the counter stands where the time would, so ids sort as they were made
        Uuid::from_u64_pair(self.next() << 16 | 0x7000, 0x8000_0000_0000_0000 | self.next())
    }

    fn secret(&self) -> [u8; 32] {
        let mut state = self.next();
        std::array::from_fn(|_| {
            // SplitMix64: well mixed, not secret at all, which is what a test wants
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            (mixed >> 56) as u8
        })
    }
}
