//! The personas of the demo: one click each, grouped by what they do, clearly marked as invented.

use crate::account::api::SignInAs;
use crate::i18n::{t_string, use_i18n};
use crate::text::role_name;
use crate::ui::{Badge, Tone};
use contract::account::Persona;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use rules::account::Role;
use std::collections::BTreeMap;

/// Buttons by contest, inside it by role. A plain form: the new session loads every page afresh.
#[component]
pub fn Personas(personas: Vec<Persona>, next: String) -> impl IntoView {
    let i18n = use_i18n();
    let groups = grouped(personas)
        .into_iter()
        .map(|(contest, personas)| {
            let title = if contest.is_empty() { t_string!(i18n, account.demo.everywhere).to_owned() } else { contest };
            let buttons = personas.into_iter().map(|persona| view! { <li><PersonaButton persona next=next.clone()/></li> });
            view! {
                <section class="personas-group">
                    <h3>{title}</h3>
                    <ul class="personas-list">{buttons.collect_view()}</ul>
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
fn PersonaButton(persona: Persona, next: String) -> impl IntoView {
    let i18n = use_i18n();
    let roles: Vec<String> = persona
        .roles
        .iter()
        .map(|held| match &held.unit_name {
            Some(unit) => format!("{} – {unit}", role_name(held.role)),
            None => role_name(held.role),
        })
        .collect();
    let role = if roles.is_empty() { t_string!(i18n, account.demo.author).to_owned() } else { roles.join(", ") };
    view! {
        <form method="post" action=SignInAs::url()>
            <input type="hidden" name="persona" value=persona.user.to_string()/>
            <input type="hidden" name="next" value=next/>
            <button class="persona" type="submit">
                <span class="persona-role">{role}</span>
                <span class="persona-name">{persona.full_name}</span>
            </button>
        </form>
    }
    .into_any()
}

/// Personas by the name of the contest of their first role, each group in the order of the permission table. A persona
/// without a contest stands in the group with the empty name, which comes last.
fn grouped(personas: Vec<Persona>) -> Vec<(String, Vec<Persona>)> {
    let mut groups: BTreeMap<(bool, String), Vec<Persona>> = BTreeMap::new();
    for persona in personas {
        let contest = persona.roles.iter().find_map(|held| held.contest_name.clone()).unwrap_or_default();
        groups.entry((contest.is_empty(), contest)).or_default().push(persona);
    }
    let place = |persona: &Persona| {
        let role = persona.roles.first().map_or(Role::Author, |held| held.role);
        Role::ALL.iter().position(|known| *known == role)
    };
    groups
        .into_iter()
        .map(|((_, contest), mut personas)| {
            personas.sort_by_key(place);
            (contest, personas)
        })
        .collect()
}
