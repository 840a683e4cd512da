//! The slice's server functions.

use contract::Error;
use contract::message::{DeliveriesView, InboxQuery, InboxView};
use leptos::prelude::*;
use rules::message::Reach;

/// A page of one's own messages.
#[server(prefix = "/api/message", endpoint = "inbox")]
pub async fn inbox(query: InboxQuery) -> Result<InboxView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.message.inbox(&actor, query).await)
}

/// How many of one's own messages are not read.
#[server(prefix = "/api/message", endpoint = "unread")]
pub async fn unread() -> Result<u64, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.message.unread(&actor).await)
}

/// Marks one message read, or all.
#[server(prefix = "/api/message", endpoint = "mark_read")]
pub async fn mark_read(cmd: contract::message::MarkRead) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.message.mark_read(&actor, cmd).await)
}

/// What became of a contest's messages; with `reach` only those that have come so far.
#[server(prefix = "/api/message", endpoint = "deliveries")]
pub async fn deliveries(slug: String, reach: Option<Reach>, page: u32) -> Result<DeliveriesView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.message.deliveries(&actor, slug, reach, page).await)
}

/// Sends mails again that did not go out.
#[server(prefix = "/api/message", endpoint = "resend")]
pub async fn resend(cmd: contract::message::ResendMail) -> Result<u64, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.message.resend(&actor, cmd).await)
}
