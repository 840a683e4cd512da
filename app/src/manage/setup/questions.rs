//! The contest's own questions to authors: what is asked, of whom, and when.

use leptos::prelude::*;
use rules::contest::Category;
use rules::entry::{FieldCondition, FieldKind, FormField, FormVersion};
use rules::text::Locale;

use super::control::Controls;
use crate::entry::maturity_value;
use crate::i18n::ui_locale;
use crate::manage::section::form::{LIST, MATURITIES, condition_value};
use crate::text::{form_problem_text, maturity_name, word};
use crate::ui::{Checkbox, Choice, Fieldset, Select, TextKind};

/// Kinds in the order of the list, as their select sends them.
const KINDS: [&str; 7] = [
    "text",
    "long_text",
    "number",
    "choice",
    "choices",
    "date",
    "yes_no",
];

pub(super) fn body(c: &Controls, form: &FormVersion, categories: &[Category]) -> AnyView {
    let rows = c.fields.rows(LIST).into_iter();
    let rows = rows.map(|at| question(c, at, form, categories)).collect_view();
    let version = (form.version > 0)
        .then(|| view! { <p class="muted small">{word!(form.setup.version, version = form.version)}</p> });
    view! {
        <p class="muted">{word!(form.setup.lead)}</p>
        {version}
        <ol class="form-boxes">{rows}</ol>
        {c.add(LIST, word!(form.setup.add))}
    }
    .into_any()
}

/// Messages of the rules by field name.
pub(super) fn problems(
    form: &FormVersion,
    categories: &[Category],
) -> std::collections::BTreeMap<String, String> {
    form.issues(categories)
        .into_iter()
        .map(|issue| {
            let key = format!("{LIST}.{}.{}", issue.field, issue.problem.part());
            (key, form_problem_text(issue.problem))
        })
        .collect()
}

fn question(c: &Controls, at: usize, form: &FormVersion, categories: &[Category]) -> AnyView {
    let key = |part: &str| format!("{LIST}.{at}.{part}");
    let title = word!(form.setup.one, number = at + 1);
    let kind = RwSignal::new(c.fields.get(&key("kind")).to_owned());
    let choices: Vec<Choice> = KINDS
        .into_iter()
        .map(|kind| Choice::new(kind, kind_name(kind)))
        .collect();
    view! {
        <li class="form-box">
            <div class="form-box-head">
                <h2>{title.clone()}</h2>
                {c.row_acts(LIST, at, &title)}
            </div>
            {c.hidden(&key("code"))}
            {c.text(&key("label"), TextKind::Text)}
            <div class="form-row">
                <Select
                    name=Controls::name(&key("kind"))
                    label=word!(form.field.kind)
                    choices
                    value=kind.get_untracked()
                    error=c.error(&key("kind"))
                    on_change=Callback::new(move |value| kind.set(value))
                />
                {c.check(&key("required"))}
            </div>
            {particulars(c, at, kind)}
            {c.text(&key("help"), TextKind::Text)}
            {audience(c, at, form, categories)}
            {c.check_hint(&key("hidden_from_judges"), word!(form.setup.judges_hint))}
            <details class="guidance">
                <summary>{word!(form.setup.english)}</summary>
                <div class="stack stack-m">
                    {c.text(&key("label_en"), TextKind::Text)}
                    {c.text(&key("help_en"), TextKind::Text)}
                </div>
            </details>
        </li>
    }
    .into_any()
}

/// What only some kinds have. Everything stands in the form; what does not belong to the chosen kind is out of sight.
fn particulars(c: &Controls, at: usize, kind: RwSignal<String>) -> AnyView {
    let key = |part: &str| format!("{LIST}.{at}.{part}");
    let other_than = move |kinds: &'static [&'static str]| move || !kinds.contains(&kind.get().as_str());
    let decimals = ["0", "1", "2"].map(|count| Choice::new(count, count)).to_vec();
    view! {
        <div hidden=other_than(&["text", "long_text"])>
            {c.text(&key("length"), TextKind::Integer)}
        </div>
        <div class="form-row" hidden=other_than(&["number"])>
            {c.text(&key("min_value"), TextKind::Decimal)}
            {c.text(&key("max_value"), TextKind::Decimal)}
            {c.select(&key("decimals"), decimals)}
            {c.text(&key("unit"), TextKind::Text)}
        </div>
        <div hidden=other_than(&["choice", "choices"])>
            {c.area_hint(&key("options"), 4, word!(form.setup.options_hint))}
        </div>
    }
    .into_any()
}

/// Of whom it is asked: category, maturity, an answer to another question.
fn audience(c: &Controls, at: usize, form: &FormVersion, categories: &[Category]) -> AnyView {
    let key = |part: &str| format!("{LIST}.{at}.{part}");
    let tick = |part: String, label: String| {
        let name = key(&part);
        view! { <Checkbox name=Controls::name(&name) label=label checked=c.fields.is_on(&name)/> }
    };
    let in_categories = categories
        .iter()
        .enumerate()
        .map(|(index, category)| tick(format!("in.{index}"), category.name.clone()))
        .collect_view();
    let maturities = MATURITIES
        .map(|maturity| {
            tick(
                format!("at.{}", maturity_value(maturity)),
                maturity_name(maturity),
            )
        })
        .collect_view();
    let own = c.fields.get(&key("code"));
    let others = form.fields.iter().filter(|field| field.code != own);
    let conditions = std::iter::once(Choice::new("", word!(form.setup.always)))
        .chain(others.flat_map(|field| conditions_on(field, ui_locale())))
        .collect::<Vec<_>>();
    let narrowed = c.fields.members(&key("in")).next().is_some()
        || c.fields.members(&key("at")).next().is_some()
        || !c.fields.get(&key("when")).is_empty();
    view! {
        <details class="guidance" open=narrowed>
            <summary>{word!(form.setup.audience)}</summary>
            <div class="stack stack-m">
                {c.select(&key("when"), conditions)}
                <Fieldset legend=word!(form.field.categories) hint=word!(form.setup.all_if_none)>{in_categories}</Fieldset>
                <Fieldset legend=word!(form.field.maturities) hint=word!(form.setup.all_if_none)>{maturities}</Fieldset>
            </div>
        </details>
    }
    .into_any()
}

/// The answers of a field that another can hang on.
fn conditions_on(field: &FormField, locale: Locale) -> Vec<Choice> {
    let label = field.label.text(locale);
    let choice = |value: Option<&str>, answer: String| {
        let condition = FieldCondition {
            field: field.code.clone(),
            value: value.map(str::to_owned),
        };
        Choice::new(
            condition_value(&condition),
            word!(form.setup.when, label = label.to_owned(), answer = answer),
        )
    };
    let mut choices = vec![choice(None, word!(form.setup.any))];
    match &field.kind {
        FieldKind::YesNo => {
            choices.push(choice(Some("yes"), word!(form.yes)));
            choices.push(choice(Some("no"), word!(form.no)));
        }
        FieldKind::Choice { options, .. } => {
            let named = options
                .iter()
                .map(|option| choice(Some(&option.code), option.label.text(locale).to_owned()));
            choices.extend(named);
        }
        FieldKind::Text { .. } | FieldKind::LongText { .. } | FieldKind::Number { .. } | FieldKind::Date => {}
    }
    choices
}

fn kind_name(kind: &str) -> String {
    match kind {
        "long_text" => word!(form.kind.long_text),
        "number" => word!(form.kind.number),
        "choice" => word!(form.kind.choice),
        "choices" => word!(form.kind.choices),
        "date" => word!(form.kind.date),
        "yes_no" => word!(form.kind.yes_no),
        _ => word!(form.kind.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manage::section::form::kind_value;

    #[test]
    fn every_kind_stands_in_the_list() {
        let choice = |multiple| FieldKind::Choice {
            options: Vec::new(),
            multiple,
        };
        let number = FieldKind::Number {
            min: None,
            max: None,
            decimals: 0,
            unit: String::new(),
        };
        let kinds = [
            FieldKind::Text { max: 1 },
            FieldKind::LongText { max: 1 },
            number,
            choice(false),
            choice(true),
            FieldKind::Date,
            FieldKind::YesNo,
        ];
        assert_eq!(kinds.each_ref().map(kind_value), KINDS);
    }
}
