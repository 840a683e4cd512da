//! The result as everybody sees it, from the decision on and not a step earlier.

use contract::results::ResultView;
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, Role, may};
use rules::contest::ContestPhase;
use rules::id::EntryId;
use store::contest::ContestRow;

use super::final_round::final_round;
use super::lines::Lines;
use crate::ctx::Ctx;
use crate::error::Fault;

/// The public result.
pub(super) async fn result(ctx: &Ctx, actor: &Actor, slug: String) -> Result<ResultView> {
    let found = store::contest::by_slug(ctx.store.read(), &slug).await.fault()?;
    let contest = found
        .filter(|contest| contest.phase.is_public())
        .ok_or(Error::NotFound(Kind::Contest))?;
    result_of(ctx, actor, &contest)
        .await?
        .ok_or(Error::NotFound(Kind::Result))
}

/// The result of a contest; `None` before the decision.
async fn result_of(ctx: &Ctx, actor: &Actor, contest: &ContestRow) -> Result<Option<ResultView>> {
    if contest.phase != ContestPhase::Published {
        return Ok(None);
    }
    let db = ctx.store.read();
    let Some(decision) = store::results::decision(db, contest.id).await.fault()? else {
        return Ok(None);
    };
    let awards = store::results::awards(db, contest.id).await.fault()?;
    let ids: Vec<EntryId> = awards.iter().map(|award| award.entry).collect();
    let lines = Lines::load(db, &ids).await?;
    let tally = match contest.setup.publish_scores {
        true => final_round(db, contest).await?.map(|last| last.tally),
        false => None,
    };
    let average = |entry: &EntryId| {
        tally
            .as_ref()
            .and_then(|tally| tally.row(entry))
            .and_then(|row| row.rounded)
    };
    let (received, units) = store::results::received(db, contest.id).await.fault()?;
    let known = |count: u64| u32::try_from(count).ok().filter(|count| *count > 0);
    Ok(Some(ResultView {
        contest_slug: contest.slug.clone(),
        contest_name: contest.name.clone(),
        decision: decision.document,
        file: decision.file,
        published_at: contest.published_at.unwrap_or(decision.recorded_at),
        zone: contest.setup.timetable.zone.clone(),
        awards: awards
            .iter()
            .filter_map(|award| lines.award(award, &contest.setup.prizes, average(&award.entry)))
            .collect(),
        received: known(received),
        units: known(units),
        historical: contest.historical,
        fictional: contest.fictional,
        ledger_head: contest.last_hash.clone(),
        can_export: may_export(ctx, actor, contest).await?,
    }))
}

/// Whether the viewer may export the record. A chair is whoever holds a chair's seat in the contest.
pub(super) async fn may_export(ctx: &Ctx, actor: &Actor, contest: &ContestRow) -> Result<bool> {
    let Some(me) = actor.user() else { return Ok(false) };
    let mut standing = actor.roles_in(Some(contest.id), None);
    if may(Action::ExportRecord, &standing, Some(contest.phase)).is_err() {
        let db = ctx.store.read();
        let rounds = store::contest::rounds(db, contest.id).await.fault()?;
        let seats = store::contest::seats_of(db, rounds.iter().map(|round| round.id))
            .await
            .fault()?;
        if seats.iter().any(|seat| seat.chair && seat.person == me) {
            standing.roles.insert(Role::JuryChair);
        }
    }
    Ok(may(Action::ExportRecord, &standing, Some(contest.phase)).is_ok())
}
