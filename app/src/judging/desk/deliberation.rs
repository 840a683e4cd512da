//! Deviations and their deliberations. The desk knows whom to ask, not what they gave.

use contract::judging::DeliberationView;
use leptos::prelude::*;
use rules::event::SeatLabel;

use super::Desk;
use crate::judging::api::{ConcludeDeliberation, OpenDeliberation};
use crate::judging::parts::{Failure, LabelChip, after_success, failure_of};
use crate::judging::words::points;
use crate::text::word;
use crate::ui::{Badge, Button, Card, Icon, IconName, TextArea, Tone, Variant};

/// Every deviation of the round, waiting ones first.
#[component]
pub fn Deliberations(desk: Desk) -> impl IntoView {
    let list = desk.part(|view| view.deliberations.clone());
    let limit = desk.part(|view| view.policy.deviation);
    move || {
        let list = list.get();
        (!list.is_empty()).then(|| {
            let cards = list
                .into_iter()
                .map(|item| view! { <Deliberation desk item/> })
                .collect_view();
            let lead = limit
                .get()
                .map(|limit| word!(judging.deliberation.lead, limit = points(limit)));
            view! {
                <section class="stack" aria-labelledby="deliberations">
                    <h2 id="deliberations">{word!(judging.deliberation.title)}</h2>
                    <p class="muted measure">{lead}</p>
                    <div class="grid grid-wide">{cards}</div>
                </section>
            }
        })
    }
}

#[component]
fn Deliberation(desk: Desk, item: DeliberationView) -> impl IntoView {
    let concluded = item.rescored.is_some() || item.explanation.is_some();
    let (tone, icon, state) = if item.open {
        (Tone::Warn, IconName::Users, word!(judging.deliberation.open))
    } else if concluded {
        (Tone::Ok, IconName::Check, word!(judging.deliberation.closed))
    } else {
        (
            Tone::Danger,
            IconName::AlertTriangle,
            word!(judging.deliberation.waiting),
        )
    };
    let seats = |seats: &[SeatLabel]| {
        seats
            .iter()
            .map(|seat| seat.0.clone())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let outcome = item.rescored.map(|rescored| {
        if rescored {
            word!(judging.deliberation.rescored)
        } else {
            word!(judging.deliberation.kept)
        }
    });
    let form = if item.open {
        view! { <Conclude desk item=item.clone()/> }.into_any()
    } else if concluded {
        ().into_any()
    } else {
        view! { <OpenForm desk item=item.clone()/> }.into_any()
    };
    view! {
        <Card>
            <div class="stack stack-s">
                <div class="cluster">
                    <LabelChip label=item.label.clone()/>
                    <Badge tone icon>{state}</Badge>
                </div>
                <p>{word!(judging.deliberation.spread, spread = points(item.spread))}</p>
                {(!item.seats.is_empty()).then(|| view! { <p>{word!(judging.deliberation.seats, seats = seats(&item.seats))}</p> })}
                {(!item.reopened.is_empty())
                    .then(|| view! { <p>{word!(judging.deliberation.reopened, seats = seats(&item.reopened))}</p> })}
                {outcome.map(|outcome| view! { <p class="strong">{outcome}</p> })}
                {item.explanation.clone().map(|text| view! { <blockquote class="pre-line">{text}</blockquote> })}
                {form}
            </div>
        </Card>
    }
    .into_any()
}

/// Opening: whom to ask again, and why.
#[component]
fn OpenForm(desk: Desk, item: DeliberationView) -> impl IntoView {
    let action = ServerAction::<OpenDeliberation>::new();
    after_success(action, move |()| desk.reload());
    let (round, names) = desk.view.with_untracked(|view| (view.round, view.seats.clone()));
    let seats = names
        .into_iter()
        .enumerate()
        .map(|(index, (seat, name))| {
            // One form an entry stands on the page, so the ids carry the entry's label.
            let id = format!("reopen-{}-{index}", item.label.0);
            let extreme = item.seats.contains(&seat);
            let text = format!("{} – {name}", seat.0);
            view! {
                <div class="choice">
                    <input class="choice-input" type="checkbox" id=id.clone() name="form[reopen][]" value=seat.0 checked=extreme/>
                    <label class="choice-label" for=id>{text}</label>
                    {extreme.then(|| view! { <p class="field-hint choice-hint">{word!(judging.deliberation.extreme)}</p> })}
                </div>
            }
        })
        .collect_view();
    view! {
        <details class="desk-form">
            <summary><Icon name=IconName::Users/><span>{word!(judging.deliberation.start)}</span></summary>
            <ActionForm action>
                <div class="stack">
                    <Failure error=failure_of(action)/>
                    <input type="hidden" name="form[key]" value=move || desk.view.with(|view| view.key.to_string())/>
                    <input type="hidden" name="form[round]" value=round.to_string()/>
                    <input type="hidden" name="form[label]" value=item.label.0.clone()/>
                    <fieldset class="field">
                        <legend class="field-label">{word!(judging.deliberation.reopen)}</legend>
                        <div class="choices">{seats}</div>
                    </fieldset>
                    <TextArea name="form[reason]" id=format!("reason-{}", item.label.0) label=word!(judging.deliberation.reason)
                        hint=word!(judging.deliberation.reason_hint) rows=3 max=4000_usize required=true/>
                    <div><Button loading=action.pending() icon=IconName::Users>{word!(judging.deliberation.start)}</Button></div>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// Closing: with what was found.
#[component]
fn Conclude(desk: Desk, item: DeliberationView) -> impl IntoView {
    let action = ServerAction::<ConcludeDeliberation>::new();
    after_success(action, move |()| desk.reload());
    let round = desk.view.with_untracked(|view| view.round);
    view! {
        <ActionForm action>
            <div class="stack">
                <Failure error=failure_of(action)/>
                <input type="hidden" name="cmd[key]" value=move || desk.view.with(|view| view.key.to_string())/>
                <input type="hidden" name="cmd[round]" value=round.to_string()/>
                <input type="hidden" name="cmd[label]" value=item.label.0.clone()/>
                <TextArea name="cmd[explanation]" id=format!("explanation-{}", item.label.0)
                    label=word!(judging.deliberation.explanation) hint=word!(judging.deliberation.explanation_hint)
                    rows=3 max=4000_usize/>
                <div>
                    <Button loading=action.pending() variant=Variant::Secondary icon=IconName::Check>
                        {word!(judging.deliberation.conclude)}
                    </Button>
                </div>
            </div>
        </ActionForm>
    }
    .into_any()
}
