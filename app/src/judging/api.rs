//! Server functions of judging: each is a door, the service behind it decides.
//!
//! What a plain form cannot carry (maps, lists that may be empty) comes twice: as the command in JSON from the browser's
//! own code, and as a flat form of [`super::form`] for a page without it.

use contract::Error;
use contract::judging as commands;
use contract::judging::{JudgeEntryView, OrderView, OwnCard, PutScorecard, QueueView, RoundDeskView};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use rules::event::EntryLabel;
use rules::id::RoundId;

use super::form::{DeliberationForm, OrderForm, ScorecardForm, TieForm};

/// Rounds in which the viewer judges.
#[server(prefix = "/api/judging", endpoint = "queues")]
pub async fn queues() -> Result<Vec<QueueView>, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.queues(&actor).await)
}

/// The viewer's queue of a round.
#[server(prefix = "/api/judging", endpoint = "queue")]
pub async fn queue(round: RoundId) -> Result<QueueView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.queue(&actor, round).await)
}

/// Confirms the marking principles.
#[server(prefix = "/api/judging", endpoint = "confirm_principles")]
pub async fn confirm_principles(cmd: commands::ConfirmPrinciples) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.confirm_principles(&actor, cmd).await)
}

/// An entry beside the viewer's scorecard.
#[server(prefix = "/api/judging", endpoint = "judge_entry")]
pub async fn judge_entry(round: RoundId, label: EntryLabel) -> Result<JudgeEntryView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.judge_entry(&actor, round, label).await)
}

/// Saves a scorecard as a draft.
#[server(prefix = "/api/judging", endpoint = "save_scorecard", input = Json)]
pub async fn save_scorecard(cmd: PutScorecard) -> Result<OwnCard, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.save_scorecard(&actor, cmd).await)
}

/// Submits a scorecard.
#[server(prefix = "/api/judging", endpoint = "submit_scorecard", input = Json)]
pub async fn submit_scorecard(cmd: PutScorecard) -> Result<OwnCard, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.submit_scorecard(&actor, cmd).await)
}

/// Saves or submits a scorecard typed into a plain form. A submission is saved first: where it is refused, the typed
/// figures are in the draft that the page then shows.
#[server(prefix = "/api/judging", endpoint = "post_scorecard")]
pub async fn post_scorecard(form: ScorecardForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let submission = form.submits();
    let draft = crate::ssr::answer(form.command())?;
    let saved = crate::ssr::answer(services.judging.save_scorecard(&actor, draft.clone()).await)?;
    if let Some(key) = submission {
        let cmd = PutScorecard {
            key,
            expected: saved.version,
            ..draft
        };
        crate::ssr::answer(services.judging.submit_scorecard(&actor, cmd).await)?;
    }
    Ok(())
}

/// Declares a conflict of interest.
#[server(prefix = "/api/judging", endpoint = "declare_conflict")]
pub async fn declare_conflict(cmd: commands::DeclareConflict) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.declare_conflict(&actor, cmd).await)
}

/// The viewer's order of a round.
#[server(prefix = "/api/judging", endpoint = "order")]
pub async fn order(round: RoundId) -> Result<OrderView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.order(&actor, round).await)
}

/// Saves or submits the order.
#[server(prefix = "/api/judging", endpoint = "put_order", input = Json)]
pub async fn put_order(cmd: commands::PutOrder) -> Result<OrderView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.put_order(&actor, cmd).await)
}

/// One step on the order board of a plain form: up, down, equal, a typed place, save, submit.
#[server(prefix = "/api/judging", endpoint = "post_order")]
pub async fn post_order(form: OrderForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let cmd = crate::ssr::answer(form.command())?;
    crate::ssr::answer(services.judging.put_order(&actor, cmd).await.map(|_| ()))
}

/// The round desk.
#[server(prefix = "/api/judging", endpoint = "round_desk")]
pub async fn round_desk(round: RoundId) -> Result<RoundDeskView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.round_desk(&actor, round).await)
}

/// Opens a round.
#[server(prefix = "/api/judging", endpoint = "open_round")]
pub async fn open_round(cmd: commands::OpenRound) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.open_round(&actor, cmd).await)
}

/// Opens a deliberation.
#[server(prefix = "/api/judging", endpoint = "open_deliberation")]
pub async fn open_deliberation(form: DeliberationForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.open_deliberation(&actor, form.command()).await)
}

/// Closes a deliberation.
#[server(prefix = "/api/judging", endpoint = "conclude_deliberation")]
pub async fn conclude_deliberation(cmd: commands::ConcludeDeliberation) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.conclude_deliberation(&actor, cmd).await)
}

/// Settles a tie.
#[server(prefix = "/api/judging", endpoint = "decide_tie")]
pub async fn decide_tie(form: TieForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let cmd = crate::ssr::answer(form.command())?;
    crate::ssr::answer(services.judging.decide_tie(&actor, cmd).await)
}

/// Locks the round.
#[server(prefix = "/api/judging", endpoint = "lock_round")]
pub async fn lock_round(cmd: commands::LockRound) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.judging.lock_round(&actor, cmd).await)
}
