//! Review and submit: the entry as it will be printed, everything still missing with the way to it, and the act.

use contract::Error;
use contract::entry::SubmitEntry;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use rules::Violation;
use rules::entry::Step;

use super::discard::Discard;
use super::draft::Draft;
use super::frame::SaveBadge;
use super::missing::GapList;
use super::returned::Notes;
use crate::entry::api::SubmitEntry as Submit;
use crate::entry::parts::{print_page, step_href};
use crate::entry::printed::PrintedEntry;
use crate::judging::{failure_of, fresh_key};
use crate::text::{error_text, word};
use crate::ui::{ActionBar, Button, IconName, LinkButton, Notice, Tone, Variant};

/// The step.
#[component]
pub fn ReviewStep(draft: Draft) -> impl IntoView {
    let entry = draft.entry();
    let submit = ServerAction::<Submit>::new();
    let refused = failure_of(submit);
    let waiting = RwSignal::new(false);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        waiting.set(true);
        // What was typed last must be in what is submitted.
        draft.once_saved(Callback::new(move |saved: bool| {
            waiting.set(false);
            if !saved {
                return; // the badge beside the button says why
            }
            let expected = draft.view.with_untracked(|view| view.version);
            submit.dispatch(Submit {
                cmd: SubmitEntry {
                    key: fresh_key(),
                    entry,
                    expected,
                },
            });
        }));
    };
    // Somebody else changed the entry meanwhile: it is shown as it is now, and submitted only when asked again.
    Effect::new(move || {
        if matches!(refused.get(), Some(Error::Conflict(_))) {
            leptos::task::spawn_local(async move {
                let view = crate::entry::api::draft(entry).await;
                if let Ok(view) = view
                    && !draft.save.is_disposed()
                {
                    draft.refresh(view);
                }
            });
        }
    });
    let pending = submit.pending();
    let loading = Signal::derive(move || pending.get() || waiting.get());
    let printed = move || {
        let content = draft.typed.with(crate::entry::typed::Typed::content);
        draft.view.with(|view| {
            view! {
                <PrintedEntry
                    contest=view.contest_name.clone()
                    categories=view.categories.clone()
                    answers=draft.form().lines(&content)
                    content
                    files=view.attachments.clone()
                    code=view.code.clone()
                />
            }
        })
    };
    let refusal = move || {
        refused.get().map(|error| {
            let gaps = match &error {
                Error::Rule(Violation::EntryIncomplete { gaps }) => {
                    let gaps = gaps.clone();
                    Some(view! { <GapList draft gaps/> })
                }
                _ => None,
            };
            view! {
                <Notice tone=Tone::Danger announce=true title=word!(entry.review.refused)>
                    <p>{error_text(&error)}</p>
                    {gaps}
                </Notice>
            }
        })
    };
    let complete = move || draft.gaps().is_empty();
    let standing = move || {
        if complete() {
            view! { <Notice tone=Tone::Ok title=word!(entry.review.ready)><p>{word!(entry.review.ready_text)}</p></Notice> }
                .into_any()
        } else {
            let gaps = draft.gaps();
            view! {
                <Notice tone=Tone::Warn title=word!(entry.review.missing, count = gaps.len())>
                    <GapList draft gaps/>
                </Notice>
            }
            .into_any()
        }
    };
    let notes = use_context::<Notes>();
    let unmarked = move || {
        let count = notes.map_or(0, |notes| notes.open_in(Step::Review));
        (count > 0).then(
            || view! { <Notice tone=Tone::Warn><p>{word!(unit.note.unmarked, count = count)}</p></Notice> },
        )
    };
    let key = draft.view.with_untracked(|view| view.key);
    let can_edit = draft.can_edit();
    view! {
        <div class="stack step-form">
            {can_edit.then(|| view! { <div class="no-print stack">{standing}{unmarked}</div> })}
            {refusal}
            <div class="cluster no-print">
                <Button kind="button" variant=Variant::Secondary icon=IconName::Printer on_click=Callback::new(|_| print_page())>
                    {word!(common.action.print)}
                </Button>
            </div>
            {printed}
            <form method="post" action=Submit::url() on:submit=send>
                <input type="hidden" name="cmd[key]" value=key.to_string()/>
                <input type="hidden" name="cmd[entry]" value=entry.to_string()/>
                <input type="hidden" name="cmd[expected]" value=move || draft.view.with(|view| view.version.to_string())/>
                <ActionBar status=move || view! { <SaveBadge draft/> }>
                    {can_edit.then(|| view! {
                        <Button icon=IconName::Send loading disabled=Signal::derive(move || !complete())>
                            {word!(entry.review.submit)}
                        </Button>
                    })}
                    <LinkButton href=step_href(entry, Step::Declaration) variant=Variant::Quiet icon=IconName::ArrowLeft>
                        {word!(entry.wizard.back)}
                    </LinkButton>
                </ActionBar>
            </form>
            <Discard draft/>
        </div>
    }
    .into_any()
}
