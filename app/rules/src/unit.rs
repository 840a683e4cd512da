//! A unit's desk: where its entries lie, its list with reserves, its quota, what it asks authors to mend,
//! the slip it forwards with, and what is left for it to do.

mod lane;
mod note;
mod order;
mod quota;
mod slip;
mod todo;

pub use lane::{Lane, lane};
pub use note::{
    NOTE_MAX, NOTES_MAX, ReturnNote, changed_since, field_from_key, field_key, note_fields, notes_hash,
    return_due,
};
pub use order::UnitOrder;
pub use quota::{Quota, QuotaStanding};
pub use slip::{Slip, SlipLine, slip_code};
pub use todo::{Desk, Todo, todo};
