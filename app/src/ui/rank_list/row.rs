//! One row of the list: handle, position, what it is, and its buttons.

use super::drag::Drag;
use super::{List, RankLine};
use crate::i18n::td_string;
use crate::ui::{Icon, IconName};
use leptos::{ev::KeyboardEvent, prelude::*};
use rules::judging::OrderList;

#[component]
pub(super) fn Row(
    list: List,
    drag: Drag,
    key: String,
    submit: Option<String>,
    ties: bool,
    extra: Option<AnyView>,
) -> impl IntoView {
    let words = list.words;
    let line = list
        .line
        .with_value(|line| line.clone().filter(|line| line.id == key));
    if let Some(line) = line {
        return view! { <LineRow list drag line submit/> }.into_any();
    }
    let Some(item) = list
        .items
        .with_value(|items| items.iter().find(|item| item.id == key).cloned())
    else {
        return ().into_any();
    };
    let key = StoredValue::new(key);
    let order = list.order;
    let place = Memo::new(move |_| order.with(|order| key.with_value(|key| list.place(order, key))));
    let equal = Memo::new(move |_| {
        order.with(|order| {
            key.with_value(|key| {
                order
                    .tiers
                    .iter()
                    .any(|tier| tier.len() > 1 && tier.contains(key))
            })
        })
    });
    let first =
        Memo::new(move |_| order.with(|order| key.with_value(|key| order.entries().next() == Some(key))));
    let last =
        Memo::new(move |_| order.with(|order| key.with_value(|key| order.entries().last() == Some(key))));
    let lifted = move || key.with_value(|key| list.lifted.get().as_ref() == Some(key));

    let id = move |part: &str| key.with_value(|key| list.element_id(part, key));
    let title = item.title.clone();
    let step = move |part: &'static str, label: String, name: IconName, end: Memo<bool>, op: Op| {
        let (submit, key) = (submit.clone(), key);
        view! { <StepButton list key part label name end op submit/> }
    };
    let tie_label = td_string!(words, common.rank.tie, title = title.as_str());
    let up_label = td_string!(words, common.rank.up, title = title.as_str());
    let down_label = td_string!(words, common.rank.down, title = title.as_str());
    let handle_label = td_string!(words, common.rank.handle, title = title.as_str());
    let place_label = td_string!(words, common.rank.position, title = title.as_str());
    view! {
        <li class="rank-row" class:rank-lifted=lifted>
            <button
                class="rank-handle"
                type="button"
                id=id("handle")
                aria-label=handle_label
                aria-pressed=move || if lifted() { "true" } else { "false" }
                disabled=list.disabled
                on:pointerdown=move |event| key.with_value(|key| drag.pressed(&event, key))
                on:keydown=move |event| key.with_value(|key| handle_key(list, &event, key))
            >
                <Icon name=IconName::Grip/>
            </button>
            <input
                class="rank-place num"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                id=id("place")
                aria-label=place_label
                disabled=list.disabled
                value=move || place.get().to_string()
                prop:value=move || place.get().to_string()
                on:change:target=move |event| {
                    let typed = event.target().value().trim().parse::<usize>().ok().filter(|place| *place > 0);
                    if let Some(typed) = typed {
                        let next = key.with_value(|key| order.with_untracked(|order| list.placed(order, key, typed)));
                        list.commit(next, Some(id("place")));
                        key.with_value(|key| list.say_moved(key));
                    }
                    // Whatever was typed, the box shows where the row now is.
                    event.target().set_value(&place.get_untracked().to_string());
                }
            />
            <div class="rank-text">
                {match item.href {
                    Some(href) => view! { <a class="rank-title" href=href>{title}</a> }.into_any(),
                    None => view! { <span class="rank-title">{title}</span> }.into_any(),
                }}
                {item.note.map(|note| view! { <span class="rank-note">{note}</span> })}
                {move || equal.get().then(|| view! { <span class="rank-equal">{td_string!(words, common.rank.equal)}</span> })}
            </div>
            {extra.map(|extra| view! { <div class="rank-extra">{extra}</div> })}
            <div class="rank-steps">
                {ties.then(|| step.clone()("tie", tie_label, IconName::Link, first, OrderList::tie_with_above))}
                {step.clone()("up", up_label, IconName::ArrowUp, first, OrderList::move_up)}
                {step("down", down_label, IconName::ArrowDown, last, OrderList::move_down)}
            </div>
        </li>
    }
    .into_any()
}

type Op = fn(&OrderList<String>, &String) -> OrderList<String>;

/// One of a row's buttons. Without wasm it submits the surrounding form with what it would have done.
#[component]
fn StepButton(
    list: List,
    key: StoredValue<String>,
    part: &'static str,
    label: String,
    name: IconName,
    /// There is nowhere further to go.
    end: Memo<bool>,
    op: Op,
    submit: Option<String>,
) -> impl IntoView {
    let id = key.with_value(|key| list.element_id(part, key));
    let focus = id.clone();
    let change = move || {
        let next = key.with_value(|key| list.order.with_untracked(|order| op(order, key)));
        list.commit(next, Some(focus.clone()));
        key.with_value(|key| list.say_moved(key));
    };
    let value = key.with_value(|key| format!("{part}:{key}"));
    let kind = if submit.is_some() { "submit" } else { "button" };
    view! {
        <button
            class="rank-step"
            type=kind
            id=id
            name=submit
            value=value
            aria-label=label
            aria-disabled=move || end.get().then_some("true")
            disabled=list.disabled
            on:click=move |event| {
                event.prevent_default();
                change();
            }
        >
            <Icon name/>
        </button>
    }
    .into_any()
}

/// The line across the list: a handle, what it says, and its buttons.
#[component]
fn LineRow(list: List, drag: Drag, line: RankLine, submit: Option<String>) -> impl IntoView {
    let words = list.words;
    let key = StoredValue::new(line.id.clone());
    let order = list.order;
    let first =
        Memo::new(move |_| order.with(|order| key.with_value(|key| order.entries().next() == Some(key))));
    let last =
        Memo::new(move |_| order.with(|order| key.with_value(|key| order.entries().last() == Some(key))));
    let lifted = move || key.with_value(|key| list.lifted.get().as_ref() == Some(key));
    let title = line.title;
    view! {
        <li class="rank-row rank-line" class:rank-lifted=lifted>
            <button
                class="rank-handle"
                type="button"
                id=list.element_id("handle", &line.id)
                aria-label=td_string!(words, common.rank.handle, title = title.as_str())
                aria-pressed=move || if lifted() { "true" } else { "false" }
                disabled=list.disabled
                on:pointerdown=move |event| key.with_value(|key| drag.pressed(&event, key))
                on:keydown=move |event| key.with_value(|key| handle_key(list, &event, key))
            >
                <Icon name=IconName::Grip/>
            </button>
            <div class="rank-text"><span class="rank-line-text">{line.text}</span></div>
            <div class="rank-steps">
                <StepButton
                    list key part="up" name=IconName::ArrowUp end=first op=OrderList::move_up submit=submit.clone()
                    label=td_string!(words, common.rank.up, title = title.as_str())
                />
                <StepButton
                    list key part="down" name=IconName::ArrowDown end=last op=OrderList::move_down submit
                    label=td_string!(words, common.rank.down, title = title.as_str())
                />
            </div>
        </li>
    }
    .into_any()
}

/// Space or Enter lifts and drops, arrows move what is lifted, Esc puts it back.
fn handle_key(list: List, event: &KeyboardEvent, key: &String) {
    let lifted = list.lifted.get_untracked().as_ref() == Some(key);
    let handle = list.element_id("handle", key);
    match event.key().as_str() {
        " " | "Enter" => {
            event.prevent_default();
            if lifted { list.drop_here() } else { list.lift(key) }
        }
        "Escape" if lifted => {
            event.prevent_default();
            list.cancel();
            super::focus_soon(handle);
        }
        "ArrowUp" | "ArrowDown" if lifted => {
            event.prevent_default();
            let up = event.key() == "ArrowUp";
            list.order.update(|order| {
                *order = if up {
                    order.move_up(key)
                } else {
                    order.move_down(key)
                }
            });
            list.say_moved(key);
            super::focus_soon(handle);
        }
        _ => {}
    }
}
