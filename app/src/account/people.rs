//! The administrator's page: find people, create accounts, grant and take roles.

mod create;
mod person;
mod role_form;

use super::api::{self, ChangeRole, CreatePerson};
use crate::i18n::{t_string, use_i18n};
use crate::text::{ErrorView, count_text, role_name};
use crate::ui::{
    Badge, Button, Cell, Column, EmptyState, IconName, Narrow, PageHeader, Skeleton, Table, TextField,
    TextKind, Variant,
};
use contract::account::{PeopleView, PersonView};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::account::Role;
use std::collections::BTreeSet;

/// What the page's forms do; held by the page, so that the list follows them.
#[derive(Clone, Copy)]
pub(super) struct PeopleActs {
    create: ServerAction<CreatePerson>,
    change_role: ServerAction<ChangeRole>,
}

/// `/people?q=…&person=…`.
pub struct PeoplePage;

#[lazy_route]
impl LazyRoute for PeoplePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let i18n = use_i18n();
        let acts = PeopleActs {
            create: ServerAction::new(),
            change_role: ServerAction::new(),
        };
        let map = use_query_map();
        let query = Memo::new(move |_| map.read().get("q").unwrap_or_default());
        let view = Resource::new_blocking(
            move || {
                (
                    query.get(),
                    acts.create.version().get(),
                    acts.change_role.version().get(),
                )
            },
            |(query, _, _)| api::people(query),
        );
        let chosen = Memo::new(move |_| map.read().get("person").unwrap_or_default());
        view! {
            <PageHeader title=t_string!(i18n, account.people.title)>
                <p>{t_string!(i18n, account.people.lead)}</p>
                <p class="cluster">
                    <a href="/people/import?kind=people">{t_string!(i18n, register.import.people)}</a>
                    <a href="/people/import?kind=units">{t_string!(i18n, register.import.units)}</a>
                </p>
            </PageHeader>
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match view.await {
                        Ok(view) => view! { <People view acts query=query.get() chosen=chosen.get()/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn People(view: PeopleView, acts: PeopleActs, query: String, chosen: String) -> impl IntoView {
    let i18n = use_i18n();
    let found = t_string!(
        i18n,
        account.people.found,
        shown = view.people.len(),
        total = count_text(view.total as i64)
    );
    let person = view
        .people
        .iter()
        .find(|person| person.id.to_string() == chosen)
        .cloned();
    let rows = view
        .people
        .iter()
        .map(|one| view! { <Row person=one.clone() query=query.clone()/> })
        .collect_view();
    let empty = view.people.is_empty();
    let columns = vec![
        Column::text(t_string!(i18n, account.field.full_name)),
        Column::text(t_string!(i18n, account.field.user_name)),
        Column::text(t_string!(i18n, account.field.unit)),
        Column::text(t_string!(i18n, account.own.roles)),
        Column::hidden(t_string!(i18n, account.people.acts)),
    ];
    view! {
        <div class="stack stack-l">
            {person.map(|person| view! { <person::PersonPanel person view=view.clone() acts query=query.clone()/> })}
            <create::CreateForm view=view.clone() acts/>
            <div class="stack">
                <Form method="GET" action="">
                    <div class="search-row" role="search">
                        <TextField
                            name="q"
                            label=t_string!(i18n, account.people.search)
                            kind=TextKind::Search
                            value=query.clone()
                        />
                        <Button variant=Variant::Secondary icon=IconName::Search>{t_string!(i18n, common.action.search)}</Button>
                    </div>
                </Form>
                <p class="muted small" role="status">{found}</p>
                {if empty {
                    view! {
                        <EmptyState title=t_string!(i18n, account.people.none) icon=IconName::Users>
                            <p>{t_string!(i18n, account.people.none_next)}</p>
                        </EmptyState>
                    }
                    .into_any()
                } else {
                    view! {
                        <Table caption=t_string!(i18n, account.people.title) columns narrow=Narrow::Cards>{rows}</Table>
                    }
                    .into_any()
                }}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Row(person: PersonView, query: String) -> impl IntoView {
    let i18n = use_i18n();
    let href = format!(
        "?q={}&person={}",
        leptos_router::location::Url::escape(&query),
        person.id
    );
    let label = t_string!(i18n, account.people.open, name = person.full_name.clone());
    let held: BTreeSet<Role> = person.roles.iter().map(|held| held.role).collect();
    let roles = held
        .into_iter()
        .map(|role| view! { <Badge>{role_name(role)}</Badge> })
        .collect_view();
    view! {
        <tr>
            <Cell label=t_string!(i18n, account.field.full_name)>
                <span class="strong">{person.full_name.clone()}</span>
            </Cell>
            <Cell label=t_string!(i18n, account.field.user_name)>{person.user_name.clone()}</Cell>
            <Cell label=t_string!(i18n, account.field.unit)>{person.unit_name.clone().unwrap_or_default()}</Cell>
            <Cell label=t_string!(i18n, account.own.roles)><span class="cluster">{roles}</span></Cell>
            <td class="right nowrap"><a href=href aria-label=label>{t_string!(i18n, account.people.roles_act)}</a></td>
        </tr>
    }
    .into_any()
}
