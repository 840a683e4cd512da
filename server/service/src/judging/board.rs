//! The live board: how far a contest is, never a point.

use contract::judging::BoardView;
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, Role, may};
use rules::visibility::Audience;

use crate::actor::signed_in;
use crate::ctx::Ctx;
use crate::error::Fault;

/// The live board, for organiser, leader and chairs.
pub(super) async fn board(ctx: &Ctx, actor: &Actor, slug: String) -> Result<BoardView> {
    let me = signed_in(actor)?.id;
    let db = ctx.store.read();
    let found = store::contest::by_slug(db, &slug).await.fault()?;
    let contest = found
        .filter(|contest| contest.phase.is_public())
        .ok_or(Error::NotFound(Kind::Contest))?;
    let rounds = store::contest::rounds(db, contest.id).await.fault()?;
    let seats = store::contest::seats_of(db, rounds.iter().map(|round| round.id))
        .await
        .fault()?;
    let mut standing = actor.roles_in(Some(contest.id), None);
    if seats.iter().any(|seat| seat.chair && seat.person == me) {
        standing.roles.insert(Role::JuryChair);
    }
    may(Action::WatchBoard, &standing, Some(contest.phase))?;

    let progress = crate::live::progress(ctx, contest.id, Audience::Desk).await?;
    let units = store::account::units(db).await.fault()?;
    let named = units
        .into_iter()
        .filter(|unit| progress.units.contains_key(&unit.id.to_string()));
    let min_quota = contest.setup.eligibility.min_quota;
    let now = contest.now(ctx.now());
    Ok(BoardView {
        round_names: rounds.into_iter().map(|round| (round.id, round.name)).collect(),
        unit_names: named.map(|unit| (unit.id.to_string(), unit.short_name)).collect(),
        min_quota,
        now,
        card: crate::contest::card(ctx, contest).await?,
        progress,
    })
}
