//! The acts of a long form, in reach while it scrolls.

use leptos::prelude::*;

/// Sticks to the bottom of the screen. Order the children: primary act first; `status` is the text at the other end
/// ("Đã lưu lúc 10:32").
///
/// `<ActionBar status=move || view! { … }><Button>…</Button></ActionBar>`
#[component]
pub fn ActionBar(children: Children, #[prop(optional, into)] status: ViewFn) -> impl IntoView {
    view! {
        <div class="action-bar">
            <div class="cluster">{children()}</div>
            <div class="action-bar-status" role="status">{status.run()}</div>
        </div>
    }
    .into_any()
}
