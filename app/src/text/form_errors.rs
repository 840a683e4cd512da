//! A failed command above its form.

use super::{error_text, problem_text};
use crate::ui::{ErrorSummary, FormError};
use contract::Error;
use leptos::prelude::*;

/// The lines of the summary for an error. `control` makes the form control's name from the service's field name, and
/// `label` its name for people; an empty label leaves the bare message.
pub fn form_errors(
    error: &Error,
    control: impl Fn(&str) -> String,
    label: impl Fn(&str) -> String,
) -> Vec<FormError> {
    match error {
        Error::Invalid(fields) if !fields.is_empty() => fields
            .iter()
            .map(|field| {
                let text = problem_text(&field.problem);
                let label = label(&field.field);
                let message = if label.is_empty() {
                    text
                } else {
                    format!("{label}: {text}")
                };
                FormError::of(&control(&field.field), message)
            })
            .collect(),
        other => vec![FormError::whole(error_text(other))],
    }
}

/// Shows why a command failed, above its form, and takes the focus; nothing while there is no error.
///
/// `labels` are pairs of the service's field name and the field's name for people; with `prefix="cmd"` the control of
/// field `title` is `cmd[title]`.
///
/// `<FormErrors error=Signal::derive(move || failure(action)) prefix="cmd" labels=vec![("title", title_label)]/>`
#[component]
pub fn FormErrors(
    #[prop(into)] error: Signal<Option<Error>>,
    #[prop(optional, into)] prefix: Option<&'static str>,
    #[prop(optional, into)] labels: Vec<(&'static str, String)>,
) -> impl IntoView {
    let labels = StoredValue::new(labels);
    let errors = Signal::derive(move || {
        error.read().as_ref().map_or_else(Vec::new, |error| {
            form_errors(
                error,
                |field| prefix.map_or_else(|| field.to_owned(), |prefix| format!("{prefix}[{field}]")),
                |field| {
                    labels.with_value(|labels| {
                        labels
                            .iter()
                            .find(|(name, _)| *name == field)
                            .map_or_else(String::new, |(_, label)| label.clone())
                    })
                },
            )
        })
    });
    view! { <ErrorSummary errors/> }.into_any()
}
