//! Links from other pages to documents.

use leptos::prelude::*;

use crate::text::word;
use crate::ui::{IconName, LinkButton, Variant};

/// On the eligibility desk: the check of blind copies, and everything as an archive.
#[component]
pub fn DeskPapers(slug: String) -> impl IntoView {
    view! {
        <LinkButton href=format!("/manage/{slug}/blind") variant=Variant::Secondary icon=IconName::EyeOff>
            {word!(paper.check.link)}
        </LinkButton>
        <LinkButton
            href=format!("/manage/{slug}/entries.zip")
            variant=Variant::Secondary
            icon=IconName::Download
            external=true
        >
            {word!(paper.export.zip)}
        </LinkButton>
    }
    .into_any()
}
