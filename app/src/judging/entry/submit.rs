//! Handing in: checked in the browser by the rules the server uses, summed up, confirmed once.

use contract::judging::OwnCardState;
use leptos::wasm_bindgen::JsCast;
use leptos::{ev::SubmitEvent, prelude::*};
use rules::event::EntryLabel;
use rules::judging::{Rubric, criterion_points};

use super::sheet::{SaveState, Sheet};
use crate::judging::parts::{entry_href, queue_href};
use crate::judging::words::{points, points_full};
use crate::text::{error_text, word};
use crate::ui::{Button, Dialog, IconName, LinkButton, Notice, Tone, Variant};

/// What the form does when it is sent: saves at once, or checks and asks.
pub fn use_submit(sheet: Sheet, asking: RwSignal<bool>) -> impl Fn(SubmitEvent) + Copy + 'static {
    move |event: SubmitEvent| {
        event.prevent_default();
        let button = event
            .submitter()
            .and_then(|element| element.dyn_into::<leptos::web_sys::HtmlButtonElement>().ok());
        if button.is_none_or(|button| button.value() != "submit") {
            sheet.save_now();
        } else if untrack(|| sheet.is_complete()) {
            asking.set(true);
        } else {
            sheet.tries.update(|tries| *tries += 1);
        }
    }
}

/// The summary before handing in, and what became of it.
#[component]
pub fn SubmitDialog(
    sheet: Sheet,
    asking: RwSignal<bool>,
    next: Option<EntryLabel>,
    rubric: Rubric,
) -> impl IntoView {
    let (round, label) = sheet.frame.with_value(|frame| (frame.round, frame.label.clone()));
    let title = word!(judging.submit.title, label = label.0);
    let rubric = StoredValue::new(rubric);
    let done = move || sheet.card.with(|card| card.state == OwnCardState::Submitted);
    let busy = Signal::derive(move || sheet.save.with(|save| *save == SaveState::Saving));
    let lines = move || {
        let scores = sheet.reading().scores;
        rubric.with_value(|rubric| {
            let line = |criterion: &rules::judging::Criterion| {
                let given = criterion_points(rubric, criterion, &scores)
                    .map(points_full)
                    .unwrap_or_default();
                view! {
                    <tr>
                        <th scope="row">{format!("{} {}", criterion.code, criterion.name)}</th>
                        <td class="num right">{given}</td>
                        <td class="num right muted">{points(criterion.max)}</td>
                    </tr>
                }
            };
            rubric.criteria.iter().map(line).collect_view()
        })
    };
    let failure = move || match sheet.save.get() {
        SaveState::Refused(error) => Some(error_text(&error)),
        SaveState::Kept => Some(word!(judging.submit.offline)),
        SaveState::Clash => Some(word!(judging.save.clash)),
        _ => None,
    };
    let onward = StoredValue::new(next);
    let body = move || {
        if done() {
            let link = match onward.get_value() {
                Some(label) => view! {
                    <LinkButton href=entry_href(round, &label) icon=IconName::ArrowRight>
                        {word!(judging.entry.go_on, label = label.0.clone())}
                    </LinkButton>
                },
                None => {
                    view! { <LinkButton href=queue_href(round) icon=IconName::List>{word!(judging.entry.queue)}</LinkButton> }
                }
            };
            view! {
                <Notice tone=Tone::Ok announce=true><p>{word!(judging.submit.done)}</p></Notice>
                <div class="cluster">{link}</div>
            }
            .into_any()
        } else {
            view! {
                <p>{word!(judging.submit.text)}</p>
                <table class="table submit-table">
                    <caption class="visually-hidden">{word!(judging.submit.caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{word!(judging.submit.criterion)}</th>
                            <th scope="col" class="right">{word!(judging.submit.points)}</th>
                            <th scope="col" class="right">{word!(judging.submit.max)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{word!(judging.sheet.total)}</th>
                            <td class="num right strong">{move || points_full(sheet.total())}</td>
                            <td class="num right muted">{rubric.with_value(|rubric| points(rubric.max_total))}</td>
                        </tr>
                    </tfoot>
                </table>
                {move || failure().map(|text| view! { <Notice tone=Tone::Danger announce=true><p>{text}</p></Notice> })}
                <div class="cluster">
                    <Button kind="button" icon=IconName::Send loading=busy on_click=Callback::new(move |_| sheet.submit())>
                        {word!(judging.submit.confirm)}
                    </Button>
                    <Button kind="button" variant=Variant::Secondary on_click=Callback::new(move |_| asking.set(false))>
                        {word!(judging.submit.back)}
                    </Button>
                </div>
            }
            .into_any()
        }
    };
    view! { <Dialog open=asking title>{body}</Dialog> }.into_any()
}
