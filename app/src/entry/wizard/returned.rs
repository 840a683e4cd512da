//! What the unit asked to be mended, in the wizard: a panel that stays in view over all steps, the comment beside its
//! field, and how many a step still holds. Ticking off is a help for the authors; it changes nothing of the entry.

use contract::unit::{NoteView, ReturnsView};
use leptos::prelude::*;
use rules::entry::{EntryField, Step};

use super::missing::control_id;
use crate::entry::parts::step_href;
use crate::entry::unit::api::Mend;
use crate::judging::{Failure, after_success, failure_of};
use crate::text::{note_field_name, word};
use crate::ui::{Badge, Button, IconName, Tone, Variant};

/// The comments of the return an entry is in; `None` while it is not returned.
#[derive(Clone, Copy)]
pub struct Notes(RwSignal<Option<ReturnsView>>);

impl Notes {
    /// Makes the comments known to every step of the wizard.
    pub fn provide(view: Option<ReturnsView>) -> Self {
        let notes = Self(RwSignal::new(view));
        provide_context(notes);
        notes
    }

    /// The comments of the last return, which is the one to answer.
    fn all(self) -> Vec<NoteView> {
        self.0.with(|view| {
            let last = view.as_ref().and_then(|view| view.returns.first());
            last.map(|last| last.notes.clone()).unwrap_or_default()
        })
    }

    /// How many comments of a step are not ticked off; all of them for the review.
    pub fn open_in(self, step: Step) -> usize {
        let open = self.all().into_iter().filter(|note| note.mended_at.is_none());
        open.filter(|note| step == Step::Review || note.field.step() == step)
            .count()
    }
}

/// The panel of everything to be mended, each line leading to its field.
#[component]
pub fn NotePanel(notes: Notes) -> impl IntoView {
    let mend = ServerAction::<Mend>::new();
    after_success(mend, move |view| {
        notes.0.try_set(Some(view.clone()));
    });
    let refused = failure_of(mend);
    move || {
        let all = notes.all();
        if all.is_empty() {
            return None;
        }
        let total = all.len();
        let done = all.iter().filter(|note| note.mended_at.is_some()).count();
        let lines = all
            .into_iter()
            .map(|note| view! { <Line notes note mend/> })
            .collect_view();
        Some(view! {
            <section class="panel note-panel" aria-labelledby="note-panel-title">
                <h2 class="panel-title" id="note-panel-title">{word!(unit.note.list)}</h2>
                <p class="num" role="status">{word!(unit.note.progress, done = done, total = total)}</p>
                <Failure error=refused/>
                <ul class="note-list">{lines}</ul>
            </section>
        })
    }
}

#[component]
fn Line(notes: Notes, note: NoteView, mend: ServerAction<Mend>) -> impl IntoView {
    let name = note_field_name(&note);
    let done = note.mended_at.is_some();
    let form = notes.0.with_untracked(|view| {
        let view = view.as_ref()?;
        let back = view.returns.first()?;
        Some((view.entry, view.key, back.revision, view.can_mend))
    });
    let href = form.map(|(entry, ..)| {
        let step = step_href(entry, note.field.step());
        format!("{step}#{}", control_id(&note.field))
    });
    let tick = form
        .filter(|(.., can_mend)| *can_mend)
        .map(|(entry, key, revision, _)| {
            let (variant, icon, text, label) = if done {
                (
                    Variant::Quiet,
                    IconName::Undo,
                    word!(unit.note.undo),
                    word!(unit.note.undo_of, field = name.clone()),
                )
            } else {
                (
                    Variant::Secondary,
                    IconName::Check,
                    word!(unit.note.mend),
                    word!(unit.note.mend_of, field = name.clone()),
                )
            };
            view! {
                <ActionForm action=mend>
                    <input type="hidden" name="cmd[key]" value=key.to_string()/>
                    <input type="hidden" name="cmd[entry]" value=entry.to_string()/>
                    <input type="hidden" name="cmd[revision]" value=revision.to_string()/>
                    <input type="hidden" name="cmd[ordinal]" value=note.ordinal.to_string()/>
                    <input type="hidden" name="cmd[mended]" value=(!done).to_string()/>
                    <Button variant small=true icon label>{text}</Button>
                </ActionForm>
            }
        });
    view! {
        <li>
            <span class="cluster">
                <a class="strong" href=href>{name}</a>
                <MendBadge done/>
            </span>
            <p class="pre-line small">{note.text}</p>
            {tick}
        </li>
    }
    .into_any()
}

#[component]
fn MendBadge(done: bool) -> impl IntoView {
    if done {
        view! { <Badge tone=Tone::Ok icon=IconName::Check>{word!(unit.note.mended)}</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Warn icon=IconName::Edit>{word!(unit.note.open)}</Badge> }.into_any()
    }
}

/// The unit's comment beside its field; nothing where there is none. Stands right before the field.
#[component]
pub fn FieldNote(field: EntryField) -> impl IntoView {
    let notes = use_context::<Notes>();
    move || {
        let note = notes?.all().into_iter().find(|note| note.field == field)?;
        let done = note.mended_at.is_some();
        Some(view! {
            <div class="field-note" role="note">
                <span class="cluster">
                    <strong>{word!(unit.note.beside)}</strong>
                    <span>{note_field_name(&note)}</span>
                    <MendBadge done/>
                </span>
                <p class="pre-line">{note.text}</p>
            </div>
        })
    }
}
