//! Opening a contest from its signed plan.

use contract::Result;
use contract::contest::OpenContest;
use contract::{Error, Kind};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::event::Event;

use super::allowed;
use super::setup::{checked_version, jury_sizes, setup_hash};
use crate::actor::signed_in;
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Freezes the set-up and makes the page public.
pub(super) async fn open(ctx: &Ctx, actor: &Actor, command: OpenContest) -> Result<()> {
    let me = signed_in(actor)?.id;
    let mut tx = match ctx
        .begin::<()>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let row = store::contest::by_id(tx.conn(), command.contest).await.fault()?;
    let row = row.ok_or(Error::NotFound(Kind::Contest))?;
    allowed(actor, Action::OpenContest, &row)?;
    checked_version(&row, command.expected)?;
    let phase = row.phase.open().map_err(Violation::from)?;
    let rounds = store::contest::rounds(tx.conn(), row.id).await.fault()?;
    let seats = store::contest::seats_of(tx.conn(), rounds.iter().map(|round| round.id))
        .await
        .fault()?;
    let now = row.now(ctx.now());
    let gaps = row.setup.gaps(&jury_sizes(&row.setup, &rounds, &seats), now);
    if !gaps.is_empty() {
        return Err(Violation::SetupIncomplete { gaps }.into());
    }
    let setup_hash = setup_hash(&row.setup)?;
    store::contest::set_phase(tx.conn(), row.id, phase, now)
        .await
        .fault()?;
    store::contest::freeze_setup(tx.conn(), row.id, &setup_hash)
        .await
        .fault()?;
    tx.record(row.id, Some(me), now, Event::ContestOpened { setup_hash })
        .fault()?;
    ctx.finish(tx, command.key, me, &()).await
}
