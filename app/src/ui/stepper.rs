//! The steps of a wizard: every step is a link with a state, so work can go on anywhere.

use super::icon::{Icon, IconName};
use crate::i18n::{t_string, use_i18n};
use leptos::html::Ol;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Everything it needs is there.
    Done,
    /// Something is missing.
    Missing,
    /// Not visited yet.
    Open,
}

/// One step: its title, address and state; `note` says what is missing, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub title: String,
    pub href: String,
    pub state: StepState,
    pub note: Option<String>,
}

/// The list of steps with the current one marked. Upright beside the form on a wide screen, a row to scroll on a phone.
///
/// `<Stepper steps=vec![Step { … }] current=1/>`
#[component]
pub fn Stepper(
    steps: Vec<Step>,
    /// Index of the step on the screen.
    current: usize,
    /// Accessible name; "Các bước" by default.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = label.unwrap_or_else(|| t_string!(i18n, common.steps.label).to_owned());
    let total = steps.len();
    let items = steps
        .into_iter()
        .enumerate()
        .map(|(index, step)| {
            let (state, word, mark) = match step.state {
                StepState::Done => (
                    "done",
                    t_string!(i18n, common.steps.done),
                    view! { <Icon name=IconName::Check/> }.into_any(),
                ),
                StepState::Missing => (
                    "missing",
                    t_string!(i18n, common.steps.missing),
                    view! { <span>"!"</span> }.into_any(),
                ),
                StepState::Open => (
                    "open",
                    "",
                    view! { <span class="num">{index + 1}</span> }.into_any(),
                ),
            };
            view! {
                <li class="step" data-state=state>
                    <a class="step-link" href=step.href aria-current=(index == current).then_some("step")>
                        <span class="step-mark" aria-hidden="true">{mark}</span>
                        <span class="step-text">
                            <span class="step-title">{step.title}</span>
                            <span class="visually-hidden">{word}</span>
                            {step.note.map(|note| view! { <span class="step-note">{note}</span> })}
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let list = NodeRef::<Ol>::new();
    // on a phone the step one is at must not lie beyond the edge of the row
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        let link = list.query_selector("[aria-current]").ok().flatten();
        let step = link.and_then(|link| link.parent_element()?.dyn_into::<HtmlElement>().ok());
        if let Some(step) = step {
            list.set_scroll_left(step.offset_left() - (list.client_width() - step.offset_width()) / 2);
        }
    });
    view! {
        <nav class="stepper" aria-label=label>
            <p class="stepper-count">{t_string!(i18n, common.steps.position, step = current + 1, total = total)}</p>
            <ol node_ref=list>{items}</ol>
        </nav>
    }
    .into_any()
}
