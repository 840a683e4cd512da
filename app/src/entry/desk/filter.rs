//! The filter of the desk lives in the address, so that it can be kept, sent on and gone back to.

use contract::account::UnitLine;
use contract::entry::{CheckFilter, DeskFilter};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::params::ParamsMap;
use rules::contest::Category;
use rules::entry::EntryState;

use crate::entry::parts::encode;
use crate::register::{check_of, check_value};
use crate::text::{state_name, word};
use crate::ui::{Button, Choice, IconName, LinkButton, Select, TextField, TextKind, Variant};

/// The filter of an address.
pub fn filter_of(query: &ParamsMap) -> DeskFilter {
    DeskFilter {
        query: query.get("q").unwrap_or_default(),
        state: query.get("state").and_then(|value| state_of(&value)),
        category: query.get("category").filter(|code| !code.is_empty()),
        unit: query.get("unit").and_then(|unit| unit.parse().ok()),
        medium: query.get("medium").and_then(|value| yes_or_no(&value)),
        late: query.get("late").and_then(|value| yes_or_no(&value)),
        check: query.get("check").and_then(|value| check_of(&value)),
        registered: query.get("registered").and_then(|value| yes_or_no(&value)),
        page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
    }
}

/// The address's query of a filter.
pub fn filter_query(filter: &DeskFilter) -> String {
    let state = filter.state.map(state_value).unwrap_or_default();
    let category = filter.category.as_deref().unwrap_or_default();
    let mut query = format!(
        "?q={}&state={state}&category={}",
        encode(&filter.query),
        encode(category)
    );
    let rare = [
        ("unit", filter.unit.map(|unit| unit.to_string())),
        ("medium", filter.medium.map(|value| value.to_string())),
        ("late", filter.late.map(|value| value.to_string())),
        ("check", filter.check.map(|check| check_value(check).to_owned())),
        ("registered", filter.registered.map(|value| value.to_string())),
    ];
    for (name, value) in rare {
        if let Some(value) = value {
            query.push_str(&format!("&{name}={value}"));
        }
    }
    query.push_str(&format!("&page={}", filter.page));
    query
}

fn yes_or_no(value: &str) -> Option<bool> {
    value.parse().ok()
}

/// Search, state, category; then unit, medium, time, check and channel, which are asked for less.
#[component]
pub fn FilterForm(
    filter: DeskFilter,
    categories: Vec<Category>,
    units: Vec<UnitLine>,
    has_checklist: bool,
) -> impl IntoView {
    let states = EntryState::ALL
        .into_iter()
        .filter(|state| *state != EntryState::Draft)
        .map(|state| Choice::new(state_value(state), state_name(state)))
        .collect::<Vec<_>>();
    let categories = categories
        .into_iter()
        .map(|one| Choice::new(one.code, one.name))
        .collect::<Vec<_>>();
    let more = filter.unit.is_some()
        || filter.medium.is_some()
        || filter.late.is_some()
        || filter.check.is_some()
        || filter.registered.is_some();
    let filtered = more || filter.state.is_some() || filter.category.is_some() || !filter.query.is_empty();
    let rare = filter.clone();
    view! {
        <Form method="GET" action="">
            <div class="desk-filter" role="search">
                <TextField name="q" label=word!(entry.desk.search) kind=TextKind::Search value=filter.query.clone()/>
                <Select
                    name="state"
                    label=word!(entry.desk.state)
                    choices=states
                    placeholder=word!(entry.desk.handed_in)
                    value=filter.state.map(state_value).unwrap_or_default()
                />
                <Select
                    name="category"
                    label=word!(entry.topic.category)
                    choices=categories
                    placeholder=word!(entry.desk.any_category)
                    value=filter.category.clone().unwrap_or_default()
                />
                <details class="desk-filter-more" open=more>
                    <summary>{word!(register.filter.more)}</summary>
                    <RareFilters filter=rare units has_checklist/>
                </details>
                <div class="cluster">
                    <Button variant=Variant::Secondary icon=IconName::Filter>{word!(entry.desk.filter)}</Button>
                    {filtered.then(|| view! { <LinkButton href="?" variant=Variant::Quiet>{word!(entry.desk.all)}</LinkButton> })}
                </div>
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn RareFilters(filter: DeskFilter, units: Vec<UnitLine>, has_checklist: bool) -> impl IntoView {
    let yes_no = |yes: String, no: String| vec![Choice::new("true", yes), Choice::new("false", no)];
    let chosen = |value: Option<bool>| value.map(|value| value.to_string()).unwrap_or_default();
    let any = || word!(register.filter.any);
    let units = units
        .into_iter()
        .map(|unit| Choice::new(unit.id.to_string(), unit.name))
        .collect::<Vec<_>>();
    let checks = vec![
        Choice::new(
            check_value(CheckFilter::Unchecked),
            word!(register.filter.unchecked),
        ),
        Choice::new(check_value(CheckFilter::Open), word!(register.standing.open)),
        Choice::new(
            check_value(CheckFilter::Complete),
            word!(register.standing.complete),
        ),
        Choice::new(
            check_value(CheckFilter::Failing),
            word!(register.standing.failing),
        ),
    ];
    view! {
        <div class="desk-filter">
            <Select
                name="unit"
                label=word!(register.filter.unit)
                choices=units
                placeholder=word!(register.filter.any_unit)
                value=filter.unit.map(|unit| unit.to_string()).unwrap_or_default()
            />
            <Select
                name="medium"
                label=word!(register.filter.medium)
                choices=yes_no(word!(register.filter.with_medium), word!(register.filter.without_medium))
                placeholder=any()
                value=chosen(filter.medium)
            />
            <Select
                name="late"
                label=word!(register.filter.late)
                choices=yes_no(word!(register.filter.after), word!(register.filter.in_time))
                placeholder=any()
                value=chosen(filter.late)
            />
            {has_checklist.then(|| view! {
                <Select
                    name="check"
                    label=word!(register.filter.check)
                    choices=checks
                    placeholder=any()
                    value=filter.check.map(check_value).unwrap_or_default().to_owned()
                />
            })}
            <Select
                name="registered"
                label=word!(register.filter.channel)
                choices=yes_no(word!(register.filter.registered), word!(register.filter.online))
                placeholder=any()
                value=chosen(filter.registered)
            />
        </div>
    }
    .into_any()
}

/// The state as the address has it, its serde name.
fn state_value(state: EntryState) -> &'static str {
    match state {
        EntryState::Draft => "draft",
        EntryState::SubmittedToUnit => "submitted_to_unit",
        EntryState::UnitScreening => "unit_screening",
        EntryState::ReturnedForSupplement => "returned_for_supplement",
        EntryState::NotSelectedByUnit => "not_selected_by_unit",
        EntryState::Forwarded => "forwarded",
        EntryState::EligibilityCheck => "eligibility_check",
        EntryState::Accepted => "accepted",
        EntryState::Rejected => "rejected",
        EntryState::InRound => "in_round",
        EntryState::Advanced => "advanced",
        EntryState::Eliminated => "eliminated",
        EntryState::Ranked => "ranked",
        EntryState::Awarded => "awarded",
        EntryState::NotAwarded => "not_awarded",
        EntryState::Withdrawn => "withdrawn",
        EntryState::Disqualified => "disqualified",
    }
}

fn state_of(value: &str) -> Option<EntryState> {
    EntryState::ALL
        .into_iter()
        .find(|state| state_value(*state) == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_names_states_as_serde_does() {
        for state in EntryState::ALL {
            let json = format!("\"{}\"", state_value(state));
            assert_eq!(serde_json::from_str::<EntryState>(&json).ok(), Some(state));
            assert_eq!(state_of(state_value(state)), Some(state));
        }
    }

    #[test]
    fn the_query_escapes_what_was_searched() {
        let filter = DeskFilter {
            query: "một & hai".into(),
            late: Some(true),
            check: Some(CheckFilter::Complete),
            page: 2,
            ..DeskFilter::default()
        };
        assert_eq!(
            filter_query(&filter),
            "?q=m%E1%BB%99t%20%26%20hai&state=&category=&late=true&check=complete&page=2"
        );
    }
}
