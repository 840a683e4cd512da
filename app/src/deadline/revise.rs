//! The acts of an author who changes what was submitted.

use contract::entry::ReceiptView;
use leptos::prelude::*;
use rules::entry::Step;
use rules::id::{CommandKey, EntryId, Version};

use super::api::{DropChanges, TakeUp};
use crate::entry::step_href;
use crate::judging::{Failure, failure_of};
use crate::text::word;
use crate::ui::{Button, IconName, LinkButton, Variant};

/// "Sửa bài đã nộp", or the way back to the changes begun; nothing once it is too late.
#[component]
pub fn TakeUpButton(view: ReceiptView) -> impl IntoView {
    if view.revising {
        return view! {
            <LinkButton href=step_href(view.entry, Step::Statement) icon=IconName::Edit>{word!(deadline.revise.go_on)}</LinkButton>
        }
        .into_any();
    }
    if !view.can_take_up {
        return ().into_any();
    }
    let action = ServerAction::<TakeUp>::new();
    view! {
        <ActionForm action=action>
            <input type="hidden" name="cmd[key]" value=view.key.to_string()/>
            <input type="hidden" name="cmd[entry]" value=view.entry.to_string()/>
            <input type="hidden" name="cmd[expected]" value=view.version.to_string()/>
            <Button variant=Variant::Secondary icon=IconName::Edit loading=action.pending()>{word!(deadline.revise.act)}</Button>
        </ActionForm>
        <Failure error=failure_of(action)/>
    }
    .into_any()
}

/// Gives the changes up, after asking.
#[component]
pub fn DropChangesForm(
    entry: EntryId,
    key: CommandKey,
    /// Of the copy as the page shows it.
    #[prop(into)]
    version: Signal<Version>,
) -> impl IntoView {
    let action = ServerAction::<DropChanges>::new();
    view! {
        <details class="drop-changes">
            <summary>{word!(deadline.revise.drop)}</summary>
            <ActionForm action=action>
                <div class="stack stack-s">
                    <p>{word!(deadline.revise.drop_text)}</p>
                    <Failure error=failure_of(action)/>
                    <input type="hidden" name="cmd[key]" value=key.to_string()/>
                    <input type="hidden" name="cmd[entry]" value=entry.to_string()/>
                    <input type="hidden" name="cmd[expected]" value=move || version.get().to_string()/>
                    <div><Button variant=Variant::Danger small=true loading=action.pending()>{word!(deadline.revise.drop)}</Button></div>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}
