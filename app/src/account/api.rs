//! The slice's server functions.

use contract::Error;
use contract::account::{PeopleView, PersonView, SessionView, SignInView};
use leptos::prelude::*;
use rules::account::Role;
use rules::id::{CommandKey, UserId};
use serde::{Deserialize, Serialize};

/// What every page knows about its viewer.
#[server(prefix = "/api/account", endpoint = "session")]
pub async fn session() -> Result<SessionView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.account.session(&actor).await)
}

/// One's own account; signing in is asked for where nobody is.
#[server(prefix = "/api/account", endpoint = "own_account")]
pub async fn own_account() -> Result<PersonView, Error> {
    let (services, actor) = crate::ssr::session()?;
    let session = services.account.session(&actor).await;
    crate::ssr::answer(session.and_then(|session| {
        session
            .person
            .ok_or(Error::Denied(rules::account::Denied::SignInRequired))
    }))
}

/// The sign-in page.
#[server(prefix = "/api/account", endpoint = "sign_in_page")]
pub async fn sign_in_page() -> Result<SignInView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.account.sign_in_view(&actor).await)
}

/// Opens a session and leads to `cmd.next`.
#[server(prefix = "/api/account", endpoint = "sign_in")]
pub async fn sign_in(cmd: contract::account::SignIn) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let next = cmd.next.clone();
    let opened = crate::ssr::answer(services.account.sign_in(&actor, cmd).await)?;
    crate::ssr::begin_session(&opened, next.as_deref());
    Ok(())
}

/// Opens a session for a persona of the demo and leads to `next`.
#[server(prefix = "/api/account", endpoint = "sign_in_as")]
pub async fn sign_in_as(persona: UserId, next: Option<String>) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let opened = crate::ssr::answer(services.account.sign_in_as(&actor, persona).await)?;
    crate::ssr::begin_session(&opened, next.as_deref());
    Ok(())
}

/// Ends this session.
#[server(prefix = "/api/account", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let token = crate::ssr::request_session().token;
    crate::ssr::answer(services.account.sign_out(&actor, token.as_deref()).await)?;
    crate::ssr::end_session();
    Ok(())
}

/// Ends every session of the person, this one too.
#[server(prefix = "/api/account", endpoint = "sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.account.sign_out_everywhere(&actor).await)?;
    crate::ssr::end_session();
    Ok(())
}

/// Changes one's own password and ends every other session.
#[server(prefix = "/api/account", endpoint = "change_password")]
pub async fn change_password(cmd: contract::account::ChangePassword) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let token = crate::ssr::request_session().token;
    crate::ssr::answer(
        services
            .account
            .change_password(&actor, token.as_deref(), cmd)
            .await,
    )
}

/// The administrator's page.
#[server(prefix = "/api/account", endpoint = "people")]
pub async fn people(query: String) -> Result<PeopleView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.account.people(&actor, query).await)
}

/// A new account as a plain HTML form sends it: an unchosen unit is an empty text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreatePersonForm {
    pub key: CommandKey,
    pub user_name: String,
    pub email: String,
    pub full_name: String,
    pub position: String,
    pub unit: String,
    pub password: String,
}

/// Creates an account.
#[server(prefix = "/api/account", endpoint = "create_person")]
pub async fn create_person(cmd: CreatePersonForm) -> Result<UserId, Error> {
    let (services, actor) = crate::ssr::session()?;
    let command = server::command_of(cmd)?;
    crate::ssr::answer(services.account.create_person(&actor, command).await)
}

/// A role to grant or take as a plain HTML form sends it: "every contest" and "no unit" are empty texts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeRoleForm {
    pub key: CommandKey,
    pub user: UserId,
    pub role: Role,
    #[serde(default)]
    pub contest: String,
    #[serde(default)]
    pub unit: String,
    pub granted: bool,
}

/// Grants or takes a role.
#[server(prefix = "/api/account", endpoint = "change_role")]
pub async fn change_role(cmd: ChangeRoleForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let command = server::role_command_of(cmd)?;
    crate::ssr::answer(services.account.change_role(&actor, command).await)
}

#[cfg(feature = "ssr")]
mod server {
    use super::{ChangeRoleForm, CreatePersonForm};
    use contract::Error;
    use contract::account::{ChangeRole, CreatePerson};
    use contract::error::FieldProblem;
    use std::str::FromStr;

    pub fn command_of(form: CreatePersonForm) -> Result<CreatePerson, Error> {
        Ok(CreatePerson {
            key: form.key,
            user_name: form.user_name,
            email: form.email,
            full_name: form.full_name,
            position: form.position,
            unit: chosen("unit", &form.unit)?,
            password: form.password,
        })
    }

    pub fn role_command_of(form: ChangeRoleForm) -> Result<ChangeRole, Error> {
        Ok(ChangeRole {
            key: form.key,
            user: form.user,
            role: form.role,
            contest: chosen("contest", &form.contest)?,
            unit: chosen("unit", &form.unit)?,
            granted: form.granted,
        })
    }

    /// An id from a select; the empty choice is none.
    fn chosen<T: FromStr>(field: &str, value: &str) -> Result<Option<T>, Error> {
        match value.trim() {
            "" => Ok(None),
            text => text
                .parse()
                .map(Some)
                .or_else(|_| crate::ssr::answer(Err(Error::field(field, FieldProblem::Malformed)))),
        }
    }
}
