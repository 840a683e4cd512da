//! The returns of an entry: what was asked to be mended, what the author ticked off, and what changed since.

use contract::unit::{NoteView, ReturnView};
use leptos::prelude::*;
use rules::id::EntryId;
use rules::time::Zone;

use super::Case;
use crate::deadline::compare_href;
use crate::text::{moment_text, note_field_name, word};
use crate::ui::{Badge, Card, Tone};

/// Every return, last first; nothing where there is none.
#[component]
pub fn Returns(case: Case) -> impl IntoView {
    move || {
        let view = case.returns.get();
        (!view.returns.is_empty()).then(|| {
            let parts = view
                .returns
                .into_iter()
                .map(|back| view! { <Return entry=view.entry back zone=view.zone.clone()/> })
                .collect_view();
            view! { <Card title=word!(unit.returns.title)><div class="stack">{parts}</div></Card> }
        })
    }
}

#[component]
fn Return(entry: EntryId, back: ReturnView, zone: Zone) -> impl IntoView {
    let answered = match back.resubmitted_at {
        Some(at) => word!(unit.returns.answered, at = moment_text(at, &zone)),
        None => word!(unit.returns.waiting),
    };
    let compare = back
        .resubmitted_at
        .map(|_| compare_href(entry, back.revision, back.revision + 1));
    let due = back
        .due
        .map(|due| word!(unit.returns.due, at = moment_text(due, &zone)));
    let notes = back
        .notes
        .into_iter()
        .map(|note| view! { <Note note/> })
        .collect_view();
    let title = word!(
        unit.returns.of,
        number = back.revision,
        at = moment_text(back.returned_at, &zone)
    );
    view! {
        <section class="return-line">
            <h3 class="return-title">{title}</h3>
            <p class="pre-line">{back.reason}</p>
            {due.map(|text| view! { <p class="small">{text}</p> })}
            <ul class="note-list">{notes}</ul>
            <p class="small muted">
                {answered}
                {compare.map(|href| view! { " " <a href=href>{word!(unit.returns.compare)}</a> })}
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Note(note: NoteView) -> impl IntoView {
    let changed = note.changed.map(|changed| {
        let (tone, text) = if changed {
            (Tone::Ok, word!(unit.returns.changed))
        } else {
            (Tone::Warn, word!(unit.returns.same))
        };
        view! { <Badge tone>{text}</Badge> }
    });
    let ticked = note
        .mended_at
        .map(|_| view! { <Badge tone=Tone::Info>{word!(unit.returns.ticked)}</Badge> });
    view! {
        <li>
            <span class="cluster"><strong>{note_field_name(&note)}</strong>{changed}{ticked}</span>
            <p class="pre-line small">{note.text}</p>
        </li>
    }
    .into_any()
}
