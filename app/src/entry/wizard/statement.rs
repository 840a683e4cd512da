//! The statement in sections (V14), each with what it should say.

use leptos::prelude::*;
use rules::entry::{EntryField, SECTION_MAX, StatementSection, Step};

use super::draft::Draft;
use super::frame::StepForm;
use super::returned::FieldNote;
use crate::entry::markdown_field::MarkdownField;
use crate::text::{statement_section_name, word};

/// The step.
#[component]
pub fn StatementStep(draft: Draft) -> impl IntoView {
    let sections = StatementSection::ALL
        .into_iter()
        .map(|section| {
            let text = draft.text(move |typed| typed.section(section).to_owned());
            view! {
                <FieldNote field=EntryField::Section(section)/>
                <MarkdownField
                    name=format!("form[sections][{}]", section.slug())
                    label=statement_section_name(section)
                    hint=guidance(section)
                    rows=if section == StatementSection::Solution { 14 } else { 7 }
                    max=SECTION_MAX
                    value=text
                    mark_optional=!section.is_required()
                    error=draft.message_of(EntryField::Section(section))
                    on_input=Callback::new(move |text: String| {
                        draft.edit(|typed| {
                            typed.sections.insert(section, text);
                        });
                    })
                />
            }
        })
        .collect_view();
    view! {
        <StepForm draft step=Step::Statement>
            <p class="measure">{word!(entry.statement.lead)}</p>
            <p class="measure field-hint">{word!(form.markdown.help)}</p>
            {sections}
        </StepForm>
    }
    .into_any()
}

/// What a section should say.
fn guidance(section: StatementSection) -> String {
    match section {
        StatementSection::CurrentSituation => word!(entry.statement.current_situation),
        StatementSection::Purpose => word!(entry.statement.purpose),
        StatementSection::Solution => word!(entry.statement.solution),
        StatementSection::Novelty => word!(entry.statement.novelty),
        StatementSection::Applicability => word!(entry.statement.applicability),
        StatementSection::Effect => word!(entry.statement.effect),
        StatementSection::Conditions => word!(entry.statement.conditions),
    }
}
