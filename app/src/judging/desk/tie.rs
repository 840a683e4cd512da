//! Equal entries across an edge: the chair puts them in order, with a reason that is recorded.

use contract::Error;
use leptos::prelude::*;
use rules::Violation;
use rules::event::EntryLabel;

use super::Desk;
use crate::judging::api::DecideTie;
use crate::judging::parts::{Failure, after_success, failure_of};
use crate::text::word;
use crate::ui::{Button, Card, Choice, FieldError, IconName, Notice, TextArea, Tone};

/// The decision, while one is needed.
#[component]
pub fn TieDecision(desk: Desk) -> impl IntoView {
    let tie = desk.part(|view| {
        let entries = view.blocks.iter().find_map(|block| match block {
            Violation::TieUndecided { entries } => Some(entries.clone()),
            _ => None,
        });
        entries.map(|entries| (entries, view.is_chair))
    });
    move || {
        tie.get().map(|(entries, is_chair)| {
            if is_chair {
                view! { <TieForm desk entries/> }.into_any()
            } else {
                view! { <Notice tone=Tone::Warn><p>{word!(judging.tie.for_chair, entries = joined(&entries))}</p></Notice> }.into_any()
            }
        })
    }
}

fn joined(entries: &[EntryLabel]) -> String {
    entries
        .iter()
        .map(|label| label.0.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// One choice a place; the server refuses an entry chosen twice.
#[component]
fn TieForm(desk: Desk, entries: Vec<EntryLabel>) -> impl IntoView {
    let action = ServerAction::<DecideTie>::new();
    after_success(action, move |()| desk.reload());
    let round = desk.view.with_untracked(|view| view.round);
    let choices: Vec<Choice> = entries
        .iter()
        .map(|label| Choice::new(label.0.clone(), label.0.clone()))
        .collect();
    let failed = failure_of(action);
    let order_error = Signal::derive(move || {
        failed.with(|error| match error {
            Some(Error::Invalid(fields)) if fields.iter().any(|field| field.field == "order") => {
                Some(word!(judging.tie.each_once))
            }
            _ => None,
        })
    });
    let other = Signal::derive(move || failed.get().filter(|_| order_error.with(Option::is_none)));
    let places = (1..=entries.len())
        .map(|place| {
            let id = format!("tie-{place}");
            let options = choices
                .iter()
                .map(|choice| view! { <option value=choice.value.clone()>{choice.label.clone()}</option> })
                .collect_view();
            view! {
                <div class="field tie-place">
                    <label class="field-label" for=id.clone()>{word!(judging.tie.place, place = place)}</label>
                    <select class="input input-select" id=id name="form[order][]" required=true>
                        <option value="">{word!(judging.tie.choose)}</option>
                        {options}
                    </select>
                </div>
            }
        })
        .collect_view();
    view! {
        <Card title=word!(judging.tie.title) highlight=true>
            <ActionForm action>
                <div class="stack">
                    <p>{word!(judging.tie.text, entries = joined(&entries))}</p>
                    <Failure error=other/>
                    <FieldError id="tie-1" error=order_error/>
                    <input type="hidden" name="form[key]" value=move || desk.view.with(|view| view.key.to_string())/>
                    <input type="hidden" name="form[round]" value=round.to_string()/>
                    <div class="tie-places">{places}</div>
                    <TextArea name="form[reason]" label=word!(judging.tie.reason) hint=word!(judging.tie.reason_hint) rows=3
                        max=4000_usize required=true/>
                    <div><Button loading=action.pending() icon=IconName::Scale>{word!(judging.tie.decide)}</Button></div>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
