//! Signing in, the session, people and their roles.

use async_trait::async_trait;
use rules::account::{Actor, Role};
use rules::id::{CommandKey, ContestId, UnitId, UserId};
use serde::{Deserialize, Serialize};

use crate::Result;

/// What the sign-in form sends. `login` is a user name or an e-mail address.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignIn {
    pub login: String,
    pub password: String,
    /// Page to go to afterwards; only a path of this site is followed.
    pub next: Option<String>,
}

/// A persona of the demo; signing in takes one click, in demo mode only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Persona {
    pub user: UserId,
    pub user_name: String,
    pub full_name: String,
    /// What the persona is for, by role and contest.
    pub roles: Vec<RoleView>,
}

/// What the sign-in page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    /// Empty unless the server runs in demo mode.
    pub personas: Vec<Persona>,
}

/// A new session: the secret goes into the cookie and is stored only as a hash.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub token: String,
    pub max_age_seconds: i64,
}

/// A role as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleView {
    pub role: Role,
    pub contest: Option<ContestId>,
    pub contest_slug: Option<String>,
    pub contest_name: Option<String>,
    pub unit: Option<UnitId>,
    pub unit_name: Option<String>,
}

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    pub id: UserId,
    pub user_name: String,
    pub full_name: String,
    pub position: String,
    pub unit: Option<UnitId>,
    pub unit_name: Option<String>,
    pub roles: Vec<RoleView>,
}

/// What every page knows about its viewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    pub person: Option<PersonView>,
    /// Messages the person has not read.
    pub unread: u64,
    /// The server runs the demo: invented data, one-click sign-in.
    pub demo: bool,
}

/// Changes one's own password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangePassword {
    pub current: String,
    pub new: String,
}

/// A person in a directory search. No contact data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    pub id: UserId,
    pub user_name: String,
    pub full_name: String,
    pub position: String,
    pub unit: Option<UnitId>,
    pub unit_name: Option<String>,
}

/// A unit in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    pub id: UnitId,
    pub parent: Option<UnitId>,
    pub name: String,
    pub short_name: String,
    /// Depth, 0 for a root.
    pub level: u32,
}

/// Creates an account (administrator). The first password is handed over by other means and must be changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreatePerson {
    pub key: CommandKey,
    pub user_name: String,
    pub email: String,
    pub full_name: String,
    pub position: String,
    pub unit: Option<UnitId>,
    pub password: String,
}

/// Grants or takes a role (administrator).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeRole {
    pub key: CommandKey,
    pub user: UserId,
    pub role: Role,
    pub contest: Option<ContestId>,
    pub unit: Option<UnitId>,
    pub granted: bool,
}

/// The administrator's page: people found, with roles; at most 50.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    pub people: Vec<PersonView>,
    pub total: u64,
    pub units: Vec<UnitLine>,
    /// Contests a role can be granted in.
    pub contests: Vec<(ContestId, String)>,
    pub key: Option<CommandKey>,
}

/// Accounts and sessions.
#[async_trait]
pub trait AccountService: Send + Sync {
    /// The actor behind a session cookie; `Anonymous` for none, an unknown or an expired one.
    async fn authenticate(&self, token: Option<&str>) -> Result<Actor>;
    /// What every page knows about its viewer.
    async fn session(&self, actor: &Actor) -> Result<SessionView>;
    /// The sign-in page.
    async fn sign_in_view(&self, actor: &Actor) -> Result<SignInView>;
    /// Opens a session. Errors: `Invalid` for wrong credentials, `Locked` after five failures in a row.
    async fn sign_in(&self, actor: &Actor, command: SignIn) -> Result<NewSession>;
    /// Opens a session for a persona; `NotFound` unless the server runs in demo mode.
    async fn sign_in_as(&self, actor: &Actor, persona: UserId) -> Result<NewSession>;
    /// Ends this session.
    async fn sign_out(&self, actor: &Actor, token: Option<&str>) -> Result<()>;
    /// Ends every session of the person.
    async fn sign_out_everywhere(&self, actor: &Actor) -> Result<()>;
    /// Changes the password and ends every other session.
    async fn change_password(
        &self,
        actor: &Actor,
        token: Option<&str>,
        command: ChangePassword,
    ) -> Result<()>;
    /// People whose folded name or user name holds `query`; at most 20, for pickers of authors and judges.
    async fn find_people(&self, actor: &Actor, query: String) -> Result<Vec<PersonLine>>;
    /// Units in force, in tree order.
    async fn units(&self, actor: &Actor) -> Result<Vec<UnitLine>>;
    /// The administrator's page.
    async fn people(&self, actor: &Actor, query: String) -> Result<PeopleView>;
    /// Creates an account.
    async fn create_person(&self, actor: &Actor, command: CreatePerson) -> Result<UserId>;
    /// Grants or takes a role.
    async fn change_role(&self, actor: &Actor, command: ChangeRole) -> Result<()>;
}
