//! The round desk follows the contest's live frames.

use super::desk::Desk;

/// Keeps a desk up to date while it is open.
pub(super) fn follow(desk: Desk) {
    let _ = desk;
}
