//! Proposing the prizes the rules give.

use contract::error::Conflict;
use contract::results::ProposePrizes;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::event::Event;
use rules::id::EntryId;
use store::results::AwardRow;

use super::final_round::final_round;
use super::lines::Lines;
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Proposes the prizes; proposing again replaces the proposal.
pub(super) async fn propose_prizes(ctx: &Ctx, actor: &Actor, command: ProposePrizes) -> Result<()> {
    let me = signed_in(actor)?.id;
    let Begun::New(mut tx) = ctx
        .begin::<()>(Some(command.contest), command.key, me, &command)
        .await?
    else {
        return Ok(());
    };
    let contest = store::contest::by_id(tx.conn(), command.contest).await.fault()?;
    let contest = contest.ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::ProposePrizes, contest.id, contest.phase)?;
    if contest.version != command.expected {
        return Err(Error::Conflict(Conflict {
            expected: command.expected,
            current: contest.version,
        }));
    }
    let last = final_round(tx.conn(), &contest)
        .await?
        .ok_or(Error::NotFound(Kind::Result))?;
    if let Some(tie) = last.allocation.tie {
        let lines = Lines::load(tx.conn(), &tie.entries).await?;
        let entries = tie.entries.iter().map(|entry| lines.code(entry)).collect();
        return Err(Violation::PrizeTieUndecided { entries }.into());
    }
    let awards: Vec<AwardRow> = last
        .allocation
        .awards
        .into_iter()
        .map(|award| AwardRow {
            entry: award.entry,
            tier: award.tier,
        })
        .collect();
    store::results::propose(tx.conn(), contest.id, &awards)
        .await
        .fault()?;
    store::contest::bump_version(tx.conn(), contest.id)
        .await
        .fault()?;
    tx.record(
        contest.id,
        Some(me),
        contest.now(ctx.now()),
        Event::PrizesProposed {
            awards: pairs(&awards),
        },
    )
    .fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

/// Prizes as events name them.
pub(super) fn pairs(awards: &[AwardRow]) -> Vec<(EntryId, String)> {
    awards
        .iter()
        .map(|award| (award.entry, award.tier.clone()))
        .collect()
}
