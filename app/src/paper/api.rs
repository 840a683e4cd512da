//! The slice's server functions. Documents themselves come from plain addresses: bytes do not travel through here.

use contract::Error;
use contract::paper::BlindCheckView;
use leptos::prelude::*;

/// What may tell judges who wrote the accepted entries.
#[server(prefix = "/api/paper", endpoint = "blind_check")]
pub async fn blind_check(slug: String, page: u32) -> Result<BlindCheckView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.paper.blind_check(&actor, slug, page).await)
}
