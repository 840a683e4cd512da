//! The unit's desk: lists, returns with comments, forwarding slips, and how every unit of a contest stands.

mod order;
mod overview;
mod returns;
mod slip;

pub use order::{OrderRow, order_of, orders_in, put_order};
pub use overview::{UnitCount, entries_in, unit_counts};
pub use returns::{NoteRow, ReturnRow, insert_return, mend_note, notes_of, returns_of};
pub use slip::{SlipHead, SlipRow, insert_slip, last_number, slip, slips_in, slips_of};
