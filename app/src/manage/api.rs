//! Server functions of running a contest: each is a door, the service behind it decides.

use contract::Error;
use contract::account::{PersonLine, UnitLine};
use contract::contest::{self as commands, ContestCard, ControlRoomView, SaveSetup, SetupView};
use contract::error::FieldProblem;
use leptos::prelude::*;
use rules::contest::{Preset, SetupSection};
use rules::id::{CommandKey, Version};
use serde::{Deserialize, Serialize};

use super::fields::Fields;
use super::intent::Intent;
use super::section;

/// What the page of a new contest needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewContestView {
    pub units: Vec<UnitLine>,
    pub key: CommandKey,
}

/// A new contest as a plain HTML form sends it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreateForm {
    pub key: CommandKey,
    pub preset: Preset,
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub year: String,
    /// Empty where none is chosen.
    #[serde(default)]
    pub organiser: String,
}

impl CreateForm {
    /// The command.
    ///
    /// # Errors
    /// `Invalid` where the year is no number or no unit is chosen.
    pub fn command(self) -> Result<commands::CreateContest, Error> {
        let mut refused = Vec::new();
        let mut refuse = |field: &str, problem| refused.push(contract::FieldError::new(field, problem));
        let year = self.year.trim().parse::<i32>().ok();
        if year.is_none() {
            refuse("year", FieldProblem::NotANumber);
        }
        let organiser = self.organiser.parse().ok();
        if organiser.is_none() {
            refuse("organiser", FieldProblem::Missing);
        }
        match (year, organiser) {
            (Some(year), Some(organiser)) => Ok(commands::CreateContest {
                key: self.key,
                preset: self.preset,
                code: self.code,
                name: self.name,
                year,
                organiser,
            }),
            _ => Err(Error::Invalid(refused)),
        }
    }
}

/// One section of the set-up as its form sends it, and the button pressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupForm {
    pub key: CommandKey,
    pub slug: String,
    pub expected: Version,
    /// The section's slug.
    pub section: String,
    #[serde(default)]
    pub intent: String,
    /// Values by the service's field names.
    #[serde(default)]
    pub f: Fields,
}

impl SetupForm {
    /// The command, after what the button asks for; what the form does not show comes from `stored`.
    ///
    /// # Errors
    /// `Invalid` for a section without a form and for every field that cannot be read.
    pub fn command(&self, stored: &SetupView) -> Result<SaveSetup, Error> {
        let section = self.section()?;
        let intent = Intent::parse(&self.intent);
        let mut fields = self.f.clone();
        if !intent.is_row() {
            section::tidy(&mut fields);
        }
        intent.apply(&mut fields);
        let content = section::read(section, &fields, &stored.setup)?;
        Ok(SaveSetup {
            key: self.key,
            contest: stored.contest,
            expected: self.expected,
            content,
        })
    }

    /// The section it is for.
    ///
    /// # Errors
    /// `Invalid` where there is none of this name.
    pub fn section(&self) -> Result<SetupSection, Error> {
        SetupSection::from_slug(&self.section).ok_or_else(|| Error::field("section", FieldProblem::Malformed))
    }
}

/// Contests the viewer runs or follows.
#[server(prefix = "/api/contest", endpoint = "managed")]
pub async fn managed() -> Result<Vec<ContestCard>, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.contest.managed(&actor).await)
}

/// The page of a new contest.
#[server(prefix = "/api/contest", endpoint = "new_contest")]
pub async fn new_contest() -> Result<NewContestView, Error> {
    let (services, actor) = crate::ssr::session()?;
    let units = crate::ssr::answer(services.account.units(&actor).await)?;
    Ok(NewContestView {
        units,
        key: crate::judging::fresh_key(),
    })
}

/// Creates a contest and leads to the first step of its set-up.
#[server(prefix = "/api/contest", endpoint = "create")]
pub async fn create_contest(cmd: CreateForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let command = crate::ssr::answer(cmd.command())?;
    let slug = crate::ssr::answer(services.contest.create(&actor, command).await)?;
    leptos_axum::redirect(&super::setup_href(&slug, SetupSection::Plan));
    Ok(())
}

/// The set-up.
#[server(prefix = "/api/contest", endpoint = "setup")]
pub async fn setup(slug: String) -> Result<SetupView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.contest.setup(&actor, slug).await)
}

/// Saves a section and leads on as the button says.
#[server(prefix = "/api/contest", endpoint = "save_section")]
pub async fn save_section(form: SetupForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let stored = crate::ssr::answer(services.contest.setup(&actor, form.slug.clone()).await)?;
    let command = crate::ssr::answer(form.command(&stored))?;
    crate::ssr::answer(services.contest.save_setup(&actor, command).await)?;
    if let Some(to) = server::after(&form) {
        leptos_axum::redirect(&to);
    }
    Ok(())
}

/// People to appoint, by name.
#[server(prefix = "/api/contest", endpoint = "find_judges")]
pub async fn find_judges(query: String) -> Result<Vec<PersonLine>, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.account.find_people(&actor, query).await)
}

/// Appoints a judge, or changes who is in the chair.
#[server(prefix = "/api/contest", endpoint = "appoint_judge")]
pub async fn appoint_judge(cmd: commands::AppointJudge) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.contest.appoint_judge(&actor, cmd).await)
}

/// Removes a judge.
#[server(prefix = "/api/contest", endpoint = "remove_judge")]
pub async fn remove_judge(cmd: commands::RemoveJudge) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.contest.remove_judge(&actor, cmd).await)
}

/// Opens the contest and leads to its control room.
#[server(prefix = "/api/contest", endpoint = "open")]
pub async fn open_contest(cmd: commands::OpenContest, slug: String) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.contest.open(&actor, cmd).await)?;
    leptos_axum::redirect(&super::room_href(&slug));
    Ok(())
}

/// The control room.
#[server(prefix = "/api/contest", endpoint = "control_room")]
pub async fn control_room(slug: String) -> Result<ControlRoomView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.contest.control_room(&actor, slug).await)
}

#[cfg(feature = "ssr")]
mod server {
    use axum::http::{header, request::Parts};
    use leptos::prelude::*;
    use rules::contest::SetupSection;

    use super::SetupForm;
    use crate::manage::intent::Intent;
    use crate::manage::setup_href;

    /// Where a saved form leads. A plain form that stays says that it was saved; the page with wasm says so itself.
    pub fn after(form: &SetupForm) -> Option<String> {
        let section = form.section().ok()?;
        if Intent::parse(&form.intent) == Intent::Next {
            let at = SetupSection::ALL.iter().position(|one| *one == section)?;
            let next = SetupSection::ALL.get(at + 1).copied().unwrap_or(section);
            return Some(setup_href(&form.slug, next));
        }
        let plain = use_context::<Parts>().is_some_and(|parts| {
            let accept = parts
                .headers
                .get(header::ACCEPT)
                .and_then(|accept| accept.to_str().ok());
            accept.is_some_and(|accept| accept.contains("text/html"))
        });
        plain.then(|| format!("{}?saved=true", setup_href(&form.slug, section)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::id::UnitId;

    fn form(year: &str, organiser: &str) -> CreateForm {
        CreateForm {
            key: CommandKey(uuid::Uuid::nil()),
            preset: Preset::Blank,
            code: "A".into(),
            name: "B".into(),
            year: year.into(),
            organiser: organiser.into(),
        }
    }

    #[test]
    fn a_new_contest_needs_a_year_and_a_unit() {
        let unit = UnitId(uuid::Uuid::from_u128(7));
        let command = form(" 2026 ", &unit.to_string()).command().expect("a command");
        assert_eq!((command.year, command.organiser), (2026, unit));
        let refused = form("x", "").command().expect_err("two refusals");
        assert!(matches!(refused, Error::Invalid(fields) if fields.len() == 2));
    }
}
