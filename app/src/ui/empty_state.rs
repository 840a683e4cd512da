//! What a list says when it has nothing: why, and what to do next.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// An empty list. The children are the next step: one sentence, a button.
///
/// `<EmptyState title="…" icon=IconName::Inbox><p>…</p><LinkButton …/></EmptyState>`
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(default = IconName::Inbox)] icon: IconName,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon"><Icon name=icon/></span>
            <p class="empty-title">{title}</p>
            {children.map(|children| view! { <div class="empty-body">{children()}</div> })}
        </div>
    }
    .into_any()
}
