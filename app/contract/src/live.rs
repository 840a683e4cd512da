//! Live frames as they travel: one sequence number, one event.

use rules::event::LiveEvent;
use serde::{Deserialize, Serialize};

/// One frame of `GET /live/{slug}`; the SSE id is `seq`, the data is this as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    pub seq: i64,
    pub event: LiveEvent,
}
