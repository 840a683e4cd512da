//! What the judge still owes the round, item by item with the way there; all done is said just as plainly.

use contract::judging::{QueueEntry, QueueView};
use leptos::prelude::*;

use crate::judging::parts::{entry_href, order_href};
use crate::judging::words::is_due;
use crate::text::word;
use crate::ui::{Notice, Tone};

/// The overview before a judge leaves the room.
#[component]
pub fn SignOff(queue: QueueView) -> impl IntoView {
    let round = queue.round;
    let due: Vec<&QueueEntry> = queue
        .entries
        .iter()
        .filter(|entry| queue.wants_scores && is_due(entry.state))
        .collect();
    let order_due = queue.wants_order && !queue.order_submitted;
    if !queue.state.takes_ballots() {
        return ().into_any();
    }
    if due.is_empty() && !order_due {
        return view! {
            <Notice tone=Tone::Ok title=word!(judging.sign_off.complete)><p>{word!(judging.sign_off.complete_text)}</p></Notice>
        }
        .into_any();
    }
    let missing = due
        .iter()
        .map(|entry| view! { <li><a href=entry_href(round, &entry.label)>{entry.label.0.clone()}</a></li> })
        .collect_view();
    view! {
        <section class="panel sign-off">
            <h2 class="panel-title">{word!(judging.sign_off.title)}</h2>
            <ul class="sign-off-list">
                {(!queue.principles_confirmed).then(|| view! { <li>{word!(judging.sign_off.principles)}</li> })}
                {(!due.is_empty()).then(|| view! {
                    <li>
                        <p>{word!(judging.sign_off.scorecards, count = due.len())}</p>
                        <ul class="sign-off-labels">{missing}</ul>
                    </li>
                })}
                {order_due.then(|| view! { <li><a href=order_href(round)>{word!(judging.sign_off.order)}</a></li> })}
            </ul>
        </section>
    }
    .into_any()
}
