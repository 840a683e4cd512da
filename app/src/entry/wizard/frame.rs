//! The form around every step: hidden fields, the refusal of a plain post, the bar with the ways on and the state of
//! saving.

use contract::Error;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_navigate;
use rules::Violation;
use rules::entry::Step;
use rules::time::{Zone, format_datetime, format_time};

use super::draft::{Draft, SaveState};
use crate::entry::api::PostStep;
use crate::entry::parts::step_href;
use crate::judging::failure_of;
use crate::text::{error_text, word};
use crate::ui::{ActionBar, Badge, Button, IconName, LinkButton, Notice, Tone, Variant};

/// One step's form. With wasm its buttons save and walk on without leaving the page (`acts` sees the value of any
/// other button first); without, it posts like any form.
#[component]
pub fn StepForm(
    draft: Draft,
    step: Step,
    #[prop(optional, into)] acts: Option<Callback<String>>,
    children: Children,
) -> impl IntoView {
    let posted = ServerAction::<PostStep>::new();
    let refused = failure_of(posted);
    let navigate = use_navigate();
    let entry = draft.entry();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let button = event
            .submitter()
            .and_then(|element| element.dyn_into::<leptos::web_sys::HtmlButtonElement>().ok());
        let value = button.map(|button| button.value()).unwrap_or_default();
        let next = draft.steps.with_untracked(|steps| step.next(steps));
        match (value.as_str(), next) {
            ("next", Some(next)) => {
                draft.save_now();
                navigate(&step_href(entry, next), Default::default());
            }
            ("save" | "next" | "", _) => draft.save_now(),
            _ => {
                if let Some(acts) = acts {
                    acts.run(value);
                }
            }
        }
    };
    let (version, key) = (
        move || draft.view.with(|view| view.version.to_string()),
        draft.view.with_untracked(|view| view.key),
    );
    let refusal = move || {
        refused.get().map(|error| {
            view! {
                <Notice tone=Tone::Danger announce=true>
                    <p>{error_text(&error)}</p>
                    <p>{word!(entry.save.go_back)}</p>
                </Notice>
            }
        })
    };
    let can_edit = draft.can_edit();
    view! {
        <form class="stack step-form" method="post" action=PostStep::url() on:submit=submit on:focusout=move |_| draft.save_now()>
            <input type="hidden" name="form[key]" value=key.to_string()/>
            <input type="hidden" name="form[entry]" value=entry.to_string()/>
            <input type="hidden" name="form[expected]" value=version/>
            <input type="hidden" name="form[step]" value=step.slug()/>
            {refusal}
            // Enter in a field saves, whatever button comes first in the step.
            <button class="visually-hidden" type="submit" name="form[intent]" value="save" tabindex="-1" aria-hidden="true">
                {word!(common.action.save)}
            </button>
            <fieldset class="bare-fieldset stack" disabled=!can_edit>
                <legend class="visually-hidden">{crate::text::wizard_step_name(step)}</legend>
                {children()}
            </fieldset>
            <ActionBar status=move || view! { <SaveBadge draft/> }>
                {can_edit.then(|| view! {
                    <Button name="form[intent]" value="next" icon=IconName::ArrowRight>{word!(entry.wizard.next)}</Button>
                })}
                <BackLink draft step/>
            </ActionBar>
        </form>
    }
    .into_any()
}

/// The way to the step before; none on the first.
#[component]
pub fn BackLink(draft: Draft, step: Step) -> impl IntoView {
    let entry = draft.entry();
    move || {
        draft.previous_step(step).map(|back| {
            view! {
                <LinkButton href=step_href(entry, back) variant=Variant::Quiet icon=IconName::ArrowLeft>
                    {word!(entry.wizard.back)}
                </LinkButton>
            }
        })
    }
}

/// Where the typed text is.
#[component]
pub fn SaveBadge(draft: Draft) -> impl IntoView {
    let zone = draft.frame.with_value(|frame| frame.zone.clone());
    move || {
        let at = draft.view.with(|view| view.saved_at);
        let (tone, icon, text) = match draft.save.get() {
            SaveState::Idle => (
                Tone::Neutral,
                IconName::Cloud,
                word!(entry.save.saved_at, time = format_datetime(at, &zone)),
            ),
            SaveState::Waiting | SaveState::Saving => {
                (Tone::Info, IconName::Refresh, word!(entry.save.saving))
            }
            SaveState::Saved => (
                Tone::Ok,
                IconName::Cloud,
                word!(entry.save.saved_at, time = clock(at, &zone)),
            ),
            SaveState::Kept => (Tone::Warn, IconName::CloudOff, word!(entry.save.offline)),
            SaveState::Unkept => (Tone::Danger, IconName::CloudOff, word!(entry.save.unkept)),
            SaveState::Refused(error) => (Tone::Danger, IconName::AlertCircle, refusal_text(draft, &error)),
            SaveState::Clash => (Tone::Warn, IconName::Users, word!(entry.save.clash)),
        };
        view! { <Badge tone icon>{text}</Badge> }
    }
}

/// Why something is not saved; refused text by its fields, wherever in the wizard they are.
fn refusal_text(draft: Draft, error: &Error) -> String {
    match error {
        Error::Rule(Violation::EntryIncomplete { gaps }) => {
            let mut fields: Vec<String> = gaps.iter().map(|gap| draft.field_name(&gap.field)).collect();
            // one field may be refused for two reasons
            fields.dedup();
            word!(entry.save.refused, fields = fields.join(", "))
        }
        other => error_text(other),
    }
}

/// `14:05` on the contest's wall clock.
fn clock(at: rules::time::Timestamp, zone: &Zone) -> String {
    format_time(zone.local(at).time())
}
