//! One file a table. Entities stay inside this crate: queries give out rules types and small rows.

pub(crate) mod attachment;
pub(crate) mod award;
pub(crate) mod command;
pub(crate) mod contest;
pub(crate) mod decision;
pub(crate) mod deliberation;
pub(crate) mod document;
pub(crate) mod entry;
pub(crate) mod entry_author;
pub(crate) mod entry_revision;
pub(crate) mod event;
pub(crate) mod invitation;
pub(crate) mod order_ballot;
pub(crate) mod person;
pub(crate) mod role_grant;
pub(crate) mod round;
pub(crate) mod round_entry;
pub(crate) mod scorecard;
pub(crate) mod scorecard_revision;
pub(crate) mod seat;
pub(crate) mod session;
pub(crate) mod tie_decision;
pub(crate) mod unit;
