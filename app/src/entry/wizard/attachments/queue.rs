//! Files being uploaded: one after the other, each to be paused, gone on with and given up. The list lives as long as
//! the wizard, so walking through its steps interrupts nothing; what was sent before the page goes stays on the server.

#![cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only the browser sends, and knows how that goes")
)]

use leptos::prelude::*;
use leptos::web_sys;
use rules::entry::AttachmentKind;
use rules::id::CommandKey;

use super::super::draft::Draft;
use super::problem::Problem;
use crate::device::Place;
use crate::i18n::{Locale, locale};
use crate::ui::Toasts;

/// What a file on its way is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Others are before it.
    Waiting,
    Sending,
    /// Every byte is there; the server looks at the file.
    Checking,
    /// By the person.
    Paused,
    /// The connection was lost; the next try is in so many seconds.
    Retrying(u32),
}

/// A file on its way. The browser's own objects lie in `browser`, by the number.
#[derive(Clone, Debug)]
pub struct Item {
    pub number: u32,
    pub name: String,
    /// Bytes.
    pub size: u64,
    pub kind: AttachmentKind,
    /// Makes the upload, and the file in the end, once however often it is asked for.
    pub key: ArcRwSignal<CommandKey>,
    pub state: ArcRwSignal<State>,
    /// Bytes sent.
    pub sent: ArcRwSignal<u64>,
    /// Bytes a second; 0 while not known.
    pub rate: ArcRwSignal<u64>,
    /// Address of the upload, once begun.
    pub address: ArcRwSignal<Option<String>>,
    /// Where this device remembers the address, to go on after a reload.
    pub place: Option<Place>,
    /// Said when it is done; the language cannot be asked later.
    pub done: String,
}

/// The files on their way.
#[derive(Clone, Copy)]
pub struct Queue {
    pub draft: Draft,
    pub items: RwSignal<Vec<Item>>,
    pub refused: RwSignal<Vec<Problem>>,
    pub toasts: Toasts,
    /// An event finds no language.
    pub locale: Locale,
    pub running: StoredValue<bool>,
}

impl Queue {
    /// An empty list.
    pub fn new(draft: Draft, toasts: Toasts) -> Self {
        Self {
            draft,
            items: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            toasts,
            locale: locale(),
            running: StoredValue::new(false),
        }
    }

    /// Puts a file at the end of the list and begins, if nothing is under way.
    pub fn add(self, kind: AttachmentKind, file: web_sys::File) {
        #[cfg(feature = "hydrate")]
        {
            let item = super::browser::item(self, kind, file);
            self.items.update(|items| items.push(item));
            super::browser::start(self);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (kind, file);
    }

    /// Stops a file until the person goes on with it.
    pub fn pause(self, item: &Item) {
        item.state.set(State::Paused);
        #[cfg(feature = "hydrate")]
        super::browser::interrupt(item.number);
    }

    /// Goes on with a file that was paused, or at once with one that waits for its next try.
    pub fn resume(self, item: &Item) {
        item.state.set(State::Waiting);
        #[cfg(feature = "hydrate")]
        super::browser::start(self);
    }

    /// Gives a file up; the server forgets what it has of it.
    pub fn cancel(self, item: &Item) {
        self.drop_item(item.number);
        if let Some(place) = &item.place {
            place.clear();
        }
        #[cfg(feature = "hydrate")]
        if let Some(address) = item.address.get_untracked() {
            super::browser::give_up(self.draft, address);
        }
    }

    /// Takes a file off the list.
    pub fn drop_item(self, number: u32) {
        #[cfg(feature = "hydrate")]
        super::browser::forget(number);
        self.items
            .try_update(|items| items.retain(|item| item.number != number));
    }

    /// The wizard goes: nothing is sent any more. The server keeps what it has.
    pub fn leave(self) {
        #[cfg(feature = "hydrate")]
        for item in self.items.get_untracked() {
            super::browser::forget(item.number);
        }
    }
}
