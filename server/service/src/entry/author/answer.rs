//! Accepting and declining, by the link of the mail or from one's own page.

use contract::author::{AnswerInvitation, AnswerOwnInvitation};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::entry::{InvitationProblem, InvitationState, may_answer};
use rules::event::Event;
use rules::id::{CommandKey, UserId, Version};
use serde::Serialize;
use store::Conn;
use store::author::InvitationRow;

use super::invite::{link, refusal, same_version, store_change, with_account, write};
use super::page::place_of;
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::entry::case::{Case, contest_of};
use crate::entry::gaps::Check;
use crate::error::Fault;
use crate::secret::{is_secret, stored_hash};

const ABSENT: Error = Error::NotFound(Kind::Invitation);

/// An answer, however it came.
struct Answer<'a, C> {
    command: &'a C,
    key: CommandKey,
    expected: Version,
    accepted: bool,
    action: Action,
}

/// Answers by the link's secret.
pub(super) async fn by_token(ctx: &Ctx, actor: &Actor, command: AnswerInvitation) -> Result<()> {
    if !is_secret(&command.token) {
        return Err(ABSENT);
    }
    let hash = stored_hash(&command.token);
    let row = store::author::by_token(ctx.store.read(), &hash).await.fault()?;
    let row = row.ok_or(ABSENT)?;
    let person = row.invitation.person;
    if actor
        .user()
        .is_some_and(|me| person.is_some_and(|person| person != me))
    {
        return Err(refusal(InvitationProblem::SomebodyElse));
    }
    let answer = Answer {
        command: &command,
        key: command.key,
        expected: command.expected,
        accepted: command.accepted,
        action: Action::AnswerInvitation,
    };
    record(ctx, actor, row, answer).await
}

/// Answers an invitation to the signed-in person.
pub(super) async fn own(ctx: &Ctx, actor: &Actor, command: AnswerOwnInvitation) -> Result<()> {
    let me = signed_in(actor)?.id;
    let row = store::author::invitation(ctx.store.read(), command.invitation)
        .await
        .fault()?;
    let row = row
        .filter(|row| row.invitation.person == Some(me))
        .ok_or(ABSENT)?;
    let answer = Answer {
        command: &command,
        key: command.key,
        expected: command.expected,
        accepted: command.accepted,
        action: Action::AnswerOwnInvitation,
    };
    record(ctx, actor, row, answer).await
}

async fn record<C: Serialize + Sync>(
    ctx: &Ctx,
    actor: &Actor,
    found: InvitationRow,
    answer: Answer<'_, C>,
) -> Result<()> {
    let contest = contest_of(ctx, found.entry).await?;
    let mut tx = match ctx
        .begin::<()>(Some(contest), answer.key, actor.user(), answer.command)
        .await?
    {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let mut case = Case::load_to_write(tx.conn(), found.entry).await?;
    in_contest(actor, answer.action, contest, case.contest.phase)?;
    // again, under the contest's lock
    let row = store::author::invitation(tx.conn(), found.invitation.id)
        .await
        .fault()?;
    let mut row = row.ok_or(ABSENT)?;
    let now = case.now(ctx);
    let place = place_of(&case.entry, &row.invitation);
    may_answer(
        row.invitation.state,
        row.invitation.expires_at,
        place.is_some(),
        case.editable().is_ok(),
        now,
    )
    .map_err(refusal)?;
    same_version(&row, answer.expected)?;
    if let Some(at) = place.filter(|_| answer.accepted) {
        accept(ctx, tx.conn(), &mut case, &mut row, at, actor.user()).await?;
    }
    row.invitation.state = if answer.accepted {
        InvitationState::Accepted
    } else {
        InvitationState::Declined
    };
    row.invitation.answered_at = Some(now);
    store_change(tx.conn(), &mut row, None).await?;
    let event = Event::InvitationAnswered {
        entry: case.entry.id,
        invitation: row.invitation.id,
        accepted: answer.accepted,
    };
    tx.record(contest, actor.user(), now, event).fault()?;
    ctx.finish(tx, answer.key, actor.user(), &()).await
}

/// What accepting does to the entry: who is signed in becomes its author with their account. Nobody excluded comes in,
/// whatever they were when they were invited.
async fn accept(
    ctx: &Ctx,
    db: &impl Conn,
    case: &mut Case,
    row: &mut InvitationRow,
    at: usize,
    me: Option<UserId>,
) -> Result<()> {
    let check = Check::load(db, case.contest.id).await?;
    let before = case.entry.content.clone();
    if let Some(me) = me.filter(|_| row.invitation.person.is_none()) {
        let authors = &mut case.entry.content.authors;
        let known = case.entry.created_by == me || authors.iter().any(|author| author.user == Some(me));
        if known {
            return Err(refusal(InvitationProblem::AlreadyAuthor));
        }
        let person = store::account::person(db, me).await.fault()?;
        let person = person.ok_or(Error::NotFound(Kind::Person))?;
        link(
            &mut authors[at],
            with_account(&check.tree, &person, String::new()),
        );
        row.invitation.person = Some(me);
    }
    if let Some(exclusion) = check.exclusion(&case.entry.content.authors[at]) {
        return Err(Violation::Excluded { exclusion }.into());
    }
    if case.entry.content != before {
        let now = case.now(ctx);
        write(ctx, db, case, now).await?;
    }
    Ok(())
}
