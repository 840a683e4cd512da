//! Juries: who sits on them, and the roles that follow from it.

use contract::contest::{AppointJudge, RemoveJudge};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, Grant, Role};
use rules::event::{Event, SeatLabel};
use rules::id::{CommandKey, ContestId, RoundId, UserId};
use rules::judging::RoundState;
use store::Tx;
use store::account::PersonRow;
use store::contest::{ContestRow, NewSeat, RoundRow, SeatRow};

use super::allowed;
use crate::actor::signed_in;
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// A jury about to be changed.
struct Change {
    tx: Tx,
    me: UserId,
    contest: ContestRow,
    round: RoundRow,
    seats: Vec<SeatRow>,
}

/// Appoints a judge, or changes the chair mark of one appointed.
pub(super) async fn appoint(ctx: &Ctx, actor: &Actor, command: AppointJudge) -> Result<()> {
    let Some(mut change) = begin(ctx, actor, command.round, command.key, &command).await? else {
        return Ok(());
    };
    let person = store::account::person(change.tx.conn(), command.user)
        .await
        .fault()?;
    let person = person.ok_or(Error::NotFound(Kind::Person))?;
    let seat = change
        .seats
        .iter()
        .find(|seat| seat.person == command.user)
        .cloned();
    if command.chair {
        unseat_chair(ctx, &mut change, command.user).await?;
    }
    let number = match seat {
        Some(seat) if seat.chair == command.chair => {
            return Err(Violation::AlreadyAppointed {
                full_name: person.full_name,
            }
            .into());
        }
        Some(seat) => {
            store::contest::set_chair(change.tx.conn(), seat.id, command.chair)
                .await
                .fault()?;
            seat.number
        }
        None => {
            refuse_author(&change, &person).await?;
            take_seat(ctx, &change, command.user, command.chair).await?
        }
    };
    record(ctx, &mut change, command.user, number, command.chair)?;
    follow_roles(ctx, &change.tx, change.contest.id, command.user).await?;
    ctx.finish(change.tx, command.key, change.me, &()).await
}

/// Removes a judge from a jury that has not begun.
pub(super) async fn remove(ctx: &Ctx, actor: &Actor, command: RemoveJudge) -> Result<()> {
    let Some(mut change) = begin(ctx, actor, command.round, command.key, &command).await? else {
        return Ok(());
    };
    let seat = change.seats.iter().find(|seat| seat.person == command.user);
    let seat = seat.ok_or(Error::NotFound(Kind::Person))?.id;
    store::contest::remove_seat(change.tx.conn(), seat)
        .await
        .fault()?;
    let event = Event::JudgeRemoved {
        round: command.round,
        judge: command.user,
    };
    let now = change.contest.now(ctx.now());
    change
        .tx
        .record(change.contest.id, Some(change.me), now, event)
        .fault()?;
    follow_roles(ctx, &change.tx, change.contest.id, command.user).await?;
    ctx.finish(change.tx, command.key, change.me, &()).await
}

/// Begins a change of a jury; `None` where the command was carried out before.
async fn begin(
    ctx: &Ctx,
    actor: &Actor,
    round: RoundId,
    key: CommandKey,
    what: &(impl serde::Serialize + Sync),
) -> Result<Option<Change>> {
    let me = signed_in(actor)?.id;
    let contest = store::contest::round_of(ctx.store.read(), round).await.fault()?;
    let contest = contest.ok_or(Error::NotFound(Kind::Round))?;
    let tx = match ctx.begin::<()>(Some(contest), key, me, what).await? {
        Begun::Repeat(()) => return Ok(None),
        Begun::New(tx) => tx,
    };
    let contest = store::contest::by_id(tx.conn(), contest).await.fault()?;
    let contest = contest.ok_or(Error::NotFound(Kind::Contest))?;
    allowed(actor, Action::AppointJury, &contest)?;
    let round = store::contest::round(tx.conn(), round)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Round))?;
    if round.state != RoundState::Planned {
        // the jury is frozen with the round's opening
        return Err(Violation::RoundState { state: round.state }.into());
    }
    let seats = store::contest::seats(tx.conn(), round.id).await.fault()?;
    Ok(Some(Change {
        tx,
        me,
        contest,
        round,
        seats,
    }))
}

/// A-07 from the other side.
async fn refuse_author(change: &Change, person: &PersonRow) -> Result<()> {
    let entry_code = store::contest::author_of_submitted(change.tx.conn(), Some(change.contest.id), person);
    match entry_code.await.fault()? {
        None => Ok(()),
        Some(entry_code) => Err(Violation::AuthorCannotJudge {
            full_name: person.full_name.clone(),
            entry_code,
        }
        .into()),
    }
}

/// A jury has one chair: the one before becomes a judge like the others.
async fn unseat_chair(ctx: &Ctx, change: &mut Change, user: UserId) -> Result<()> {
    let before = change
        .seats
        .iter()
        .find(|seat| seat.chair && seat.person != user)
        .cloned();
    let Some(seat) = before else { return Ok(()) };
    store::contest::set_chair(change.tx.conn(), seat.id, false)
        .await
        .fault()?;
    record(ctx, change, seat.person, seat.number, false)?;
    follow_roles(ctx, &change.tx, change.contest.id, seat.person).await
}

async fn take_seat(ctx: &Ctx, change: &Change, person: UserId, chair: bool) -> Result<u32> {
    let number = change.seats.iter().map(|seat| seat.number).max().unwrap_or(0) + 1;
    let new = NewSeat {
        id: ctx.id(),
        round: change.round.id,
        person,
        number,
        chair,
        label: SeatLabel(format!("GK {number}")),
    };
    store::contest::insert_seat(change.tx.conn(), new).await.fault()?;
    Ok(number)
}

fn record(ctx: &Ctx, change: &mut Change, judge: UserId, seat: u32, chair: bool) -> Result<()> {
    let event = Event::JudgeAppointed {
        round: change.round.id,
        judge,
        seat,
        chair,
    };
    let now = change.contest.now(ctx.now());
    change
        .tx
        .record(change.contest.id, Some(change.me), now, event)
        .fault()
}

/// Makes a person's roles in the contest follow from the seats held in any of its rounds.
pub(super) async fn follow_roles(ctx: &Ctx, tx: &Tx, contest: ContestId, person: UserId) -> Result<()> {
    let rounds = store::contest::rounds(tx.conn(), contest).await.fault()?;
    let seats = store::contest::seats_of(tx.conn(), rounds.iter().map(|round| round.id))
        .await
        .fault()?;
    let own: Vec<_> = seats.iter().filter(|seat| seat.person == person).collect();
    let held = [
        (Role::Judge, !own.is_empty()),
        (Role::JuryChair, own.iter().any(|seat| seat.chair)),
    ];
    for (role, held) in held {
        let grant = Grant {
            role,
            contest: Some(contest),
            unit: None,
        };
        if held {
            store::account::insert_grant(tx.conn(), ctx.id(), person, &grant)
                .await
                .fault()?;
        } else {
            store::account::remove_grant(tx.conn(), person, &grant)
                .await
                .fault()?;
        }
    }
    Ok(())
}
