//! What the header offers by session: the links of one's roles, and the account menu.

use super::api::SignOut;
use super::{sign_in_href, use_session};
use crate::i18n::{t_string, use_i18n};
use crate::layout::NavLink;
use crate::message::Bell;
use crate::text::role_name;
use crate::ui::{Icon, IconName};
use contract::account::{PersonView, RoleView};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;
use rules::account::Role;

/// The links of the main navigation. Only what the viewer's roles open is offered; the server checks again.
#[component]
pub fn SiteNav() -> impl IntoView {
    let session = use_session();
    let i18n = use_i18n();
    view! {
        <NavLink href="/">{t_string!(i18n, account.nav.contests)}</NavLink>
        <Transition>
            {move || Suspend::new(async move {
                let person = session.await.ok().and_then(|session| session.person);
                person.map(|person| {
                    links(&person.roles)
                        .into_iter()
                        .map(|(text, href)| view! { <NavLink href>{text}</NavLink> })
                        .collect_view()
                })
            })}
        </Transition>
    }
    .into_any()
}

/// Text and address of each link, in the order of a contest's life.
fn links(roles: &[RoleView]) -> Vec<(String, String)> {
    let i18n = use_i18n();
    let has = |wanted: &[Role]| roles.iter().any(|held| wanted.contains(&held.role));
    let mut links = Vec::new();
    // Those who run or judge may not enter; everybody else may have entries of their own.
    if !has(&[
        Role::Organiser,
        Role::Judge,
        Role::JuryChair,
        Role::Leader,
        Role::Administrator,
        Role::Reader,
    ]) {
        links.push((
            t_string!(i18n, account.nav.entries).to_owned(),
            "/entries".to_owned(),
        ));
    }
    let desks: Vec<&RoleView> = roles
        .iter()
        .filter(|held| held.role == Role::UnitCoordinator)
        .collect();
    for desk in &desks {
        if let (Some(slug), Some(unit)) = (&desk.contest_slug, desk.unit) {
            let board = format!("/contests/{slug}/unit");
            links.push(match &desk.unit_name {
                Some(name) if desks.len() > 1 => (name.clone(), format!("{board}?unit={unit}")),
                _ => (t_string!(i18n, account.nav.unit).to_owned(), board),
            });
        }
    }
    if has(&[Role::Judge, Role::JuryChair]) {
        links.push((
            t_string!(i18n, account.nav.judging).to_owned(),
            "/judging".to_owned(),
        ));
    }
    if has(&[
        Role::Organiser,
        Role::Administrator,
        Role::Leader,
        Role::JuryChair,
        Role::Reader,
    ]) {
        links.push((
            t_string!(i18n, account.nav.manage).to_owned(),
            "/manage".to_owned(),
        ));
    }
    if has(&[Role::Administrator]) {
        links.push((
            t_string!(i18n, account.nav.people).to_owned(),
            "/people".to_owned(),
        ));
    }
    links
}

/// The right end of the header: the person's menu, or the way to sign in.
#[component]
pub fn AccountCorner() -> impl IntoView {
    let session = use_session();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let session = session.await.unwrap_or_default();
                match session.person {
                    Some(person) => view! { <Bell unread=session.unread/><AccountMenu person/> }.into_any(),
                    None => view! { <SignInLink/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn SignInLink() -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    let href = move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        match query.trim_start_matches('?') {
            _ if path == "/sign-in" => "/sign-in".to_owned(),
            "" => sign_in_href(&path),
            query => sign_in_href(&format!("{path}?{query}")),
        }
    };
    view! {
        <a class="account-sign-in" href=href>
            <Icon name=IconName::User/>
            <span>{t_string!(i18n, common.nav.sign_in)}</span>
        </a>
    }
    .into_any()
}

/// Name, roles, the account page, signing out. A native `<details>`: it opens before the wasm has loaded.
#[component]
fn AccountMenu(person: PersonView) -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let open = RwSignal::new(false);
    Effect::new(move || {
        path.track();
        open.set(false);
    });
    let roles = person
        .roles
        .iter()
        .map(|held| view! { <li><RoleLine role=held.clone()/></li> })
        .collect_view();
    let no_roles = person.roles.is_empty();
    view! {
        <details
            class="account-menu"
            open=move || open.get()
            on:toggle:target=move |event| open.set(event.target().has_attribute("open"))
        >
            <summary class="account-menu-button" aria-label=format!("{}: {}", t_string!(i18n, common.nav.account), person.full_name)>
                <span class="account-initial" aria-hidden="true">{initial(&person.full_name)}</span>
                <span class="account-menu-name">{person.full_name.clone()}</span>
                <Icon name=IconName::ChevronDown/>
            </summary>
            <div class="account-menu-body">
                <p class="account-menu-person">{person.full_name.clone()}</p>
                {person.unit_name.clone().map(|unit| view! { <p class="muted small">{unit}</p> })}
                {(!no_roles).then(|| view! { <ul class="account-roles">{roles}</ul> })}
                <a class="account-menu-link" href="/account">
                    <Icon name=IconName::Settings/>
                    <span>{t_string!(i18n, account.own.title)}</span>
                </a>
                <form method="post" action=SignOut::url()>
                    <button class="account-menu-link" type="submit">
                        <Icon name=IconName::LogOut/>
                        <span>{t_string!(i18n, account.sign_out)}</span>
                    </button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// "Giám khảo – Cuộc thi …", with the unit where the role has one.
#[component]
pub(super) fn RoleLine(role: RoleView) -> impl IntoView {
    let where_ = [role.unit_name, role.contest_name]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" – ");
    view! {
        <span class="role-line">
            <span class="strong">{role_name(role.role)}</span>
            {(!where_.is_empty()).then(|| view! { <span class="muted small">{where_}</span> })}
        </span>
    }
    .into_any()
}

/// The first letter of the given name, which in Vietnamese stands last; notes in brackets are no name.
fn initial(full_name: &str) -> String {
    let mut names = full_name
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_alphabetic));
    names
        .next_back()
        .and_then(|name| name.chars().next())
        .map_or_else(String::new, |c| c.to_uppercase().collect())
}

#[cfg(test)]
mod tests {
    use super::initial;

    #[test]
    fn the_initial_is_of_the_given_name() {
        assert_eq!(initial("Trần Thị Ánh"), "Á");
        assert_eq!(initial("Quản trị viên (mẫu)"), "V");
        assert_eq!(initial(""), "");
    }
}
