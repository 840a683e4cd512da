//! The round desk: how far the jury is, what is in the way, and the result once every ballot is in.

use contract::Result;
use contract::judging::{DeliberationView, RoundDeskView};
use rules::account::{Action, Actor};
use rules::event::{EntryLabel, RoundProgress};
use rules::id::{EntryId, RoundId};
use rules::judging::{Advance, RoundState, Tally, advance};
use rules::visibility::Audience;
use store::judging::DeliberationRow;

use super::names::{rename, rename_advance};
use super::open::prepare;
use super::scope::Scope;
use super::sheet::Sheet;
use crate::ctx::Ctx;
use crate::error::Fault;

/// What the desk shows of the ballots.
#[derive(Default)]
struct Picture {
    progress: Option<RoundProgress>,
    seq: i64,
    deliberations: Vec<DeliberationView>,
    tally: Option<Tally<EntryLabel>>,
    advance: Option<Advance<EntryLabel>>,
    blocks: Vec<rules::Violation>,
    titles: Vec<(EntryLabel, String)>,
}

/// The round desk.
pub(super) async fn round_desk(ctx: &Ctx, actor: &Actor, round: RoundId) -> Result<RoundDeskView> {
    let db = ctx.store.read();
    let scope = Scope::load(db, round).await?;
    scope.at_desk(actor, Action::SeeRoundDesk)?;
    let state = scope.round.state;
    let picture = match state {
        RoundState::Planned => Picture {
            blocks: prepare(db, &scope, scope.now(ctx)).await?.blocks,
            ..Picture::default()
        },
        _ => picture(ctx, &scope).await?,
    };
    let plan = scope.plan()?;
    let frozen = scope.frozen().ok();
    let others = store::contest::rounds(db, scope.contest.id).await.fault()?;
    Ok(RoundDeskView {
        contest: scope.contest.id,
        contest_slug: scope.contest.slug.clone(),
        contest_name: scope.contest.name.clone(),
        phase: scope.contest.phase,
        round,
        round_name: scope.round.name.clone(),
        state,
        version: scope.round.version,
        rubric: frozen.map_or_else(|| plan.rubric.clone(), |frozen| frozen.rubric.clone()),
        policy: frozen.map_or_else(|| plan.policy.clone(), |frozen| frozen.policy.clone()),
        frozen_hash: frozen.map(|frozen| frozen.hash.clone()),
        seats: scope
            .seats
            .iter()
            .map(|seat| (seat.label.clone(), seat.full_name.clone()))
            .collect(),
        other_rounds: others
            .into_iter()
            .filter(|other| other.id != round)
            .map(|other| (other.id, other.name, other.state))
            .collect(),
        can_open: state == RoundState::Planned
            && picture.blocks.is_empty()
            && scope.may_at_desk(actor, Action::OpenRound),
        can_lock: state.takes_ballots()
            && picture.tally.is_some()
            && picture.blocks.is_empty()
            && scope.may_at_desk(actor, Action::LockRound),
        is_chair: scope.chairs(actor),
        zone: scope.contest.setup.timetable.zone.clone(),
        key: ctx.key(),
        progress: picture.progress,
        seq: picture.seq,
        deliberations: picture.deliberations,
        tally: picture.tally,
        advance: picture.advance,
        blocks: picture.blocks,
        titles: picture.titles,
    })
}

async fn picture(ctx: &Ctx, scope: &Scope) -> Result<Picture> {
    let sheet = Sheet::load(ctx.store.read(), scope).await?;
    let progress = crate::live::progress(ctx, scope.contest.id, Audience::Desk).await?;
    let seq = progress.seq;
    let progress = progress.rounds.into_iter().find(|of| of.round == scope.round.id);
    let label = |entry: &EntryId| sheet.label(entry);
    let deliberations = deliberations(scope, &sheet);
    if let Some(tally) = scope.locked_tally()? {
        let rule = scope
            .plan()?
            .advance
            .as_ref()
            .map(|rule| rule.under(&sheet.policy));
        let advance = rule.map(|rule| advance(&tally, &rule));
        return Ok(Picture {
            progress,
            seq,
            deliberations,
            tally: Some(rename(&tally, label)),
            advance: advance.map(|advance| rename_advance(&advance, label)),
            blocks: Vec::new(),
            titles: sheet
                .entries
                .iter()
                .map(|entry| (entry.label.clone(), entry.title.clone()))
                .collect(),
        });
    }
    let verdict = if sheet.is_settled() {
        Some(sheet.verdict()?)
    } else {
        None
    };
    Ok(Picture {
        progress,
        seq,
        deliberations,
        blocks: sheet.blocks(verdict.as_ref()),
        tally: verdict.as_ref().map(|verdict| rename(&verdict.tally, label)),
        advance: verdict
            .and_then(|verdict| verdict.advance)
            .map(|advance| rename_advance(&advance, label)),
        titles: Vec::new(),
    })
}

/// Deviations that wait, then the deliberations held.
fn deliberations(scope: &Scope, sheet: &Sheet) -> Vec<DeliberationView> {
    let waiting = sheet.undeliberated().into_iter().map(|entry| DeliberationView {
        label: sheet.label(&entry),
        spread: sheet.spread(entry).unwrap_or_default(),
        open: false,
        seats: sheet.extremes(entry),
        reopened: Vec::new(),
        rescored: None,
        explanation: None,
    });
    let takes_part = |held: &&DeliberationRow| sheet.entries.iter().any(|entry| entry.entry == held.entry);
    let held = sheet
        .deliberations
        .iter()
        .filter(takes_part)
        .map(|held| DeliberationView {
            label: sheet.label(&held.entry),
            spread: held.spread,
            open: held.open,
            seats: sheet.extremes(held.entry),
            reopened: held
                .reopened
                .iter()
                .map(|judge| scope.seat_label(*judge))
                .collect(),
            rescored: held.rescored,
            explanation: held.explanation.clone(),
        });
    waiting.chain(held).collect()
}
