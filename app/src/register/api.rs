//! Server functions of the register: each is a door, the service behind it decides.

use contract::Error;
use contract::register as commands;
use contract::register::{
    CheckView, ChecklistView, ImportQuery, ImportView, PaperView, PasswordLinkView, SimilarEntry,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use rules::id::EntryId;

use super::form::{CheckForm, ChecklistForm, ImportForm, PaperForm};

/// The contest's checklist.
#[server(prefix = "/api/register", endpoint = "checklist")]
pub async fn checklist(slug: String) -> Result<ChecklistView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.register.checklist(&actor, slug).await)
}

/// Sets the checklist and leads back to it.
#[server(prefix = "/api/register", endpoint = "set_checklist")]
pub async fn set_checklist(form: ChecklistForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let back = format!("/manage/{}/checklist?done=true", form.slug);
    crate::ssr::answer(services.register.set_checklist(&actor, form.command()).await)?;
    leptos_axum::redirect(&back);
    Ok(())
}

/// The check of an entry.
#[server(prefix = "/api/register", endpoint = "check")]
pub async fn check(entry: EntryId) -> Result<CheckView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.register.check(&actor, entry).await)
}

/// Saves the answers of a check, and decides where its button says so.
#[server(prefix = "/api/register", endpoint = "check_entry")]
pub async fn check_entry(form: CheckForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.register.check_entry(&actor, form.command()).await)?;
    Ok(())
}

/// Accepts every entry whose check is complete.
#[server(prefix = "/api/register", endpoint = "accept_checked")]
pub async fn accept_checked(cmd: commands::AcceptChecked) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.register.accept_checked(&actor, cmd).await)?;
    Ok(())
}

/// Similar entries, as advice.
#[server(prefix = "/api/register", endpoint = "similar")]
pub async fn similar(entry: EntryId) -> Result<Vec<SimilarEntry>, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.register.similar(&actor, entry).await)
}

/// The form for a paper entry.
#[server(prefix = "/api/register", endpoint = "paper")]
pub async fn paper(slug: String) -> Result<PaperView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.register.paper(&actor, slug).await)
}

/// Registers a paper entry and leads back to the form with its code.
#[server(prefix = "/api/register", endpoint = "register_entry")]
pub async fn register_entry(form: PaperForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let back = format!("/contests/{}/register", form.slug);
    // the time was typed on the contest's clock, which only the contest knows
    let view = crate::ssr::answer(services.register.paper(&actor, form.slug.clone()).await)?;
    let cmd = crate::ssr::answer(form.command(&view.zone))?;
    let made = crate::ssr::answer(services.register.register(&actor, cmd).await)?;
    leptos_axum::redirect(&format!("{back}?done={}&entry={}", made.code, made.entry));
    Ok(())
}

/// The page of an import.
#[server(prefix = "/api/register", endpoint = "import_view", input = Json)]
pub async fn import_page(query: ImportQuery) -> Result<ImportView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.register.import_view(&actor, query).await)
}

/// Imports a table looked through before, and leads back to it.
#[server(prefix = "/api/register", endpoint = "import")]
pub async fn import(form: ImportForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let back = form.back.clone();
    let made = crate::ssr::answer(services.register.import(&actor, form.command()).await)?;
    let to = format!("{back}&done={}-{}-{}", made.created, made.changed, made.skipped);
    leptos_axum::redirect(crate::preferences::safe_back(&to));
    Ok(())
}

/// Whose first password a link sets.
#[server(prefix = "/api/register", endpoint = "password_link")]
pub async fn password_link(token: String) -> Result<PasswordLinkView, Error> {
    let (services, _) = crate::ssr::session()?;
    crate::ssr::answer(services.register.password_link(token).await)
}

/// Sets the first password and leads to signing in.
#[server(prefix = "/api/register", endpoint = "set_first_password")]
pub async fn set_first_password(token: String, password: String) -> Result<(), Error> {
    let (services, _) = crate::ssr::session()?;
    crate::ssr::answer(services.register.set_first_password(token, password).await)?;
    leptos_axum::redirect("/sign-in");
    Ok(())
}
