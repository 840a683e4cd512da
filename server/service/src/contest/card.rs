//! Contests in lists.

use std::collections::BTreeMap;

use contract::Result;
use contract::contest::{ContestCard, NextDeadline};
use rules::account::{Action, Actor, Role};
use rules::contest::{ContestPhase, Extensions};
use rules::id::ContestId;
use rules::time::Timestamp;
use store::contest::ContestRow;

use crate::account::unit_names;
use crate::actor::anywhere;
use crate::ctx::Ctx;
use crate::error::Fault;

/// Cards of contests in the order given; as many queries for fifty as for one. Deadlines are given in real time.
///
/// # Errors
/// `Internal`.
pub async fn cards(ctx: &Ctx, rows: Vec<ContestRow>) -> Result<Vec<ContestCard>> {
    let db = ctx.store.read();
    let mut received: BTreeMap<ContestId, u32> = BTreeMap::new();
    for tally in store::contest::entry_tallies(db, rows.iter().map(|row| row.id))
        .await
        .fault()?
    {
        if tally.state.is_received() {
            *received.entry(tally.contest).or_default() += tally.count;
        }
    }
    let units = unit_names(&store::account::units(db).await.fault()?);
    let now = ctx.now();
    Ok(rows
        .into_iter()
        .map(|row| ContestCard {
            id: row.id,
            next_deadline: next_deadline(&row, now),
            received: received.get(&row.id).copied().unwrap_or(0),
            organiser: units.get(&row.organiser).cloned().unwrap_or_default(),
            zone: row.setup.timetable.zone.clone(),
            slug: row.slug,
            code: row.code,
            name: row.name,
            year: row.year,
            phase: row.phase,
            historical: row.historical,
            fictional: row.fictional,
        })
        .collect())
}

/// The card on a contest's own page, where its deadline stands beside the contest's own clock.
pub(crate) async fn card(ctx: &Ctx, row: ContestRow) -> Result<ContestCard> {
    let clock = row.clone();
    let mut card = cards(ctx, vec![row])
        .await?
        .pop()
        .ok_or(contract::Error::NotFound(contract::Kind::Contest))?;
    if let Some(next) = &mut card.next_deadline {
        next.at = clock.now(next.at);
    }
    Ok(card)
}

/// The first deadline still ahead while entries come in.
fn next_deadline(row: &ContestRow, real: Timestamp) -> Option<NextDeadline> {
    if row.phase != ContestPhase::Open {
        return None;
    }
    let now = row.now(real);
    let timetable = &row.setup.timetable;
    let submission = rules::contest::submission(timetable, None, Extensions::default());
    let forwarding = rules::contest::forwarding(timetable, None);
    [submission, forwarding]
        .into_iter()
        .flatten()
        .filter(|deadline| deadline.last() >= now)
        .min_by_key(|deadline| deadline.at)
        .map(|deadline| NextDeadline {
            at: row.real(deadline.at),
            ..deadline
        })
}

/// Contests the viewer has a part in beyond entering; drafts only for those who set them up.
pub(super) async fn managed(ctx: &Ctx, actor: &Actor) -> Result<Vec<ContestCard>> {
    anywhere(actor, Action::ListManagedContests)?;
    let rows = store::contest::all(ctx.store.read()).await.fault()?;
    let mine = rows.into_iter().filter(|row| {
        let standing = actor.roles_in(Some(row.id), None);
        let setting_up = standing.has(Role::Organiser) || standing.has(Role::Administrator);
        let following = [Role::Leader, Role::JuryChair, Role::Reader]
            .into_iter()
            .any(|role| standing.has(role));
        setting_up || (following && row.phase.is_public())
    });
    cards(ctx, mine.collect()).await
}
