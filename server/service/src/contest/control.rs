//! The control room: what is due, what is blocked and by whom, the next allowed act.

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::Result;
use contract::contest::{ControlRoomView, EntryCounts, LedgerNote, RoundLine};
use rules::account::{Action, Actor};
use rules::entry::EntryState;
use rules::event::Progress;
use rules::id::{ContestId, UserId};
use rules::visibility::Audience;
use store::contest::{EntryTally, RoundRow, SeatRow};

use super::card::card;
use super::{for_action, pending};
use crate::ctx::Ctx;
use crate::error::Fault;
use crate::live::progress;

/// Ledger lines shown.
const RECENT: u64 = 20;

/// The control room of a contest.
pub(super) async fn view(ctx: &Arc<Ctx>, actor: &Actor, slug: &str) -> Result<ControlRoomView> {
    let row = for_action(ctx, actor, slug, Action::SeeControlRoom).await?;
    let db = ctx.store.read();
    let rounds = store::contest::rounds(db, row.id).await.fault()?;
    let seats = store::contest::seats_of(db, rounds.iter().map(|round| round.id))
        .await
        .fault()?;
    let tallies = store::contest::entry_tallies(db, [row.id]).await.fault()?;
    let progress = progress(ctx, row.id, Audience::Desk).await?;
    let state = pending::State {
        row: &row,
        rounds: &rounds,
        seats: &seats,
        tallies: &tallies,
        progress: &progress,
    };
    let pending = pending::pending(ctx, actor, &state).await?;
    let card = card(ctx, row.clone()).await?;
    Ok(ControlRoomView {
        card,
        now: row.now(ctx.now()),
        pending,
        counts: counts(&tallies),
        rounds: lines(&rounds, &seats, &progress),
        recent: recent(ctx, row.id).await?,
        timetable: row.setup.timetable,
    })
}

fn counts(tallies: &[EntryTally]) -> EntryCounts {
    let mut counts = EntryCounts::default();
    for tally in tallies {
        let counter = match tally.state {
            EntryState::Draft => &mut counts.draft,
            EntryState::SubmittedToUnit
            | EntryState::UnitScreening
            | EntryState::ReturnedForSupplement
            | EntryState::NotSelectedByUnit => &mut counts.at_unit,
            EntryState::Forwarded | EntryState::EligibilityCheck => &mut counts.forwarded,
            EntryState::Accepted
            | EntryState::InRound
            | EntryState::Advanced
            | EntryState::Eliminated
            | EntryState::Ranked
            | EntryState::Awarded
            | EntryState::NotAwarded => &mut counts.accepted,
            EntryState::Rejected | EntryState::Disqualified => &mut counts.rejected,
            EntryState::Withdrawn => &mut counts.withdrawn,
        };
        *counter += tally.count;
    }
    counts
}

fn lines(rounds: &[RoundRow], seats: &[SeatRow], progress: &Progress) -> Vec<RoundLine> {
    rounds
        .iter()
        .map(|round| {
            let live = progress.rounds.iter().find(|live| live.round == round.id);
            let (done, of) = live.map_or((0, 0), rules::event::RoundProgress::done);
            RoundLine {
                round: round.id,
                name: round.name.clone(),
                ordinal: round.ordinal,
                state: round.state,
                judges: seats.iter().filter(|seat| seat.round == round.id).count() as u32,
                entries: live.map_or(0, |live| live.entries.len() as u32),
                done,
                of,
            }
        })
        .collect()
}

async fn recent(ctx: &Ctx, contest: ContestId) -> Result<Vec<LedgerNote>> {
    let db = ctx.store.read();
    let lines = store::ledger::recent(db, contest, RECENT).await.fault()?;
    let people = store::account::people_by_ids(db, lines.iter().filter_map(|line| line.actor))
        .await
        .fault()?;
    let names: BTreeMap<UserId, String> = people
        .into_iter()
        .map(|person| (person.id, person.full_name))
        .collect();
    Ok(lines
        .into_iter()
        .map(|line| LedgerNote {
            seq: line.seq,
            at: line.at,
            kind: line.kind,
            who: line.actor.and_then(|actor| names.get(&actor).cloned()),
        })
        .collect())
}
