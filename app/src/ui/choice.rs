//! Radio buttons and checkboxes, each a row at least 44 px high that can be touched anywhere.

use super::early::hear_choice;
use super::field::{FieldError, described_by, field_id};
use super::select::Choice;
use leptos::html;
use leptos::prelude::*;

/// One answer out of a few, all in view.
///
/// `<RadioGroup name="cmd[scope]" legend="…" choices=vec![…] value=draft.scope error=…/>`
#[component]
pub fn RadioGroup(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: MaybeProp<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    /// Side by side, where there is room.
    #[prop(optional)]
    inline: bool,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let chosen = value.get_untracked().into_iter().collect();
    group(
        "radio", name, legend, choices, chosen, hint, error, required, inline, on_change,
    )
}

/// Any number of answers, sent as repeated `name`.
///
/// `<CheckboxGroup name="cmd[indices][]" legend="…" choices=vec![…] values=draft.indices/>`
#[component]
pub fn CheckboxGroup(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] values: Vec<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] inline: bool,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    group(
        "checkbox", name, legend, choices, values, hint, error, false, inline, on_change,
    )
}

/// One yes/no, sent as `value` (default "true") when ticked and not at all when not.
///
/// `<Checkbox name="cmd[confirmed]" label="…" checked=draft.confirmed/>`
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] checked: bool,
    #[prop(default = "true".to_owned(), into)] value: String,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| field_id(&name));
    let has_hint = hint.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, has_hint, false, error.get().is_some())
    };
    let input = NodeRef::<html::Input>::new();
    if let Some(on_change) = on_change {
        hear_choice(input, move |on| on_change.run(on));
    }
    view! {
        <div class="field" class:field-invalid=move || error.get().is_some()>
            <FieldError id=id.clone() error/>
            <div class="choice">
                <input
                    node_ref=input
                    class="choice-input"
                    type="checkbox"
                    id=id.clone()
                    name=name
                    value=value
                    checked=checked
                    required=required
                    aria-describedby=described
                    aria-invalid=move || error.get().map(|_| "true")
                    on:change:target=move |event| {
                        if let Some(on_change) = on_change {
                            on_change.run(event.target().checked());
                        }
                    }
                />
                <label class="choice-label" for=id.clone()>{label}</label>
                {hint.map(|hint| view! { <p class="field-hint choice-hint" id=format!("{id}-hint")>{hint}</p> })}
            </div>
        </div>
    }
    .into_any()
}

#[expect(
    clippy::too_many_arguments,
    reason = "the shared body of two components with the same properties"
)]
fn group(
    kind: &'static str,
    name: String,
    legend: String,
    choices: Vec<Choice>,
    chosen: Vec<String>,
    hint: Option<String>,
    error: MaybeProp<String>,
    required: bool,
    inline: bool,
    on_change: Option<Callback<String>>,
) -> AnyView {
    let id = field_id(&name);
    let hint = hint.filter(|hint| !hint.is_empty());
    let has_hint = hint.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, has_hint, false, error.get().is_some())
    };
    let rows = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            // The first answer carries the bare id, so the error summary's link lands on it.
            let own = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            let hint_id = choice.hint.as_ref().map(|_| format!("{own}-note"));
            let input = NodeRef::<html::Input>::new();
            if let Some(on_change) = on_change {
                let value = choice.value.clone();
                hear_choice(input, move |_| on_change.run(value.clone()));
            }
            view! {
                <div class="choice">
                    <input
                        node_ref=input
                        class="choice-input"
                        type=kind
                        id=own.clone()
                        name=name.clone()
                        checked=chosen.contains(&choice.value)
                        value=choice.value
                        disabled=choice.disabled
                        required=required
                        aria-describedby=hint_id.clone()
                        on:change:target=move |event| {
                            if let Some(on_change) = on_change {
                                on_change.run(event.target().value());
                            }
                        }
                    />
                    <label class="choice-label" for=own>{choice.label}</label>
                    {choice.hint.map(|hint| view! { <p class="field-hint choice-hint" id=hint_id>{hint}</p> })}
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" class:field-invalid=move || error.get().is_some() aria-describedby=described>
            <legend class="field-label">{legend}</legend>
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            <FieldError id=id.clone() error/>
            <div class="choices" class:choices-inline=inline>{rows}</div>
        </fieldset>
    }
    .into_any()
}
