//! The personas of the demo: one click each, grouped by contest and role, clearly marked as invented.

use crate::account::api::SignInAs;
use crate::i18n::{t_string, use_i18n};
use crate::text::role_name;
use crate::ui::{Badge, Tone};
use contract::account::Persona;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use rules::account::Role;
use std::collections::{BTreeMap, BTreeSet};

/// More personas of one role than this stand behind a summary.
const SHOWN: usize = 4;

/// One button: who it signs in, and the two lines on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Choice {
    user_name: String,
    user: String,
    full_name: String,
    unit: Option<String>,
}

/// Contests with their roles; a persona stands wherever it holds one. Plain forms: a new session loads every page
/// afresh.
#[component]
pub fn Personas(personas: Vec<Persona>, next: String) -> impl IntoView {
    let i18n = use_i18n();
    let groups = by_contest(personas)
        .into_iter()
        .map(|((_, contest), roles)| {
            let title = if contest.is_empty() { t_string!(i18n, account.demo.everywhere).to_owned() } else { contest };
            let roles = roles
                .into_iter()
                .map(|(role, choices)| view! { <RoleGroup role choices=choices.into_iter().collect() next=next.clone()/> })
                .collect_view();
            view! {
                <section class="personas-group">
                    <h3>{title}</h3>
                    <div class="personas-roles">{roles}</div>
                </section>
            }
        })
        .collect_view();
    view! {
        <section class="personas" aria-labelledby="personas-title">
            <div class="cluster">
                <h2 id="personas-title">{t_string!(i18n, account.demo.title)}</h2>
                <Badge tone=Tone::Warn>{t_string!(i18n, account.demo.badge)}</Badge>
            </div>
            <p class="muted measure">{t_string!(i18n, account.demo.lead)}</p>
            {groups}
        </section>
    }
    .into_any()
}

#[component]
fn RoleGroup(role: Role, choices: Vec<Choice>, next: String) -> impl IntoView {
    let count = choices.len();
    let buttons = choices
        .into_iter()
        .map(|choice| view! { <li><PersonaButton role choice next=next.clone()/></li> })
        .collect_view();
    let list = view! { <ul class="personas-list">{buttons}</ul> };
    if count > SHOWN {
        let summary = format!("{} ({count})", role_name(role));
        view! { <details class="personas-more"><summary>{summary}</summary>{list}</details> }.into_any()
    } else {
        list.into_any()
    }
}

#[component]
fn PersonaButton(role: Role, choice: Choice, next: String) -> impl IntoView {
    view! {
        <form method="post" action=SignInAs::url()>
            <input type="hidden" name="persona" value=choice.user/>
            <input type="hidden" name="next" value=next/>
            <button class="persona" type="submit">
                <span class="persona-role">{choice.unit.unwrap_or_else(|| role_name(role))}</span>
                <span class="persona-name">{choice.full_name}</span>
            </button>
        </form>
    }
    .into_any()
}

type ByRole = BTreeMap<Role, BTreeSet<Choice>>;

/// Personas by contest and role, roles in the order of the permission table. Those without a contest – authors who hold
/// no role yet, administrators – come last, under the empty name.
fn by_contest(personas: Vec<Persona>) -> BTreeMap<(bool, String), ByRole> {
    let mut contests: BTreeMap<(bool, String), ByRole> = BTreeMap::new();
    for persona in personas {
        let choice = |unit: Option<String>| Choice {
            user_name: persona.user_name.clone(),
            user: persona.user.to_string(),
            full_name: persona.full_name.clone(),
            unit,
        };
        let mut put = |contest: String, role, unit| {
            let roles = contests.entry((contest.is_empty(), contest)).or_default();
            roles.entry(role).or_default().insert(choice(unit));
        };
        for held in &persona.roles {
            // A chair judges as well; one button says it.
            let chairs = |other: &contract::account::RoleView| {
                other.role == Role::JuryChair && other.contest == held.contest
            };
            if held.role != Role::Judge || !persona.roles.iter().any(chairs) {
                put(
                    held.contest_name.clone().unwrap_or_default(),
                    held.role,
                    held.unit_name.clone(),
                );
            }
        }
        if persona.roles.is_empty() {
            put(String::new(), Role::Author, None);
        }
    }
    contests
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::account::RoleView;
    use rules::id::{ContestId, UserId};
    use uuid::Uuid;

    fn persona(name: &str, roles: &[(Role, &str)]) -> Persona {
        let roles = roles.iter().map(|(role, contest)| RoleView {
            role: *role,
            contest: Some(ContestId::new(Uuid::from_u128(u128::from(contest.as_bytes()[0])))),
            contest_slug: None,
            contest_name: Some((*contest).to_owned()),
            unit: None,
            unit_name: None,
        });
        Persona {
            user: UserId::new(Uuid::nil()),
            user_name: name.to_owned(),
            full_name: name.to_owned(),
            roles: roles.collect(),
        }
    }

    #[test]
    fn a_persona_stands_in_every_contest_once_a_role() {
        let chair = persona(
            "chair",
            &[(Role::Judge, "A"), (Role::JuryChair, "A"), (Role::Judge, "B")],
        );
        let grouped: Vec<(String, Vec<Role>)> = by_contest(vec![chair, persona("author", &[])])
            .into_iter()
            .map(|((_, contest), roles)| (contest, roles.into_keys().collect()))
            .collect();
        assert_eq!(
            grouped,
            [
                ("A".to_owned(), vec![Role::JuryChair]),
                ("B".to_owned(), vec![Role::Judge]),
                (String::new(), vec![Role::Author]),
            ]
        );
    }
}
