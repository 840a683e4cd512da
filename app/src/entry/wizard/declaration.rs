//! The commitment (2.3, item 3), accepted in the version that stands on the page.

use leptos::prelude::*;
use rules::entry::{EntryField, Step};

use super::draft::Draft;
use super::frame::StepForm;
use crate::contest::Paragraphs;
use crate::text::word;
use crate::ui::{Badge, Checkbox};

/// The step.
#[component]
pub fn DeclarationStep(draft: Draft) -> impl IntoView {
    let declaration = draft.view.with_untracked(|view| view.declaration.clone());
    let version = declaration.version;
    let tick = move |_| {
        let accepted = draft
            .typed
            .with_untracked(|typed| typed.accepted == Some(version));
        view! {
            <Checkbox
                name="form[accepted]"
                label=word!(entry.declaration.accept)
                checked=accepted
                value=version.to_string()
                error=draft.message_of(EntryField::Declaration)
                on_change=Callback::new(move |accepted: bool| {
                    draft.edit(|typed| typed.accepted = accepted.then_some(version));
                    draft.save_now();
                })
            />
        }
    };
    view! {
        <StepForm draft step=Step::Declaration>
            <p class="measure">{word!(entry.declaration.lead)}</p>
            <section class="panel declaration-text" aria-label=word!(entry.declaration.title)>
                <Badge>{word!(entry.declaration.version, version = version)}</Badge>
                <Paragraphs text=declaration.text/>
            </section>
            <For each=move || [draft.shown.get()] key=|shown| *shown children=tick/>
        </StepForm>
    }
    .into_any()
}
