//! Short messages about what just happened, read out politely and gone by themselves. Errors never come this way:
//! they stay beside the thing they are about.

use super::icon::{Icon, IconName};
use super::tone::Tone;
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;
use std::time::Duration;

/// How long a message stays.
const STAY: Duration = Duration::from_secs(7);

#[derive(Clone)]
struct Toast {
    id: u64,
    tone: Tone,
    text: String,
}

/// Where to send messages: `use_toasts().show(Tone::Ok, "…")`.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Toasts {
    /// Shows a message for some seconds.
    pub fn show(self, tone: Tone, text: impl Into<String>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let toast = Toast {
            id,
            tone,
            text: text.into(),
        };
        self.list.update(|list| list.push(toast));
        set_timeout(move || self.dismiss(id), STAY);
    }

    /// Takes a message away; the page may be gone by then.
    fn dismiss(self, id: u64) {
        self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Called once, by `root()`.
pub fn provide_toasts() {
    provide_context(Toasts {
        list: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
    });
}

/// The messages of this page.
pub fn use_toasts() -> Toasts {
    expect_context()
}

/// The live region; stands once, in the layout.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.list.get() key=|toast| toast.id let:toast>
                <div class="toast" data-tone=toast.tone.as_str()>
                    <Icon name=toast.tone.icon()/>
                    <span class="toast-text">{toast.text}</span>
                    <button
                        class="toast-close"
                        type="button"
                        aria-label=t_string!(i18n, common.action.dismiss)
                        on:click=move |_| toasts.dismiss(toast.id)
                    >
                        <Icon name=IconName::Close/>
                    </button>
                </div>
            </For>
        </div>
    }
    .into_any()
}
