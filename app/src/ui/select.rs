//! Choice of one from a list that is too long for radio buttons.

use super::early::hear_selection;
use super::field::{FieldFrame, described_by, field_id};
use leptos::html;
use leptos::prelude::*;

/// One line of a select, or one answer of a radio or checkbox group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A second, quieter line (not shown in a select).
    pub hint: Option<String>,
    /// Shown but not to be chosen.
    pub disabled: bool,
}

impl Choice {
    /// An answer that may be chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice {
            value: value.into(),
            label: label.into(),
            hint: None,
            disabled: false,
        }
    }

    /// Adds the second line.
    pub fn hint(self, hint: impl Into<String>) -> Choice {
        Choice {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// Makes it unavailable.
    pub fn disabled(self) -> Choice {
        Choice {
            disabled: true,
            ..self
        }
    }
}

/// A drop-down list.
///
/// `<Select name="cmd[category]" label="…" choices=vec![Choice::new("1", "…")] value=draft.category placeholder="…"/>`
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] value: MaybeProp<String>,
    /// First line with an empty value: "Chọn…".
    #[prop(optional, into)]
    placeholder: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] mark_optional: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| field_id(&name));
    let has_hint = hint.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, has_hint, false, error.get().is_some())
    };
    let value = value.get_untracked().unwrap_or_default();
    let select = NodeRef::<html::Select>::new();
    // a value that is not in the list leaves the choice to the browser
    let listed =
        choices.iter().any(|choice| choice.value == value) || (placeholder.is_some() && value.is_empty());
    if let Some(on_change) = on_change.filter(|_| listed) {
        hear_selection(select, value.clone(), move |value| on_change.run(value));
    }
    view! {
        <FieldFrame id=id.clone() label hint error mark_optional hide_label>
            <select
                node_ref=select
                class="input input-select"
                id=id.clone()
                name=name
                required=required
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                on:change:target=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event.target().value());
                    }
                }
            >
                {placeholder.map(|text| view! { <option value="">{text}</option> })}
                {choices
                    .into_iter()
                    .map(|choice| {
                        let selected = choice.value == value;
                        view! {
                            <option value=choice.value selected=selected disabled=choice.disabled>
                                {choice.label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </FieldFrame>
    }
    .into_any()
}
