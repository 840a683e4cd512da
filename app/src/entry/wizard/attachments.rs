//! Files: what is there, those on their way, and why one was refused.

#[cfg(feature = "hydrate")]
mod browser;
mod medium;
mod pending;
mod problem;
pub mod queue;
mod row;
#[cfg(feature = "hydrate")]
mod tus;

use contract::Error;
use contract::entry::RemoveAttachment;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use rules::entry::{AttachmentInfo, AttachmentKind, EntryField, Step};

use self::medium::Medium;
use self::pending::{Infected, Pending};
use self::problem::Problem;
use self::queue::Queue;
use self::row::Uploads;
use super::draft::Draft;
use super::frame::{BackLink, SaveBadge};
use super::returned::FieldNote;
use crate::entry::api;
use crate::entry::files::FileList;
use crate::entry::parts::step_href;
use crate::judging::{Failure, fresh_key};
use crate::text::{attachment_kind_name, bytes_text, word};
use crate::ui::{
    ActionBar, Button, Choice, EmptyState, FieldError, FileInput, IconName, LinkButton, Notice, RadioGroup,
    Tone, Variant,
};

/// The step.
#[component]
pub fn AttachmentsStep(draft: Draft) -> impl IntoView {
    let entry = draft.entry();
    let queue = expect_context::<Queue>();
    let files = Memo::new(move |_| draft.view.with(|view| view.attachments.clone()));
    let removal = RwSignal::new(None::<Error>);
    let list = move || {
        let files = files.get();
        if files.is_empty() {
            return view! { <EmptyState title=word!(entry.files.none) icon=IconName::File/> }.into_any();
        }
        let act =
            Callback::new(move |file: AttachmentInfo| view! { <Remove draft file removal/> }.into_any());
        if draft.can_edit() {
            view! { <FileList files act/> }.into_any()
        } else {
            view! { <FileList files/> }.into_any()
        }
    };
    let medium = draft.message_of(EntryField::Attachments);
    view! {
        <div class="stack step-form">
            <FieldNote field=EntryField::Attachments/>
            <p class="measure">{word!(entry.files.lead)}</p>
            <FieldError id="file" error=medium/>
            <Failure error=removal/>
            <Infected queue/>
            {list}
            <Uploads queue/>
            <Pending queue/>
            {draft.can_edit().then(|| view! { <Upload draft queue/> })}
            <Medium draft/>
            <ActionBar status=move || view! { <SaveBadge draft/> }>
                <LinkButton href=step_href(entry, Step::Declaration) icon=IconName::ArrowRight>{word!(entry.wizard.next_plain)}</LinkButton>
                <BackLink draft step=Step::Attachments/>
            </ActionBar>
        </div>
    }
    .into_any()
}

/// The form for one or several files of a kind. Without wasm it posts one, and a refusal comes back in the address.
#[component]
fn Upload(draft: Draft, queue: Queue) -> impl IntoView {
    let entry = draft.entry();
    let (limit, key) = draft.view.with_untracked(|view| (view.upload_limit, view.key));
    let posted = use_query_map().read_untracked().get("upload_error");
    let posted = posted.and_then(|json| serde_json::from_str::<Error>(&json).ok());
    let refused = queue.refused;
    if let Some(error) = posted {
        refused.update_untracked(|refused| *refused = vec![Problem::Refused(None, error)]);
    }
    let taken: Vec<AttachmentKind> = draft.view.with_untracked(|view| {
        let kinds = AttachmentKind::ALL.into_iter();
        kinds.filter(|kind| view.eligibility.takes(*kind)).collect()
    });
    let first = taken.first().copied().unwrap_or(AttachmentKind::Other);
    let kind = RwSignal::new(first);
    let input = NodeRef::<html::Input>::new();
    let kinds = taken
        .into_iter()
        .map(|kind| Choice::new(kind.slug(), attachment_kind_name(kind)))
        .collect();
    let start = move || {
        let Some(element) = input.get_untracked() else {
            return;
        };
        let Some(chosen) = element.files() else {
            return;
        };
        refused.set(Vec::new());
        for file in (0..chosen.length()).filter_map(|index| chosen.get(index)) {
            // Said before a byte travels: a refusal after 600 MB would be an insult.
            if file.size() > limit as f64 {
                refused.update(|refused| refused.push(Problem::TooLarge(file.name(), limit)));
            } else if file.size() < 1.0 {
                refused.update(|refused| refused.push(Problem::Empty(file.name())));
            } else {
                queue.add(kind.get_untracked(), file);
            }
        }
        // the same file may be chosen again after it was given up
        element.set_value("");
    };
    // A plain form sends one; several need the queue.
    Effect::new(move || {
        if let Some(input) = input.get() {
            input.set_multiple(true);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        start();
    };
    let problems = move || {
        let problems = refused.get();
        (!problems.is_empty()).then(|| {
            let lines = problems.iter().map(|problem| view! { <p>{problem.text()}</p> }).collect_view();
            view! { <Notice tone=Tone::Danger announce=true title=word!(entry.files.refused)>{lines}</Notice> }
        })
    };
    view! {
        <form
            class="panel stack upload-form"
            method="post"
            action=format!("/upload/entry/{entry}")
            enctype="multipart/form-data"
            on:submit=submit
        >
            <h2 class="panel-title">{word!(entry.files.add)}</h2>
            {problems}
            // The endpoint reads the form as it comes: kind and key stand before the file.
            <RadioGroup
                name="kind"
                legend=word!(entry.files.kind)
                choices=kinds
                value=first.slug()
                inline=true
                on_change=Callback::new(move |value: String| {
                    if let Some(chosen) = AttachmentKind::from_slug(&value) {
                        kind.set(chosen);
                    }
                })
            />
            <input type="hidden" name="key" value=key.to_string()/>
            <FileInput
                name="file"
                label=word!(entry.files.choose)
                hint=word!(entry.files.limit, limit = bytes_text(limit))
                input
                on_change=Callback::new(move |()| start())
            />
            <div>
                <Button variant=Variant::Secondary icon=IconName::Upload>{word!(entry.files.send)}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Takes a file off the entry.
#[component]
fn Remove(draft: Draft, file: AttachmentInfo, removal: RwSignal<Option<Error>>) -> impl IntoView {
    let (entry, id) = (draft.entry(), file.id);
    let busy = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        // The version must be the one after everything typed is stored.
        draft.once_saved(Callback::new(move |saved: bool| {
            if !saved {
                busy.set(false);
                return;
            }
            let expected = draft.view.with_untracked(|view| view.version);
            let cmd = RemoveAttachment {
                key: fresh_key(),
                entry,
                attachment: id,
                expected,
            };
            spawn_local(async move {
                let answer = api::remove_attachment(cmd).await;
                if busy.try_set(false).is_some() {
                    return; // the page is gone
                }
                removal.set(answer.err());
                reload(draft).await;
            });
        }));
    };
    let label = word!(entry.files.remove_of, name = file.file_name);
    let key = draft.view.with_untracked(|view| view.key);
    view! {
        <form method="post" action=api::RemoveAttachment::url() on:submit=submit>
            <input type="hidden" name="cmd[key]" value=key.to_string()/>
            <input type="hidden" name="cmd[entry]" value=entry.to_string()/>
            <input type="hidden" name="cmd[attachment]" value=id.to_string()/>
            <input type="hidden" name="cmd[expected]" value=move || draft.view.with(|view| view.version.to_string())/>
            <Button variant=Variant::Quiet small=true icon=IconName::Trash loading=busy label>{word!(entry.files.remove)}</Button>
        </form>
    }
    .into_any()
}

/// Takes in what the server now has.
async fn reload(draft: Draft) {
    let view = api::draft(draft.entry()).await;
    // What stood there before stays where the server cannot be reached.
    if let Ok(view) = view
        && !draft.save.is_disposed()
    {
        draft.refresh(view);
    }
}
