//! The way to the inbox, with the number of messages not read.

use super::api;
use crate::text::{count_text, word};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

/// Above this the badge says only that there are many.
const BADGE_MAX: u64 = 99;

/// The number as last heard of; `None` until anything newer than the page itself is known.
#[derive(Clone, Copy)]
pub struct Unread(RwSignal<Option<u64>>);

impl Unread {
    /// A newer number; the page may be gone by then.
    pub fn set(self, count: u64) {
        self.0.try_set(Some(count));
    }

    /// Asks the server.
    pub fn refresh(self) {
        spawn_local(async move {
            // an old number stays where the server cannot be reached
            if let Ok(count) = api::unread().await {
                self.set(count);
            }
        });
    }
}

/// Called once, by `root()`.
pub fn provide_unread() {
    provide_context(Unread(RwSignal::new(None)));
}

/// The number shared by bell and inbox.
pub fn use_unread() -> Unread {
    expect_context()
}

/// The bell. `unread` comes with the session; each page gone to in the browser asks again.
#[component]
pub fn Bell(unread: u64) -> impl IntoView {
    let shared = use_unread();
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            shared.refresh();
        }
        now
    });
    let count = move || shared.0.get().unwrap_or(unread);
    let label = {
        let (none, some) = (word!(message.bell), move |count: u64| {
            word!(message.bell_unread, count = count_text(count as i64))
        });
        let texts = StoredValue::new(none);
        move || match count() {
            0 => texts.get_value(),
            many => some(many),
        }
    };
    let badge = move || match count() {
        0 => String::new(),
        many if many > BADGE_MAX => format!("{BADGE_MAX}+"),
        many => many.to_string(),
    };
    view! {
        <a class="bell" href="/messages" aria-label=label>
            <Icon name=IconName::Bell/>
            <span class="bell-count num" aria-hidden="true" hidden=move || count() == 0>{badge}</span>
        </a>
    }
    .into_any()
}
