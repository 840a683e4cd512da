//! What is wrong with a form, at its top: a list of links to the fields, focused when it appears.

use super::icon::{Icon, IconName};
use crate::i18n::{t_string, use_i18n};
use leptos::{ev::MouseEvent, html, prelude::*};

/// One problem: the message and the id of the control it belongs to ([`super::field::field_id`] of its name).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormError {
    pub field: Option<String>,
    pub message: String,
}

impl FormError {
    /// A problem of one field, named as in the form.
    pub fn of(name: &str, message: impl Into<String>) -> FormError {
        FormError {
            field: Some(super::field::field_id(name)),
            message: message.into(),
        }
    }

    /// A problem of the form as a whole.
    pub fn whole(message: impl Into<String>) -> FormError {
        FormError {
            field: None,
            message: message.into(),
        }
    }
}

/// The summary; empty while there is nothing to say. It takes the focus each time the problems change, so a screen
/// reader starts there and a phone scrolls there; each link puts the focus into its field.
///
/// `<ErrorSummary errors=Signal::derive(move || form_errors(action.value().get()))/>`
#[component]
pub fn ErrorSummary(#[prop(into)] errors: Signal<Vec<FormError>>) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if !errors.get().is_empty()
            && let Some(node) = node.get()
        {
            // The element may be gone by the time it could be focused: nothing is lost then.
            let _ = node.focus();
        }
    });
    move || {
        let list = errors.get();
        (!list.is_empty()).then(|| {
            view! {
                <div class="error-summary" role="alert" tabindex="-1" node_ref=node>
                    <h2 class="error-summary-title">
                        <Icon name=IconName::AlertTriangle/>
                        {t_string!(i18n, common.field.summary)}
                    </h2>
                    <ul class="error-summary-list">{list.into_iter().map(line).collect_view()}</ul>
                </div>
            }
            .into_any()
        })
    }
}

fn line(error: FormError) -> AnyView {
    let FormError { field, message } = error;
    match field {
        None => view! { <li>{message}</li> }.into_any(),
        Some(field) => {
            let href = format!("#{field}");
            let go = move |event: MouseEvent| {
                if focus_control(&field) {
                    event.prevent_default();
                }
            };
            view! { <li><a href=href rel="external" on:click=go>{message}</a></li> }.into_any()
        }
    }
}

/// Puts the focus on the element with this id, if there is one.
fn focus_control(id: &str) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        document()
            .get_element_by_id(id)
            .and_then(|element| element.dyn_into::<leptos::web_sys::HtmlElement>().ok())
            .is_some_and(|element| element.focus().is_ok())
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = id;
        false
    }
}
