//! The record: everything needed to recompute the published result.

use contract::{Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::id::EntryId;
use rules::ledger::LedgerRow;
use rules::record::{ContestRecord, FORMAT, LedgerLine, PublishedAward};

use super::lines::Lines;
use super::published::may_export;
use crate::actor::in_contest;
use crate::ctx::Ctx;
use crate::error::{Fault, internal};

/// The record of a published contest, from its ledger.
pub(super) async fn export_record(ctx: &Ctx, actor: &Actor, slug: String) -> Result<ContestRecord> {
    let db = ctx.store.read();
    let found = store::contest::by_slug(db, &slug).await.fault()?;
    let contest = found
        .filter(|contest| contest.phase.is_public())
        .ok_or(Error::NotFound(Kind::Contest))?;
    if !may_export(ctx, actor, &contest).await? {
        in_contest(actor, Action::ExportRecord, contest.id, contest.phase)?;
    }
    let chain = store::ledger::chain(db, contest.id).await.fault()?;
    let ledger: Result<Vec<LedgerLine>> = chain.into_iter().map(line).collect();
    let awards = store::results::awards(db, contest.id).await.fault()?;
    let ids: Vec<EntryId> = awards.iter().map(|award| award.entry).collect();
    let lines = Lines::load(db, &ids).await?;
    let published = awards.into_iter().filter_map(|award| {
        let (entry, _) = lines.get(award.entry)?;
        Some(PublishedAward {
            entry: award.entry,
            entry_code: entry.code.clone(),
            title: entry.title.clone(),
            tier: award.tier,
        })
    });
    Ok(ContestRecord {
        format: FORMAT.to_owned(),
        contest: contest.id,
        code: contest.code,
        name: contest.name,
        prizes: contest.setup.prizes,
        advance: contest
            .setup
            .rounds
            .iter()
            .map(|plan| plan.advance.clone())
            .collect(),
        ledger: ledger?,
        awards: published.collect(),
        head: contest.last_hash,
    })
}

fn line(row: LedgerRow) -> Result<LedgerLine> {
    let event = serde_json::from_value(row.event.body).map_err(|cause| internal(&cause))?;
    Ok(LedgerLine {
        seq: row.event.seq,
        at: row.event.at,
        actor: row.event.actor,
        event,
        prev_hash: row.prev_hash.to_string(),
        hash: row.hash.to_string(),
    })
}
