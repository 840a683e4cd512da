//! What an invitation is about, and what accepting it means.

use contract::author::InvitationView;
use leptos::prelude::*;

use crate::text::word;
use crate::ui::{DataList, DateTime, Datum};

/// Address of an invitation's page.
pub fn href(token: &str) -> String {
    // a secret is 64 hex digits; anything else is nobody's address
    let token: String = token.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("/invitations/{token}")
}

/// Contest, entry, who invites whom, until when.
#[component]
pub fn Facts(view: InvitationView) -> impl IntoView {
    let title = view.title.map(|title| {
        if title.trim().is_empty() {
            word!(entry.untitled)
        } else {
            title
        }
    });
    let open = view.inviter.is_some();
    view! {
        <DataList>
            <Datum name=word!(author.facts.contest)>
                <a href=format!("/contests/{}", view.contest_slug)>{view.contest_name}</a>
            </Datum>
            {title.map(|title| view! { <Datum name=word!(author.facts.title)><span class="strong">{title}</span></Datum> })}
            {view.inviter.map(|name| view! { <Datum name=word!(author.facts.inviter)>{name}</Datum> })}
            <Datum name=word!(author.facts.invitee)>{view.invitee}</Datum>
            {open.then(|| view! {
                <Datum name=word!(author.facts.until)>
                    <DateTime at=view.expires_at zone=view.zone.clone() with_zone=true/>
                </Datum>
            })}
        </DataList>
    }
    .into_any()
}

/// What somebody takes on by accepting.
#[component]
pub fn Meaning() -> impl IntoView {
    view! {
        <ul class="invitation-meaning">
            <li>{word!(author.meaning.name)}</li>
            <li>{word!(author.meaning.declaration)}</li>
            <li>{word!(author.meaning.edit)}</li>
            <li>{word!(author.meaning.excluded)}</li>
        </ul>
    }
    .into_any()
}
