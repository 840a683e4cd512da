//! "Còn thiếu": what stands between the entry and submitting, each line leading to its field.

use leptos::prelude::*;
use rules::entry::{EntryField, EntryGap, Step};

use super::draft::Draft;
use crate::entry::parts::step_href;
use crate::text::{entry_gap_text, entry_problem_text, word};
use crate::ui::{Icon, IconName, field_id};

/// What the step on the screen lacks; the review lists everything.
#[component]
pub fn Missing(draft: Draft, step: Memo<Option<Step>>) -> impl IntoView {
    let gaps = Memo::new(move |_| match step.get() {
        Some(Step::Review) | None => Vec::new(),
        Some(step) => draft.gaps_of(step),
    });
    move || {
        let gaps = gaps.get();
        (!gaps.is_empty()).then(|| {
            view! {
                <section class="panel missing-panel" aria-labelledby="missing-here">
                    <h2 class="panel-title" id="missing-here">{word!(entry.missing.title)}</h2>
                    <GapList draft gaps/>
                </section>
            }
        })
    }
}

/// Gaps as links to their fields.
#[component]
pub fn GapList(draft: Draft, gaps: Vec<EntryGap>) -> impl IntoView {
    let entry = draft.entry();
    let rows = gaps
        .into_iter()
        .map(|gap| {
            let href = format!(
                "{}#{}",
                step_href(entry, gap.field.step()),
                control_id(&gap.field)
            );
            view! {
                <li>
                    <Icon name=IconName::AlertTriangle/>
                    <a href=href>{gap_text(draft, &gap)}</a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="gap-list">{rows}</ul> }.into_any()
}

/// A gap in words; a question is called by its label.
fn gap_text(draft: Draft, gap: &EntryGap) -> String {
    match gap.field {
        EntryField::Answer(_) => {
            let name = draft.field_name(&gap.field);
            format!("{name}: {}", entry_problem_text(&gap.problem))
        }
        _ => entry_gap_text(gap),
    }
}

/// The form control of a field.
pub fn control_name(field: &EntryField) -> String {
    match field {
        EntryField::Authors => "form[author_type]".to_owned(),
        EntryField::Shares => "form[authors][0][share]".to_owned(),
        EntryField::Author(index) | EntryField::AuthorName(index) => {
            format!("form[authors][{index}][full_name]")
        }
        EntryField::AuthorUnit(index) => format!("form[authors][{index}][unit]"),
        EntryField::AuthorPosition(index) => format!("form[authors][{index}][position]"),
        EntryField::AuthorContact(index) => format!("form[authors][{index}][contact]"),
        // not a field but the line that says where the author stands, with its buttons
        EntryField::AuthorConsent(index) => format!("form[authors][{index}][consent]"),
        EntryField::AuthorShare(index) => format!("form[authors][{index}][share]"),
        EntryField::Title => "form[title]".to_owned(),
        EntryField::Category => "form[category]".to_owned(),
        EntryField::Scope => "form[scope]".to_owned(),
        EntryField::Maturity => "form[maturity]".to_owned(),
        EntryField::FirstAppliedOn => "form[first_applied_on]".to_owned(),
        EntryField::Section(section) => format!("form[sections][{}]", section.slug()),
        EntryField::Answer(code) => format!("form[answers][{code}]"),
        EntryField::Attachments => "file".to_owned(),
        EntryField::Declaration => "form[accepted]".to_owned(),
    }
}

/// The id of a field's control.
pub fn control_id(field: &EntryField) -> String {
    field_id(&control_name(field))
}
