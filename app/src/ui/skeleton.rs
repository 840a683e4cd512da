//! What stands in a place while its content is on the way.

use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// Grey lines of text; the fallback of a `Suspense` or `Transition`.
///
/// `<Transition fallback=|| view! { <Skeleton lines=4/> }>`
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{t_string!(i18n, common.state.loading)}</span>
            {(0..lines).map(|_| view! { <span class="skeleton-line" aria-hidden="true"></span> }).collect_view()}
        </div>
    }
    .into_any()
}
