//! What it is about: title, category, scope, how far it has come.

use leptos::prelude::*;
use rules::contest::Category;
use rules::entry::{EntryField, EntryScope, Maturity, Step, TITLE_MAX};

use super::draft::Draft;
use super::frame::StepForm;
use super::returned::FieldNote;
use crate::entry::typed::{maturity_value, scope_value};
use crate::text::{maturity_name, scope_name, word};
use crate::ui::{Choice, RadioGroup, TextField, TextKind};

/// The step.
#[component]
pub fn TopicStep(draft: Draft) -> impl IntoView {
    let title = draft.text(|typed| typed.title.clone());
    let date = draft.text(|typed| typed.first_applied_on.clone());
    // Radio buttons have no live value: drawn anew when something else than the person chose.
    let choices = move |_| view! { <Choices draft/> };
    view! {
        <StepForm draft step=Step::Topic>
            <FieldNote field=EntryField::Title/>
            <TextField
                name="form[title]"
                label=word!(entry.topic.title)
                hint=word!(entry.topic.title_hint)
                max=TITLE_MAX
                value=title
                autocomplete="off"
                error=draft.message_of(EntryField::Title)
                on_input=Callback::new(move |text: String| draft.edit(|typed| typed.title = text))
            />
            <For each=move || [draft.shown.get()] key=|shown| *shown children=choices/>
            <TextField
                name="form[first_applied_on]"
                label=word!(entry.topic.first_applied_on)
                hint=word!(entry.topic.first_applied_hint)
                kind=TextKind::Date
                value=date
                mark_optional=true
                error=draft.message_of(EntryField::FirstAppliedOn)
                on_input=Callback::new(move |text: String| draft.edit(|typed| typed.first_applied_on = text))
            />
        </StepForm>
    }
    .into_any()
}

#[component]
fn Choices(draft: Draft) -> impl IntoView {
    let (category, scope, maturity) = draft.typed.with_untracked(|typed| {
        (
            typed.category.clone(),
            typed.scope.clone(),
            typed.maturity.clone(),
        )
    });
    let categories = draft
        .view
        .with_untracked(|view| view.categories.iter().map(category_choice).collect::<Vec<_>>());
    let scopes =
        [EntryScope::Unit, EntryScope::Wide].map(|scope| Choice::new(scope_value(scope), scope_name(scope)));
    let maturities = [Maturity::Proposed, Maturity::Piloted, Maturity::Applied]
        .map(|maturity| Choice::new(maturity_value(maturity), maturity_name(maturity)));
    view! {
        <FieldNote field=EntryField::Category/>
        <RadioGroup
            name="form[category]"
            legend=word!(entry.topic.category)
            choices=categories
            value=category
            error=draft.message_of(EntryField::Category)
            on_change=Callback::new(move |value: String| draft.edit(|typed| typed.category = value))
        />
        <FieldNote field=EntryField::Scope/>
        <RadioGroup
            name="form[scope]"
            legend=word!(entry.topic.scope)
            choices=scopes.to_vec()
            value=scope
            error=draft.message_of(EntryField::Scope)
            on_change=Callback::new(move |value: String| draft.edit(|typed| typed.scope = value))
        />
        <FieldNote field=EntryField::Maturity/>
        <RadioGroup
            name="form[maturity]"
            legend=word!(entry.topic.maturity)
            choices=maturities.to_vec()
            value=maturity
            inline=true
            error=draft.message_of(EntryField::Maturity)
            on_change=Callback::new(move |value: String| draft.edit(|typed| typed.maturity = value))
        />
    }
    .into_any()
}

/// A category with what belongs to it; where it asks for a medium, that is said at once.
fn category_choice(category: &Category) -> Choice {
    let mut hint = category.description.trim().to_owned();
    if category.medium_required {
        if !hint.is_empty() {
            hint.push(' ');
        }
        hint.push_str(&word!(entry.topic.medium));
    }
    let choice = Choice::new(category.code.clone(), category.name.clone());
    if hint.is_empty() {
        choice
    } else {
        choice.hint(hint)
    }
}
