//! Tabs as links (each view has an address) and the segmented control as radio buttons.

use super::field::field_id;
use super::select::Choice;
use leptos::prelude::*;

/// One tab: text, address, an optional count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub text: String,
    pub href: String,
    pub count: Option<u64>,
}

/// A row of tabs; `current` is the index of the one on the screen.
///
/// `<Tabs label="…" tabs=vec![Tab { … }] current=0/>`
#[component]
pub fn Tabs(#[prop(into)] label: String, tabs: Vec<Tab>, current: usize) -> impl IntoView {
    let items = tabs
        .into_iter()
        .enumerate()
        .map(|(index, tab)| {
            view! {
                <li>
                    <a class="tab" href=tab.href aria-current=(index == current).then_some("page")>
                        {tab.text}
                        {tab.count.map(|count| view! { <span class="tab-count num">{count}</span> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=label><ul>{items}</ul></nav> }.into_any()
}

/// A few answers side by side, one of them pressed: a view switch or a mark on a short scale.
///
/// `<Segmented name="view" legend="…" choices=vec![…] value="list" on_change=…/>`
#[component]
pub fn Segmented(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(into)] value: String,
    #[prop(optional)] hide_legend: bool,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = field_id(&name);
    let items = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let own = format!("{id}-{index}");
            view! {
                <input
                    class="segment-input"
                    type="radio"
                    id=own.clone()
                    name=name.clone()
                    checked=choice.value == value
                    value=choice.value
                    disabled=choice.disabled
                    on:change:target=move |event| {
                        if let Some(on_change) = on_change {
                            on_change.run(event.target().value());
                        }
                    }
                />
                <label class="segment" for=own>{choice.label}</label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="segmented">
            <legend class="field-label" class:visually-hidden=hide_legend>{legend}</legend>
            <div class="segments">{items}</div>
        </fieldset>
    }
    .into_any()
}
