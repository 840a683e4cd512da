//! Server functions of deadlines: each is a door, the service behind it decides.

use contract::Error;
use contract::deadline as commands;
use contract::deadline::{ExtensionDeskView, ExtensionQuery, ReceiptStatusView, VersionsView};
use leptos::prelude::*;
use rules::id::EntryId;

use super::form::{GiveForm, WithdrawForm};

/// The organiser's page of extensions.
#[server(prefix = "/api/deadline", endpoint = "extensions")]
pub async fn extensions(slug: String, query: ExtensionQuery) -> Result<ExtensionDeskView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.deadline.extensions(&actor, slug, query).await)
}

/// Gives more time and leads back to the list.
#[server(prefix = "/api/deadline", endpoint = "give_extension")]
pub async fn give_extension(form: GiveForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let back = super::extensions_href(&form.slug, "?done=given");
    let cmd = server::give_command(&services, &actor, form).await?;
    crate::ssr::answer(server::beside_date(
        services.deadline.give_extension(&actor, cmd).await,
    ))?;
    leptos_axum::redirect(&back);
    Ok(())
}

/// Takes more time back and leads back to the list.
#[server(prefix = "/api/deadline", endpoint = "withdraw_extension")]
pub async fn withdraw_extension(form: WithdrawForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let back = super::extensions_href(&form.slug, "?done=withdrawn");
    let cmd = server::withdraw_command(form);
    crate::ssr::answer(services.deadline.withdraw_extension(&actor, cmd).await)?;
    leptos_axum::redirect(&back);
    Ok(())
}

/// Takes a submitted entry up again and leads to its first step.
#[server(prefix = "/api/deadline", endpoint = "take_up")]
pub async fn take_up(cmd: commands::TakeUpEntry) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let entry = cmd.entry;
    crate::ssr::answer(services.deadline.take_up(&actor, cmd).await)?;
    leptos_axum::redirect(&crate::entry::step_href(entry, rules::entry::Step::Statement));
    Ok(())
}

/// Gives up what was changed and leads back to the receipt.
#[server(prefix = "/api/deadline", endpoint = "drop_changes")]
pub async fn drop_changes(cmd: commands::DropChanges) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let entry = cmd.entry;
    crate::ssr::answer(services.deadline.drop_changes(&actor, cmd).await)?;
    leptos_axum::redirect(&crate::entry::receipt_href(entry));
    Ok(())
}

/// The submissions of an entry, two of them compared where two are named.
#[server(prefix = "/api/deadline", endpoint = "versions")]
pub async fn versions(entry: EntryId, older: Option<i64>, newer: Option<i64>) -> Result<VersionsView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.deadline.versions(&actor, entry, older.zip(newer)).await)
}

/// The public check of a receipt.
#[server(prefix = "/api/deadline", endpoint = "receipt_status")]
pub async fn receipt_status(token: String) -> Result<ReceiptStatusView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.deadline.receipt_status(&actor, token).await)
}

#[cfg(feature = "ssr")]
mod server {
    use chrono::NaiveTime;
    use contract::deadline::{ExtensionQuery, GiveExtension, WithdrawExtension};
    use contract::{Error, FieldError, FieldProblem, Services};
    use rules::account::Actor;
    use rules::time::{Timestamp, When, Zone, parse_date};

    use super::super::form::{GiveForm, WithdrawForm};

    /// The command of a form; its day and time are meant in the contest's zone, which only the contest knows.
    pub async fn give_command(
        services: &Services,
        actor: &Actor,
        form: GiveForm,
    ) -> Result<GiveExtension, Error> {
        let page = services
            .deadline
            .extensions(actor, form.slug.clone(), ExtensionQuery::default());
        let zone = crate::ssr::answer(page.await)?.zone;
        let until = crate::ssr::answer(moment(&form.date, &form.time, &zone))?;
        Ok(GiveExtension {
            key: form.key,
            contest: form.contest,
            entry: form.entry,
            unit: form.unit,
            until,
            reason: form.reason,
        })
    }

    /// The command of a form.
    pub fn withdraw_command(form: WithdrawForm) -> WithdrawExtension {
        WithdrawExtension {
            key: form.key,
            contest: form.contest,
            extension: form.extension,
            reason: form.reason,
        }
    }

    /// A refusal of the moment stands beside the day.
    pub fn beside_date<T>(answer: Result<T, Error>) -> Result<T, Error> {
        answer.map_err(|error| match error {
            Error::Invalid(fields) => Error::Invalid(
                fields
                    .into_iter()
                    .map(|field| match field.field.as_str() {
                        "until" => FieldError::new("date", field.problem),
                        _ => field,
                    })
                    .collect(),
            ),
            other => other,
        })
    }

    /// The last instant meant by a day and a time of day; without a time the whole day counts.
    fn moment(date: &str, time: &str, zone: &Zone) -> Result<Timestamp, Error> {
        if date.trim().is_empty() {
            return Err(Error::field("date", FieldProblem::Missing));
        }
        let day = parse_date(date).ok_or_else(|| Error::field("date", FieldProblem::NotADate))?;
        let until = match time.trim() {
            "" => When::EndOfDay(day).ends_at(zone),
            typed => {
                let time = NaiveTime::parse_from_str(typed, "%H:%M")
                    .map_err(|_| Error::field("time", FieldProblem::Malformed))?;
                zone.instant(day.and_time(time))
            }
        };
        until.ok_or_else(|| Error::field("date", FieldProblem::NotADate))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_day_without_a_time_counts_whole_in_the_contests_zone() {
            let zone = Zone::default();
            let at = |date: &str, time: &str| moment(date, time, &zone).map(|at| at.to_rfc3339());
            assert_eq!(
                at("14/10/2023", "").as_deref(),
                Ok("2023-10-14T16:59:59.999999+00:00")
            );
            assert_eq!(
                at("2023-10-14", "09:30").as_deref(),
                Ok("2023-10-14T02:30:00+00:00")
            );
            assert_eq!(at("", "09:30"), Err(Error::field("date", FieldProblem::Missing)));
            assert_eq!(
                at("31/02/2023", ""),
                Err(Error::field("date", FieldProblem::NotADate))
            );
            assert_eq!(
                at("14/10/2023", "25:00"),
                Err(Error::field("time", FieldProblem::Malformed))
            );
        }
    }
}
