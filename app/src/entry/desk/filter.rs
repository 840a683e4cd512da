//! The filter of the desk lives in the address, so that it can be kept, sent on and gone back to.

use contract::entry::DeskFilter;
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::params::ParamsMap;
use rules::contest::Category;
use rules::entry::EntryState;

use crate::entry::parts::encode;
use crate::text::{state_name, word};
use crate::ui::{Button, Choice, IconName, LinkButton, Select, TextField, TextKind, Variant};

/// The filter of an address.
pub fn filter_of(query: &ParamsMap) -> DeskFilter {
    DeskFilter {
        query: query.get("q").unwrap_or_default(),
        state: query.get("state").and_then(|value| state_of(&value)),
        category: query.get("category").filter(|code| !code.is_empty()),
        page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
    }
}

/// The address's query of a filter.
pub fn filter_query(filter: &DeskFilter) -> String {
    let state = filter.state.map(state_value).unwrap_or_default();
    let category = filter.category.as_deref().unwrap_or_default();
    format!(
        "?q={}&state={state}&category={}&page={}",
        encode(&filter.query),
        encode(category),
        filter.page
    )
}

/// Search, state, category.
#[component]
pub fn FilterForm(filter: DeskFilter, categories: Vec<Category>) -> impl IntoView {
    let states = EntryState::ALL
        .into_iter()
        .filter(|state| *state != EntryState::Draft)
        .map(|state| Choice::new(state_value(state), state_name(state)))
        .collect::<Vec<_>>();
    let categories = categories
        .into_iter()
        .map(|one| Choice::new(one.code, one.name))
        .collect::<Vec<_>>();
    let filtered = filter.state.is_some() || filter.category.is_some() || !filter.query.is_empty();
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
                <div class="cluster">
                    <Button variant=Variant::Secondary icon=IconName::Filter>{word!(entry.desk.filter)}</Button>
                    {filtered.then(|| view! { <LinkButton href="?" variant=Variant::Quiet>{word!(entry.desk.all)}</LinkButton> })}
                </div>
            </div>
        </Form>
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
            state: None,
            category: None,
            page: 2,
        };
        assert_eq!(
            filter_query(&filter),
            "?q=m%E1%BB%99t%20%26%20hai&state=&category=&page=2"
        );
    }
}
