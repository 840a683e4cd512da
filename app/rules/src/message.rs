//! Messages to people: who is told what of an event, what a message says, when a deadline is near, how often a mail is
//! tried. Sending is the service's; every decision is here.

mod address;
mod body;
mod delivery;
mod notice;
mod remind;

pub use address::mail_address;
pub use body::{MessageBody, MessageKind, NearEntry};
pub use delivery::{DeliveryState, MailFailure, Reach, retry_after};
pub use notice::{Notice, Readers, notices};
pub use remind::{REMIND_WITHIN, is_near, lacks_entries};
