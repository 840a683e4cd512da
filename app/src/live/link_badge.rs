//! Whether the numbers on the page move by themselves.

use super::Link;
use crate::i18n::{t_string, use_i18n};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// "Trực tiếp", "Đang kết nối lại…", and always the link that loads the page anew.
#[component]
pub fn LinkBadge(link: RwSignal<Link>) -> impl IntoView {
    let i18n = use_i18n();
    let word = move || match link.get() {
        Link::Resting => "",
        Link::Open => t_string!(i18n, common.live.open),
        Link::Lost => t_string!(i18n, common.live.lost),
    };
    let state = move || match link.get() {
        Link::Resting => "resting",
        Link::Open => "open",
        Link::Lost => "lost",
    };
    view! {
        <p class="live-link" data-link=state>
            <span class="live-link-word" role="status">{word}</span>
            <a class="live-link-refresh" href="" rel="external">
                <Icon name=IconName::Refresh/>
                <span>{t_string!(i18n, common.live.refresh)}</span>
            </a>
        </p>
    }
    .into_any()
}
