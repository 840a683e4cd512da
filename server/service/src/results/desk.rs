//! The results desk: ranking, suggested and proposed prizes, the decision.

use contract::results::{RankedEntry, ResultsDeskView};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::id::EntryId;
use rules::judging::Tally;

use super::final_round::final_round;
use super::lines::Lines;
use crate::actor::{in_contest, signed_in};
use crate::ctx::Ctx;
use crate::error::Fault;
use crate::judging::rename;

/// The results desk. Points reach it with the locked ranking only.
pub(super) async fn desk(ctx: &Ctx, actor: &Actor, slug: String) -> Result<ResultsDeskView> {
    signed_in(actor)?;
    let db = ctx.store.read();
    let found = store::contest::by_slug(db, &slug).await.fault()?;
    let contest = found
        .filter(|contest| contest.phase.is_public())
        .ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::SeeResultsDesk, contest.id, contest.phase)?;
    let may = |action| in_contest(actor, action, contest.id, contest.phase).is_ok();

    let last = final_round(db, &contest).await?;
    let awards = store::results::awards(db, contest.id).await.fault()?;
    let decision = store::results::decision(db, contest.id).await.fault()?;
    let file = match decision.as_ref().and_then(|decision| decision.file) {
        Some(file) => store::entry::document(db, file).await.fault()?,
        None => None,
    };
    let mut ids: Vec<EntryId> = last
        .iter()
        .flat_map(|last| &last.tally.rows)
        .map(|row| row.entry)
        .collect();
    ids.extend(awards.iter().map(|award| award.entry));
    ids.sort();
    ids.dedup();
    let lines = Lines::load(db, &ids).await?;
    let code = |entry: &EntryId| lines.code(entry);

    let prize = |entry: EntryId| {
        awards
            .iter()
            .find(|award| award.entry == entry)
            .map(|award| award.tier.clone())
    };
    let ranked = last
        .iter()
        .flat_map(|last| last.tally.ranked())
        .filter_map(|row| {
            let (entry, authors) = lines.get(row.entry)?;
            Some(RankedEntry {
                code: entry.code.clone(),
                title: entry.title.clone(),
                authors: authors.clone(),
                unit_name: entry.unit_name.clone(),
                prize: prize(row.entry),
            })
        });
    let suggested = last.iter().flat_map(|last| &last.allocation.awards);
    Ok(ResultsDeskView {
        contest: contest.id,
        contest_slug: contest.slug.clone(),
        contest_name: contest.name.clone(),
        phase: contest.phase,
        version: contest.version,
        ranked: ranked.collect(),
        suggested: suggested
            .map(|award| (code(&award.entry), award.tier.clone()))
            .collect(),
        unfilled: last
            .as_ref()
            .map(|last| last.allocation.unfilled.clone())
            .unwrap_or_default(),
        proposed: awards
            .iter()
            .map(|award| (code(&award.entry), award.tier.clone()))
            .collect(),
        tally: last
            .as_ref()
            .map_or_else(no_tally, |last| rename(&last.tally, code)),
        prizes: contest.setup.prizes.clone(),
        decision: decision.map(|decision| decision.document),
        file_name: file.map(|file| file.file_name),
        can_propose: may(Action::ProposePrizes) && last.is_some(),
        can_decide: may(Action::RecordDecision) && last.is_some(),
        zone: contest.setup.timetable.zone.clone(),
        key: ctx.key(),
    })
}

/// A contest entered as its result only has no ranking.
fn no_tally() -> Tally<String> {
    Tally {
        rows: Vec::new(),
        pairs: Vec::new(),
        undecided: Vec::new(),
        deviations: Vec::new(),
        judges: 0,
    }
}
