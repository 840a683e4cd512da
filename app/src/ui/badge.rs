//! A word about a state, in the colour of its meaning.

use super::icon::{Icon, IconName};
use super::tone::Tone;
use leptos::prelude::*;

/// A short state: "Đã nộp", "Chờ phê duyệt". The word carries the meaning, the colour only repeats it.
///
/// `<Badge tone=Tone::Ok>"…"</Badge>`
#[component]
pub fn Badge(
    children: Children,
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] icon: Option<IconName>,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.as_str()>
            {icon.map(|name| view! { <Icon name/> })}
            {children()}
        </span>
    }
    .into_any()
}
