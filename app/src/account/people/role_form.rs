//! Granting a role.

use super::PeopleActs;
use crate::i18n::{t_string, use_i18n};
use crate::text::{field_message, role_name};
use crate::ui::{Button, Choice, IconName, Select};
use contract::account::PeopleView;
use leptos::prelude::*;
use rules::account::Role;
use rules::id::UserId;

/// Role, contest (none for every contest), unit (for coordinators).
#[component]
pub fn RoleForm(person: UserId, view: PeopleView, acts: PeopleActs) -> impl IntoView {
    let i18n = use_i18n();
    let value = acts.change_role.value();
    let of = move |field: &'static str| {
        Signal::derive(move || {
            value
                .read()
                .as_ref()
                .and_then(|answer| answer.as_ref().err())
                .and_then(|error| field_message(error, field))
        })
    };
    let roles = Role::ALL
        .map(|role| Choice::new(role_value(role), role_name(role)))
        .to_vec();
    let contests = view
        .contests
        .iter()
        .map(|(id, name)| Choice::new(id.to_string(), name.clone()))
        .collect::<Vec<_>>();
    let units = view
        .units
        .iter()
        .map(|unit| {
            Choice::new(
                unit.id.to_string(),
                format!("{}{}", "– ".repeat(unit.level as usize), unit.name),
            )
        })
        .collect::<Vec<_>>();
    view! {
        <ActionForm action=acts.change_role>
            <fieldset class="fieldset stack">
                <legend class="strong">{t_string!(i18n, account.people.grant)}</legend>
                <input type="hidden" name="cmd[key]" value=view.key.map(|key| key.to_string()).unwrap_or_default()/>
                <input type="hidden" name="cmd[user]" value=person.to_string()/>
                <input type="hidden" name="cmd[granted]" value="true"/>
                <div class="grid form-grid">
                    <Select name="cmd[role]" label=t_string!(i18n, account.people.role) choices=roles error=of("role") required=true/>
                    <Select
                        name="cmd[contest]"
                        label=t_string!(i18n, account.people.contest)
                        choices=contests
                        placeholder=t_string!(i18n, account.people.every_contest)
                        error=of("contest")
                    />
                    <Select
                        name="cmd[unit]"
                        label=t_string!(i18n, account.people.unit_of_coordinator)
                        choices=units
                        placeholder=t_string!(i18n, account.people.no_unit)
                        error=of("unit")
                        mark_optional=true
                    />
                </div>
                <div><Button loading=acts.change_role.pending() icon=IconName::Plus>{t_string!(i18n, account.people.grant_act)}</Button></div>
            </fieldset>
        </ActionForm>
    }
    .into_any()
}

/// The role as the form sends it, its serde name.
pub(super) const fn role_value(role: Role) -> &'static str {
    match role {
        Role::Author => "author",
        Role::UnitCoordinator => "unit_coordinator",
        Role::Organiser => "organiser",
        Role::Judge => "judge",
        Role::JuryChair => "jury_chair",
        Role::Leader => "leader",
        Role::Administrator => "administrator",
        Role::Reader => "reader",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_sends_what_serde_reads() {
        for role in Role::ALL {
            let json = format!("\"{}\"", role_value(role));
            assert_eq!(serde_json::from_str::<Role>(&json).ok(), Some(role));
        }
    }
}
