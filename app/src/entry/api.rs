//! Server functions of entries: each is a door, the service behind it decides.
//!
//! A wizard step comes twice: as the command in JSON from the browser's own saving, and as the flat form of
//! [`super::form`] for a page without it.

use contract::Error;
use contract::account::PersonLine;
use contract::entry as commands;
use contract::entry::{
    DeskFilter, DraftView, EligibilityDeskView, EntryDetailView, OwnEntriesView, ReceiptView, Saved,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use rules::id::EntryId;

use super::form::{ReturnForm, StepForm};

/// The viewer's entries.
#[server(prefix = "/api/entry", endpoint = "own_entries")]
pub async fn own_entries() -> Result<OwnEntriesView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.own_entries(&actor).await)
}

/// Starts a draft and leads to its first step.
#[server(prefix = "/api/entry", endpoint = "start")]
pub async fn start_entry(cmd: commands::StartEntry) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let entry = crate::ssr::answer(services.entry.start(&actor, cmd).await)?;
    leptos_axum::redirect(&super::parts::step_href(entry, rules::entry::Step::Authors));
    Ok(())
}

/// The wizard.
#[server(prefix = "/api/entry", endpoint = "draft")]
pub async fn draft(entry: EntryId) -> Result<DraftView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.draft(&actor, entry).await)
}

/// Saves a step.
#[server(prefix = "/api/entry", endpoint = "save_draft", input = Json)]
pub async fn save_draft(cmd: commands::SaveDraft) -> Result<Saved, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.save_draft(&actor, cmd).await)
}

/// Saves a step typed into a plain form and leads on as its button says.
#[server(prefix = "/api/entry", endpoint = "post_step")]
pub async fn post_step(form: StepForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let plan = server::invitation(&services, &actor, &form).await?;
    let picked = match plan {
        Some(_) => None,
        None => server::picked(&services, &actor, &form).await?,
    };
    let cmd = crate::ssr::answer(form.clone().command(picked))?;
    let saved = crate::ssr::answer(services.entry.save_draft(&actor, cmd).await)?;
    if let Some(plan) = plan {
        server::carry_out(&services, &actor, plan, saved.version).await?;
    }
    leptos_axum::redirect(&server::after(&services, &actor, &form).await?);
    Ok(())
}

/// People to add as authors, by name.
#[server(prefix = "/api/entry", endpoint = "find_authors")]
pub async fn find_authors(query: String) -> Result<Vec<PersonLine>, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.account.find_people(&actor, query).await)
}

/// Removes a file.
#[server(prefix = "/api/entry", endpoint = "remove_attachment")]
pub async fn remove_attachment(cmd: commands::RemoveAttachment) -> Result<Saved, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.remove_attachment(&actor, cmd).await)
}

/// Submits an entry and leads to its receipt.
#[server(prefix = "/api/entry", endpoint = "submit")]
pub async fn submit_entry(cmd: commands::SubmitEntry) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let receipt = crate::ssr::answer(services.entry.submit(&actor, cmd).await)?;
    leptos_axum::redirect(&super::parts::receipt_href(receipt.entry));
    Ok(())
}

/// The receipt.
#[server(prefix = "/api/entry", endpoint = "receipt")]
pub async fn receipt(entry: EntryId) -> Result<ReceiptView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.receipt(&actor, entry).await)
}

/// Withdraws an entry and leads back to the list.
#[server(prefix = "/api/entry", endpoint = "withdraw")]
pub async fn withdraw(cmd: commands::WithdrawEntry) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.withdraw(&actor, cmd).await)?;
    leptos_axum::redirect("/entries");
    Ok(())
}

/// An entry with names, for a desk.
#[server(prefix = "/api/entry", endpoint = "detail")]
pub async fn detail(entry: EntryId) -> Result<EntryDetailView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.detail(&actor, entry).await)
}

/// Returns an entry for completion.
#[server(prefix = "/api/entry", endpoint = "return_entry")]
pub async fn return_entry(form: ReturnForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let cmd = server::return_command(&services, &actor, form).await?;
    crate::ssr::answer(services.entry.return_entry(&actor, cmd).await)
}

/// Keeps an entry back at its unit.
#[server(prefix = "/api/entry", endpoint = "keep_back")]
pub async fn keep_back(cmd: commands::KeepBack) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.keep_back(&actor, cmd).await)
}

/// The eligibility desk.
#[server(prefix = "/api/entry", endpoint = "eligibility_desk")]
pub async fn eligibility_desk(slug: String, filter: DeskFilter) -> Result<EligibilityDeskView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.eligibility_desk(&actor, slug, filter).await)
}

/// Accepts or rejects an entry.
#[server(prefix = "/api/entry", endpoint = "decide_eligibility")]
pub async fn decide_eligibility(cmd: commands::DecideEligibility) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.decide_eligibility(&actor, cmd).await)
}

/// Draws blind codes.
#[server(prefix = "/api/entry", endpoint = "assign_blind_codes")]
pub async fn assign_blind_codes(cmd: commands::AssignBlindCodes) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.entry.assign_blind_codes(&actor, cmd).await)
}

#[cfg(feature = "ssr")]
mod server {
    pub use super::super::plain_invitation::{carry_out, invitation};

    use contract::entry::ReturnEntry;
    use contract::{Error, FieldProblem, Services};
    use rules::account::Actor;
    use rules::entry::Step;
    use rules::time::When;

    use super::super::form::{Intent, ReturnForm, StepForm};
    use super::super::parts::{encode, step_href};
    use super::super::typed::AuthorRow;

    /// Where the plain form leads after saving.
    pub async fn after(services: &Services, actor: &Actor, form: &StepForm) -> Result<String, Error> {
        let step = crate::ssr::answer(form.step())?;
        Ok(match Intent::parse(&form.intent) {
            Intent::Next => step_href(form.entry, next(services, actor, form, step).await?),
            Intent::Find => format!(
                "{}?find={}#author-find",
                step_href(form.entry, step),
                encode(&form.find)
            ),
            _ => step_href(form.entry, step),
        })
    }

    /// The step after a saved one, which depends on what was saved. An answer that opened another question leads to it.
    async fn next(services: &Services, actor: &Actor, form: &StepForm, step: Step) -> Result<Step, Error> {
        let view = crate::ssr::answer(services.entry.draft(actor, form.entry).await)?;
        let asked: Vec<&str> = form.asked.split_whitespace().collect();
        let mut visible = view.form.visible(&view.content);
        if step == Step::Form && visible.any(|field| !asked.contains(&field.code.as_str())) {
            return Ok(step);
        }
        let steps = Step::applicable(&view.form, &view.content);
        Ok(step.next(&steps).unwrap_or(step))
    }

    /// The person a plain form picked, looked up again: an id alone names nobody.
    pub async fn picked(
        services: &Services,
        actor: &Actor,
        form: &StepForm,
    ) -> Result<Option<AuthorRow>, Error> {
        let Intent::Pick(user) = Intent::parse(&form.intent) else {
            return Ok(None);
        };
        let found = crate::ssr::answer(services.account.find_people(actor, form.find.clone()).await)?;
        Ok(found
            .into_iter()
            .find(|person| person.id == user)
            .map(super::super::parts::row_of))
    }

    /// The command of a return; the day is meant in the contest's zone, which only the entry knows.
    pub async fn return_command(
        services: &Services,
        actor: &Actor,
        form: ReturnForm,
    ) -> Result<ReturnEntry, Error> {
        let notes = form.notes();
        let ReturnForm {
            key,
            entry,
            expected,
            reason,
            due,
            ..
        } = form;
        let due = match due.trim() {
            "" => None,
            typed => {
                let zone = crate::ssr::answer(services.entry.detail(actor, entry).await)?.zone;
                let end = rules::time::parse_date(typed).and_then(|day| When::EndOfDay(day).ends_at(&zone));
                match end {
                    Some(end) => Some(end),
                    None => return crate::ssr::answer(Err(Error::field("due", FieldProblem::NotADate))),
                }
            }
        };
        Ok(ReturnEntry {
            key,
            entry,
            expected,
            reason,
            due,
            notes,
        })
    }
}
