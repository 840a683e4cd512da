//! Sending, in the browser: piece by piece, again and again while the connection is lost.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use contract::Error;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{File, XmlHttpRequest};
use rules::account::Denied;
use rules::entry::AttachmentKind;

use super::problem::Problem;
use super::queue::{Item, Queue, State};
use super::reload;
use super::tus::{self, Failure};
use crate::entry::wizard::draft::Draft;
use crate::i18n::td_string;
use crate::judging::fresh_key;
use crate::ui::Tone;
use wasm_bindgen_futures::JsFuture;

/// Bytes of a piece: a lost connection costs no more than these are sent again.
const PIECE: u64 = 8 * 1024 * 1024;
/// Longest wait between two tries.
const LONGEST: u32 = 30;

thread_local! {
    /// The files on their way and the request each waits for.
    static FILES: RefCell<BTreeMap<u32, (File, Option<XmlHttpRequest>)>> = const { RefCell::new(BTreeMap::new()) };
    /// The number given last; none is given twice.
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// A chosen file as an item; where this device remembers an upload of it, that one goes on.
pub fn item(queue: Queue, kind: AttachmentKind, file: File) -> Item {
    let (name, size) = (file.name(), file.size() as u64);
    let place = queue.draft.frame.with_value(|frame| {
        let shelf = frame.shelf.as_ref()?;
        let print = format!("upload/{}/{size}/{}/{name}", kind.slug(), file.last_modified());
        Some(shelf.below(&print))
    });
    let number = LAST.get() + 1;
    LAST.set(number);
    FILES.with_borrow_mut(|files| files.insert(number, (file, None)));
    Item {
        number,
        done: td_string!(queue.locale, file.send.done, name = name.clone()),
        name,
        size,
        kind,
        key: ArcRwSignal::new(fresh_key()),
        state: ArcRwSignal::new(State::Waiting),
        sent: ArcRwSignal::new(0),
        rate: ArcRwSignal::new(0),
        address: ArcRwSignal::new(place.as_ref().and_then(crate::device::Place::read)),
        place,
    }
}

/// Notes the request a file waits for.
pub fn sending(number: u32, request: Option<XmlHttpRequest>) {
    FILES.with_borrow_mut(|files| {
        if let Some((_, under_way)) = files.get_mut(&number) {
            *under_way = request;
        }
    });
}

/// Ends the request a file waits for.
pub fn interrupt(number: u32) {
    let request = FILES.with_borrow(|files| files.get(&number).and_then(|(_, request)| request.clone()));
    // outside the borrow: the end of the request is told at once
    if let Some(request) = request {
        // an ended request cannot be ended again, which is as good
        let _ = request.abort();
    }
}

/// Ends the request a file waits for and lets go of the file.
pub fn forget(number: u32) {
    interrupt(number);
    FILES.with_borrow_mut(|files| files.remove(&number));
}

/// Lets the server forget an upload, then shows what is left.
pub fn give_up(draft: Draft, address: String) {
    spawn_local(async move {
        tus::terminate(&address).await;
        reload(draft).await;
    });
}

/// Sends what waits, one file after the other, unless that is being done already.
pub fn start(queue: Queue) {
    if queue.running.get_value() {
        return;
    }
    queue.running.set_value(true);
    spawn_local(async move {
        while let Some(item) = next(queue) {
            if !queue.draft.save.is_disposed() {
                finish(queue, &item).await;
            }
        }
        queue.running.try_set_value(false);
    });
}

/// The first file that waits.
fn next(queue: Queue) -> Option<Item> {
    let waits = |item: &&Item| item.state.get_untracked() == State::Waiting;
    queue
        .items
        .try_with_untracked(|items| items.iter().find(waits).cloned())?
}

/// Whether a file is still to be sent: neither paused nor given up, and the page is there.
fn is_wanted(queue: Queue, item: &Item) -> bool {
    let there = queue
        .items
        .try_with_untracked(|items| items.iter().any(|other| other.number == item.number));
    there == Some(true) && item.state.get_untracked() != State::Paused
}

/// Sends one file to its end, whichever that is.
async fn finish(queue: Queue, item: &Item) {
    let end = send(queue, item).await;
    let Some(end) = end else { return };
    queue.drop_item(item.number);
    let signed_out = matches!(end, Err(Error::Denied(Denied::SignInRequired)));
    if let Some(place) = item.place.as_ref().filter(|_| !signed_out) {
        place.clear();
    }
    match end {
        Ok(()) => queue.toasts.show(Tone::Ok, item.done.clone()),
        Err(error) => {
            let problem = Problem::Refused(Some(item.name.clone()), error);
            queue.refused.try_update(|refused| refused.push(problem));
        }
    }
    reload(queue.draft).await;
}

/// Sends a file; `None` where the person paused it or gave it up.
async fn send(queue: Queue, item: &Item) -> Option<Result<(), Error>> {
    let mut tries = 0;
    let mut offset = None;
    while is_wanted(queue, item) {
        item.state.set(State::Sending);
        match step(queue, item, &mut offset).await {
            Ok(()) if offset == Some(item.size) => return Some(Ok(())),
            Ok(()) => tries = 0,
            Err(Failure::Refused(error)) => return Some(Err(error)),
            Err(Failure::Gone) => {
                // forgotten by the server: from the beginning, under another key
                offset = None;
                item.address.set(None);
                item.key.set(fresh_key());
            }
            Err(Failure::Broken) => {
                offset = None;
                if is_wanted(queue, item) {
                    wait(item, tries).await;
                    tries += 1;
                }
            }
        }
    }
    None
}

/// One request: begin, ask, or send a piece.
async fn step(queue: Queue, item: &Item, offset: &mut Option<u64>) -> Result<(), Failure> {
    let Some(address) = item.address.get_untracked() else {
        let address = tus::create(queue.draft, item).await?;
        if let Some(place) = &item.place {
            place.write(&address);
        }
        item.address.set(Some(address));
        return Ok(());
    };
    let Some(from) = *offset else {
        let has = tus::offset(item, &address).await?;
        item.sent.set(has);
        *offset = Some(has);
        return Ok(());
    };
    let to = item.size.min(from + PIECE);
    let piece = FILES.with_borrow(|files| {
        let (file, _) = files.get(&item.number)?;
        file.slice_with_f64_and_f64(from as f64, to as f64).ok()
    });
    let Some(piece) = piece else {
        return Err(Failure::Broken);
    };
    let (told, last) = (item.clone(), to == item.size);
    let begun = (js_sys::Date::now(), from);
    let has = tus::append(item, &address, from, &piece, move |sent| {
        let now = from + sent.min(to - from);
        told.sent.set(now);
        measure(&told, begun, now);
        if last && now == to {
            told.state.set(State::Checking);
        }
    })
    .await?;
    item.sent.set(has);
    measure(item, begun, has);
    *offset = Some(has);
    Ok(())
}

/// Notes how fast it goes: of this piece, smoothed with what was before.
fn measure(item: &Item, (since, from): (f64, u64), sent: u64) {
    let seconds = (js_sys::Date::now() - since) / 1000.0;
    if seconds < 0.25 || sent <= from {
        return;
    }
    let now = (sent - from) as f64 / seconds;
    let before = item.rate.get_untracked() as f64;
    let rate = if before > 0.0 {
        before * 0.7 + now * 0.3
    } else {
        now
    };
    item.rate.set(rate as u64);
}

/// Waits before the next try, twice as long each time; without a network until there is one.
async fn wait(item: &Item, tries: u32) {
    let seconds = LONGEST.min(1 << tries.min(5));
    item.state.set(State::Retrying(seconds));
    item.rate.set(0);
    let mut left = seconds;
    let mut was_offline = false;
    loop {
        a_second().await;
        if !matches!(item.state.get_untracked(), State::Retrying(_)) {
            return; // the person wants it now, or not at all
        }
        let online = window().navigator().on_line();
        left = left.saturating_sub(1);
        if online && (left == 0 || was_offline) {
            return;
        }
        was_offline = !online;
    }
}

async fn a_second() {
    let over = Promise::new(&mut |resolve, _| {
        // a window without timers is gone, and so is whoever waits
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 1000);
    });
    let _ = JsFuture::from(over).await;
}
