//! One person: roles held, each to be taken, and the form to grant one.

use super::PeopleActs;
use super::role_form::RoleForm;
use crate::account::corner::RoleLine;
use crate::i18n::{t_string, use_i18n};
use crate::text::{FormErrors, role_name};
use crate::ui::{Button, IconName, LinkButton, Variant};
use contract::account::{PeopleView, PersonView, RoleView};
use leptos::prelude::*;
use rules::id::CommandKey;

/// The panel above the list.
#[component]
pub fn PersonPanel(person: PersonView, view: PeopleView, acts: PeopleActs, query: String) -> impl IntoView {
    let i18n = use_i18n();
    let value = acts.change_role.value();
    let failure = Signal::derive(move || {
        value
            .read()
            .as_ref()
            .and_then(|answer| answer.as_ref().err().cloned())
    });
    let key = view.key;
    let close = format!("/people?q={}", leptos_router::location::Url::escape(&query));
    let held = person
        .roles
        .iter()
        .map(|role| {
            view! {
                <li class="held-role">
                    <RoleLine role=role.clone()/>
                    <TakeForm person=person.clone() role=role.clone() key_=key acts/>
                </li>
            }
        })
        .collect_view();
    let none = person.roles.is_empty();
    view! {
        <section class="panel stack person-panel" aria-labelledby="person-title">
            <div class="cluster spread">
                <h2 id="person-title">{person.full_name.clone()}</h2>
                <LinkButton href=close variant=Variant::Quiet icon=IconName::Close small=true>
                    {t_string!(i18n, common.action.close)}
                </LinkButton>
            </div>
            <p class="muted">
                {[Some(person.position.clone()), person.unit_name.clone()]
                    .into_iter()
                    .flatten()
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join(" – ")}
            </p>
            <FormErrors error=failure/>
            {if none {
                view! { <p>{t_string!(i18n, account.people.no_roles)}</p> }.into_any()
            } else {
                view! { <ul class="held-roles">{held}</ul> }.into_any()
            }}
            <RoleForm person=person.id view acts/>
        </section>
    }
    .into_any()
}

#[component]
fn TakeForm(person: PersonView, role: RoleView, key_: Option<CommandKey>, acts: PeopleActs) -> impl IntoView {
    let i18n = use_i18n();
    let label = t_string!(
        i18n,
        account.people.take_label,
        role = role_name(role.role),
        name = person.full_name
    );
    view! {
        <ActionForm action=acts.change_role>
            <input type="hidden" name="cmd[key]" value=key_.map(|key| key.to_string()).unwrap_or_default()/>
            <input type="hidden" name="cmd[user]" value=person.id.to_string()/>
            <input type="hidden" name="cmd[role]" value=super::role_form::role_value(role.role)/>
            <input type="hidden" name="cmd[contest]" value=role.contest.map(|id| id.to_string()).unwrap_or_default()/>
            <input type="hidden" name="cmd[unit]" value=role.unit.map(|id| id.to_string()).unwrap_or_default()/>
            <input type="hidden" name="cmd[granted]" value="false"/>
            <Button variant=Variant::Secondary small=true label loading=acts.change_role.pending()>
                {t_string!(i18n, account.people.take)}
            </Button>
        </ActionForm>
    }
    .into_any()
}
