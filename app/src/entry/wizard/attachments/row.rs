//! The files on their way, each with its progress, speed, time left and what the person may do.

use leptos::prelude::*;

use super::queue::{Item, Queue, State};
use crate::text::{attachment_kind_name, bytes_text, word};
use crate::ui::{Button, IconName, ProgressBar, Variant};

/// The list; nothing while nothing is on its way.
#[component]
pub fn Uploads(queue: Queue) -> impl IntoView {
    let any = Memo::new(move |_| queue.items.with(|items| !items.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <section class="upload-queue" aria-label=word!(file.send.queue)>
                    <ul class="file-list">
                        <For each=move || queue.items.get() key=|item| item.number let:item>
                            <Row queue item/>
                        </For>
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn Row(queue: Queue, item: Item) -> impl IntoView {
    let (state, sent, rate, size) = (
        item.state.clone(),
        item.sent.clone(),
        item.rate.clone(),
        item.size,
    );
    let figures = {
        let (sent, rate, state) = (sent.clone(), rate.clone(), state.clone());
        move || {
            let sent = sent.get();
            let mut text = word!(
                file.send.figures,
                done = bytes_text(sent),
                total = bytes_text(size)
            );
            let rate = rate.get();
            if state.get() == State::Sending && rate > 0 {
                let left = size.saturating_sub(sent) / rate;
                text.push_str(" · ");
                text.push_str(&word!(file.send.speed, speed = bytes_text(rate)));
                text.push_str(" · ");
                text.push_str(&word!(file.send.left, time = time_text(left)));
            }
            text
        }
    };
    let doing = {
        let state = state.clone();
        move || match state.get() {
            State::Waiting => word!(file.send.waiting),
            State::Sending => String::new(),
            State::Checking => word!(file.send.checking),
            State::Paused => word!(file.send.paused),
            State::Retrying(seconds) => word!(file.send.retrying, seconds = seconds),
        }
    };
    let stands = Memo::new({
        let state = state.clone();
        move |_| matches!(state.get(), State::Paused | State::Retrying(_))
    });
    let turn = {
        let item = item.clone();
        move || {
            let item = item.clone();
            if stands.get() {
                let label = word!(file.send.resume_of, name = item.name.clone());
                let resume = Callback::new(move |_| queue.resume(&item));
                view! {
                    <Button kind="button" variant=Variant::Quiet small=true icon=IconName::Refresh label on_click=resume>
                        {word!(file.send.resume)}
                    </Button>
                }
                .into_any()
            } else {
                let label = word!(file.send.pause_of, name = item.name.clone());
                let pause = Callback::new(move |_| queue.pause(&item));
                view! {
                    <Button kind="button" variant=Variant::Quiet small=true icon=IconName::Minus label on_click=pause>
                        {word!(file.send.pause)}
                    </Button>
                }
                .into_any()
            }
        }
    };
    let cancel = {
        let item = item.clone();
        Callback::new(move |_| queue.cancel(&item))
    };
    view! {
        <li class="file-row">
            <div class="file-text">
                <span class="file-name strong">{item.name.clone()}</span>
                <span class="muted small">{attachment_kind_name(item.kind)}</span>
                <ProgressBar
                    label=word!(file.send.progress, name = item.name.clone())
                    done=Signal::derive(move || sent.get())
                    total=size
                    bare=true
                />
                <span class="num small">{figures}</span>
                <span class="small" role="status">{doing}</span>
            </div>
            {turn}
            <Button
                kind="button"
                variant=Variant::Quiet
                small=true
                icon=IconName::Close
                label=word!(file.send.cancel_of, name = item.name)
                on_click=cancel
            >
                {word!(file.send.cancel)}
            </Button>
        </li>
    }
    .into_any()
}

/// A time left in the largest fitting unit.
fn time_text(seconds: u64) -> String {
    match seconds {
        0..60 => word!(file.send.seconds, count = seconds.max(1)),
        60..3600 => word!(file.send.minutes, count = seconds.div_ceil(60)),
        _ => word!(
            file.send.hours,
            hours = seconds / 3600,
            minutes = seconds % 3600 / 60
        ),
    }
}
