//! A message in the page that stays until its reason is gone.

use super::icon::{Icon, IconName};
use super::tone::Tone;
use leptos::prelude::*;

impl Tone {
    /// The drawing that says the same as the colour, for those who do not see the colour.
    pub(super) const fn icon(self) -> IconName {
        match self {
            Tone::Neutral | Tone::Info => IconName::Info,
            Tone::Ok => IconName::CheckCircle,
            Tone::Warn => IconName::AlertTriangle,
            Tone::Danger => IconName::AlertCircle,
            Tone::Gold => IconName::Star,
        }
    }
}

/// A framed message with an optional title; anything may stand inside.
///
/// `<Notice tone=Tone::Warn title="…"><p>…</p></Notice>`
#[component]
pub fn Notice(
    children: Children,
    #[prop(default = Tone::Info)] tone: Tone,
    #[prop(optional, into)] title: Option<String>,
    /// Announce it when it appears after an act of the person.
    #[prop(optional)]
    announce: bool,
) -> impl IntoView {
    view! {
        <div class="notice" data-tone=tone.as_str() role=announce.then_some("status")>
            <Icon name=tone.icon()/>
            <div class="notice-body">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
    .into_any()
}
