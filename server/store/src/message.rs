//! Messages: the outbox that writes them, the inbox, and mails on their way.

mod delivery;
mod inbox;
mod near;
mod outbox;
mod overview;

pub use delivery::{Claimed, claim, failed, gone_out, is_due, not_needed, requeue};
pub use inbox::{InboxRow, MailRow, inbox, language, mails_of, mark_read, set_language, unread};
pub use near::{NearDraft, near_drafts, open_contests};
pub use outbox::{NewMessage, advance, behind, insert};
pub use overview::{DeliveryRow, KindTally, deliveries, kinds};

/// Deliveries by mail; the only channel there is.
const MAIL: &str = "mail";
