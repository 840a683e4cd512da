//! Form fields: label above, hint below it, error in between hint and input, all tied together with `aria-describedby`.
//!
//! `field` holds what every control shares; the controls are in [`super::text_field`], [`super::select`] and
//! [`super::choice`].

use super::icon::{Icon, IconName};
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// The element id of the control named `name`: `cmd[title]` → `cmd-title`. Error summaries link to it.
pub fn field_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// `aria-describedby` of a control: its hint, counter and error, whichever are there.
pub(super) fn described_by(id: &str, hint: bool, count: bool, error: bool) -> Option<String> {
    let parts: Vec<String> = [(hint, "hint"), (count, "count"), (error, "error")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| format!("{id}-{part}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Label, hint and error around one control (the child).
#[component]
pub fn FieldFrame(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    /// Says "(optional)" after the label.
    #[prop(optional)]
    mark_optional: bool,
    /// Keeps the label for assistive technology only.
    #[prop(optional)]
    hide_label: bool,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="field" class:field-invalid=move || error.get().is_some()>
            <label class="field-label" class:visually-hidden=hide_label for=id.clone()>
                {label}
                {mark_optional.then(|| view! { <span class="field-optional">{t_string!(i18n, common.field.optional)}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            <FieldError id=id.clone() error/>
            {children()}
        </div>
    }
    .into_any()
}

/// The message beside a field; nothing when there is none. `id` is the control's.
#[component]
pub fn FieldError(#[prop(into)] id: String, #[prop(into)] error: MaybeProp<String>) -> impl IntoView {
    let i18n = use_i18n();
    let id = format!("{id}-error");
    move || {
        error.get().map(|message| {
            view! {
                <p class="field-error" id=id.clone()>
                    <Icon name=IconName::AlertCircle/>
                    <span>
                        <span class="visually-hidden">{t_string!(i18n, common.field.error)}</span>
                        " "
                        {message}
                    </span>
                </p>
            }
        })
    }
}

/// A group of fields under one legend.
///
/// `<Fieldset legend="…">…fields…</Fieldset>`
#[component]
pub fn Fieldset(
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="fieldset">
            <legend class="fieldset-legend">{legend}</legend>
            {hint.map(|hint| view! { <p class="field-hint">{hint}</p> })}
            <div class="stack stack-m">{children()}</div>
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_from_names() {
        assert_eq!(field_id("cmd[authors][0][name]"), "cmd-authors-0-name");
        assert_eq!(field_id("title"), "title");
    }

    #[test]
    fn described_by_names_only_what_is_there() {
        assert_eq!(
            described_by("a", true, false, true).as_deref(),
            Some("a-hint a-error")
        );
        assert_eq!(described_by("a", false, false, false), None);
    }
}
