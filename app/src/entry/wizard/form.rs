//! The contest's own questions: asked as the entry's category, maturity and other answers have it.

use std::collections::BTreeSet;

use leptos::prelude::*;
use rules::entry::{EntryField, FieldKind, FieldOption, FormChange, FormField, Step};
use rules::text::Locale;
use rules::time::parse_date;

use super::draft::Draft;
use super::frame::StepForm;
use super::missing::{control_id, control_name};
use super::returned::FieldNote;
use crate::entry::markdown_field::MarkdownField;
use crate::i18n::ui_locale;
use crate::text::{form_change_text, word};
use crate::ui::{Checkbox, Choice, FieldError, Notice, RadioGroup, TextField, TextKind, Tone};

/// The step.
#[component]
pub fn FormStep(draft: Draft) -> impl IntoView {
    let form = StoredValue::new(draft.form());
    let asked = Memo::new(move |_| {
        let content = draft.typed.with(crate::entry::typed::Typed::content);
        form.with_value(|form| {
            let visible = form.visible(&content);
            visible.map(|field| field.code.clone()).collect::<Vec<_>>()
        })
    });
    let long = form.with_value(|form| form.fields.iter().any(FormField::is_long));
    let question = move |code: String| {
        let field = form.with_value(|form| form.field(&code).cloned());
        field.map(|field| {
            view! {
                <FieldNote field=EntryField::Answer(field.code.clone())/>
                <Question draft field/>
            }
        })
    };
    let lead = move || {
        if asked.with(Vec::is_empty) {
            word!(form.step.nothing)
        } else {
            word!(form.step.lead)
        }
    };
    view! {
        <StepForm draft step=Step::Form>
            // Says which questions stood on the page: a box that is not ticked sends nothing.
            <input type="hidden" name="form[asked]" value=move || asked.with(|codes| codes.join(" "))/>
            <p class="measure">{lead}</p>
            {long.then(|| view! { <p class="measure field-hint">{word!(form.markdown.help)}</p> })}
            <For each=move || asked.get() key=|code| code.clone() children=question/>
        </StepForm>
    }
    .into_any()
}

/// What changed in the form since the draft was filled in; every answer is kept.
#[component]
pub fn Changes(changes: Vec<FormChange>) -> impl IntoView {
    (!changes.is_empty()).then(|| {
        let lines = changes
            .iter()
            .map(|change| view! { <li>{form_change_text(change)}</li> })
            .collect_view();
        view! {
            <Notice tone=Tone::Info title=word!(form.change.title)>
                <p>{word!(form.change.kept)}</p>
                <ul>{lines}</ul>
            </Notice>
        }
    })
}

/// One question with the control its kind asks for.
#[component]
fn Question(draft: Draft, field: FormField) -> impl IntoView {
    let locale = ui_locale();
    let at = EntryField::Answer(field.code.clone());
    let (name, error) = (control_name(&at), draft.message_of(at));
    let label = field.label.text(locale).to_owned();
    let help = field.help.text(locale).to_owned();
    let code = field.code.clone();
    let is_date = matches!(field.kind, FieldKind::Date);
    let value = draft.text(move |typed| {
        let typed = typed.answer(&code);
        // a date box takes one way of writing only
        let date = is_date.then(|| parse_date(typed)).flatten();
        date.map_or_else(|| typed.to_owned(), |date| date.to_string())
    });
    let code = field.code.clone();
    let edit = Callback::new(move |text: String| {
        draft.edit(|typed| {
            typed.answers.insert(code.clone(), text);
        });
    });
    let mark_optional = !field.required;
    match field.kind.clone() {
        FieldKind::Text { max } => {
            view! { <TextField name label hint=help error value max=max as usize mark_optional on_input=edit autocomplete="off"/> }
                .into_any()
        }
        FieldKind::LongText { max } => {
            view! { <MarkdownField name label hint=help error value rows=7 max=max as usize mark_optional on_input=edit/> }
                .into_any()
        }
        FieldKind::Number { unit, .. } => {
            view! {
                <TextField name label hint=help error value kind=TextKind::Decimal suffix=unit mark_optional on_input=edit autocomplete="off"/>
            }
            .into_any()
        }
        FieldKind::Date => {
            view! { <TextField name label hint=help error value kind=TextKind::Date mark_optional on_input=edit/> }.into_any()
        }
        FieldKind::YesNo => {
            let choices = vec![Choice::new("yes", word!(form.yes)), Choice::new("no", word!(form.no))];
            view! { <OneOf draft field choices/> }.into_any()
        }
        FieldKind::Choice {
            options,
            multiple: false,
        } => {
            let choices = options
                .into_iter()
                .map(|option| Choice::new(option.code, option.label.text(locale)))
                .collect();
            view! { <OneOf draft field choices/> }.into_any()
        }
        FieldKind::Choice {
            options,
            multiple: true,
        } => view! { <SomeOf draft field options/> }.into_any(),
    }
}

/// One answer of a few. Radio buttons have no live value: drawn anew when something else than the person chose.
#[component]
fn OneOf(draft: Draft, field: FormField, choices: Vec<Choice>) -> impl IntoView {
    let locale = ui_locale();
    let at = EntryField::Answer(field.code.clone());
    let mut choices = choices;
    if !field.required {
        choices.push(Choice::new("", word!(form.no_answer)));
    }
    let group = move |_| {
        let (code, choices) = (field.code.clone(), choices.clone());
        let chosen = draft.typed.with_untracked(|typed| typed.answer(&code).to_owned());
        view! {
            <RadioGroup
                name=control_name(&at)
                legend=field.label.text(locale).to_owned()
                hint=field.help.text(locale).to_owned()
                inline=choices.len() < 4
                choices
                value=chosen
                error=draft.message_of(at.clone())
                on_change=Callback::new(move |value: String| {
                    draft.edit(|typed| {
                        typed.answers.insert(code.clone(), value);
                    });
                })
            />
        }
    };
    view! { <For each=move || [draft.shown.get()] key=|shown| *shown children=group/> }.into_any()
}

/// Any number of answers.
#[component]
fn SomeOf(draft: Draft, field: FormField, options: Vec<FieldOption>) -> impl IntoView {
    let locale = ui_locale();
    let at = EntryField::Answer(field.code.clone());
    let id = control_id(&at);
    let error = draft.message_of(at);
    let help = Some(field.help.text(locale).to_owned()).filter(|help| !help.is_empty());
    let legend = field.label.text(locale).to_owned();
    let (boxes_id, code) = (id.clone(), field.code);
    let boxes = move |_| {
        let boxes = options.iter().enumerate().map(|(index, option)| {
            let own = if index == 0 {
                boxes_id.clone()
            } else {
                format!("{boxes_id}-{index}")
            };
            option_box(draft, &code, option, own, locale)
        });
        boxes.collect_view()
    };
    view! {
        <fieldset class="field" class:field-invalid=move || error.get().is_some()>
            <legend class="field-label">{legend}</legend>
            {help.map(|help| view! { <p class="field-hint">{help}</p> })}
            <FieldError id error/>
            <div class="choices">
                <For each=move || [draft.shown.get()] key=|shown| *shown children=boxes/>
            </div>
        </fieldset>
    }
    .into_any()
}

fn option_box(draft: Draft, code: &str, option: &FieldOption, id: String, locale: Locale) -> AnyView {
    let (code, own) = (code.to_owned(), option.code.clone());
    let checked = draft
        .typed
        .with_untracked(|typed| typed.answer(&code).split_whitespace().any(|one| one == own));
    let name = format!("form[answers][{code}.{own}]");
    let toggle = move |on: bool| {
        draft.edit(|typed| {
            let chosen = typed.answer(&code).to_owned();
            let mut chosen: BTreeSet<&str> = chosen.split_whitespace().collect();
            if on {
                chosen.insert(&own);
            } else {
                chosen.remove(own.as_str());
            }
            let chosen: Vec<&str> = chosen.into_iter().collect();
            typed.answers.insert(code.clone(), chosen.join(" "));
        });
    };
    view! {
        <Checkbox name id label=option.label.text(locale).to_owned() checked on_change=Callback::new(toggle)/>
    }
    .into_any()
}
