//! The browser's side: an `EventSource` that lives as long as the page.

use super::{Feed, Link};
use contract::live::Frame;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

/// First wait before a new attempt where the browser gave up; doubles up to a minute.
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// An open source with its callbacks, which must live as long as it.
struct Stream {
    source: EventSource,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _open: Closure<dyn FnMut(Event)>,
    _error: Closure<dyn FnMut(Event)>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// What all attempts of one page share. Everything in it dies with the page, which is how a late timer notices.
struct Follow<F> {
    slug: String,
    feed: Feed,
    link: RwSignal<Link>,
    seen: StoredValue<i64>,
    wait: StoredValue<Duration>,
    slot: StoredValue<Option<Stream>, LocalStorage>,
    on_frame: F,
}

impl<F: Clone> Clone for Follow<F> {
    fn clone(&self) -> Self {
        Self {
            slug: self.slug.clone(),
            on_frame: self.on_frame.clone(),
            ..*self
        }
    }
}

pub(super) fn follow<F: Fn(Frame) + Clone + 'static>(
    slug: String,
    since: i64,
    feed: Feed,
    link: RwSignal<Link>,
    on_frame: F,
) {
    let follow = Follow {
        slug,
        feed,
        link,
        seen: StoredValue::new(since),
        wait: StoredValue::new(FIRST_WAIT),
        slot: StoredValue::new_local(None),
        on_frame,
    };
    let slot = follow.slot;
    Effect::new(move || follow.clone().open());
    on_cleanup(move || {
        slot.try_update_value(|slot| *slot = None);
    });
}

impl<F: Fn(Frame) + Clone + 'static> Follow<F> {
    fn open(self) {
        let Some(seen) = self.seen.try_get_value() else {
            return;
        };
        let feed = match self.feed {
            Feed::Public => "&audience=public",
            Feed::Viewer => "",
        };
        let Ok(source) = EventSource::new(&format!("/live/{}?since={seen}{feed}", self.slug)) else {
            return;
        };
        let message = {
            let (seen, on_frame) = (self.seen, self.on_frame.clone());
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                // A frame this page is too old to read is skipped; the next full load shows what it said.
                if let Ok(frame) = serde_json::from_str::<Frame>(&text)
                    && seen.try_get_value().is_some_and(|seen| frame.seq > seen)
                {
                    seen.try_set_value(frame.seq);
                    on_frame(frame);
                }
            })
        };
        let open = {
            let (link, wait) = (self.link, self.wait);
            Closure::<dyn FnMut(Event)>::new(move |_| {
                link.try_set(Link::Open);
                wait.try_set_value(FIRST_WAIT);
            })
        };
        let error = {
            let (again, source) = (self.clone(), source.clone());
            Closure::<dyn FnMut(Event)>::new(move |_| {
                again.link.try_set(Link::Lost);
                // While it is connecting the browser tries by itself, from the last frame it got.
                if source.ready_state() == EventSource::CLOSED {
                    again.clone().retry();
                }
            })
        };
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        source.set_onopen(Some(open.as_ref().unchecked_ref()));
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        let stream = Stream {
            source,
            _message: message,
            _open: open,
            _error: error,
        };
        // Refused when the page is gone: the stream is dropped and closed here.
        self.slot.try_set_value(Some(stream));
    }

    fn retry(self) {
        let Some(wait) = self.wait.try_get_value() else {
            return;
        };
        self.wait.try_set_value((wait * 2).min(LONGEST_WAIT));
        set_timeout(move || self.open(), wait);
    }
}
