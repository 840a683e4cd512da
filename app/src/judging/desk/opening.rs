//! A round that is not open yet: what it waits for, and what opening it does.

use leptos::prelude::*;

use super::Desk;
use crate::judging::api::OpenRound;
use crate::judging::parts::{Failure, after_success, failure_of};
use crate::text::{violation_text, word};
use crate::ui::{Button, Card, IconName, Notice, Tone};

/// The way to open the round, or what blocks it.
#[component]
pub fn Opening(desk: Desk) -> impl IntoView {
    let action = ServerAction::<OpenRound>::new();
    after_success(action, move |()| desk.reload());
    let blocks = desk.part(|view| view.blocks.clone());
    let facts = desk.part(|view| (view.can_open, view.round, view.key, view.seats.clone()));
    let check = desk.part(|view| format!("/manage/{}/blind", view.contest_slug));
    let waiting =
        move || {
            let blocks = blocks.get();
            (!blocks.is_empty()).then(|| {
            let lines = blocks.iter().map(|block| view! { <li>{violation_text(block)}</li> }).collect_view();
            view! { <Notice tone=Tone::Warn title=word!(judging.opening.blocked)><ul>{lines}</ul></Notice> }
        })
        };
    let body = move || {
        let (can_open, round, key, seats) = facts.get();
        let jury = seats
            .into_iter()
            .map(|(seat, name)| view! { <li><span class="num">{seat.0}</span>" – "{name}</li> })
            .collect_view();
        view! {
            <h3>{word!(judging.opening.jury)}</h3>
            <ul class="jury-list">{jury}</ul>
            {if can_open {
                view! {
                    <p><a href=check.get()>{word!(paper.check.link)}</a></p>
                    <ActionForm action>
                        <input type="hidden" name="cmd[key]" value=key.to_string()/>
                        <input type="hidden" name="cmd[round]" value=round.to_string()/>
                        <Button icon=IconName::Unlock loading=action.pending()>{word!(judging.opening.open)}</Button>
                    </ActionForm>
                }
                .into_any()
            } else {
                view! { <p class="muted">{word!(judging.opening.not_yet)}</p> }.into_any()
            }}
        }
    };
    view! {
        <Card title=word!(judging.opening.title) highlight=true>
            <div class="stack">
                <p>{word!(judging.opening.text)}</p>
                <Failure error=failure_of(action)/>
                {waiting}
                {body}
            </div>
        </Card>
    }
    .into_any()
}
