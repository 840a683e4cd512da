//! A question that must be answered first: the browser's own `<dialog>`, which keeps the focus inside and closes on Esc.
//!
//! Without the wasm nothing opens it, so what leads to a dialog is a link to a page that asks the same
//! ([`DialogLink`]).

use super::button::Variant;
use super::icon::{Icon, IconName};
use crate::i18n::{t_string, use_i18n};
use leptos::{ev::MouseEvent, html, prelude::*};

/// A modal dialog; set `open` to show it. The children are the text and a form with its buttons.
///
/// `<Dialog open title="…">…</Dialog>` with `let open = RwSignal::new(false);`
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    children: Children,
    /// Wider, for a preview.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            // Refused only when it is open already, which is what is wanted.
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    view! {
        <dialog class="dialog" class:dialog-wide=wide node_ref=node aria-label=title.clone() on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 class="dialog-title">{title.clone()}</h2>
                <button
                    class="dialog-close"
                    type="button"
                    aria-label=t_string!(i18n, common.action.close)
                    on:click=move |_| open.set(false)
                >
                    <Icon name=IconName::Close/>
                </button>
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
    .into_any()
}

/// A link to the page that asks; with wasm it opens the dialog instead.
///
/// `<DialogLink href="withdraw" open>"…"</DialogLink>`
#[component]
pub fn DialogLink(
    #[prop(into)] href: String,
    open: RwSignal<bool>,
    #[prop(default = Variant::Secondary)] variant: Variant,
    #[prop(optional, into)] icon: Option<IconName>,
    children: Children,
) -> impl IntoView {
    let ask = move |event: MouseEvent| {
        event.prevent_default();
        open.set(true);
    };
    view! {
        <a class=variant.class() href=href aria-haspopup="dialog" on:click=ask>
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
        </a>
    }
    .into_any()
}
