//! An invitation as the person invited sees it.

use std::collections::{BTreeMap, BTreeSet};

use contract::author::{InvitationStanding, InvitationView};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::contest::ContestPhase;
use rules::entry::{Author, Consents, Invitation, InvitationProblem, InvitationState, may_answer};
use rules::id::UserId;
use store::author::InvitationRow;
use store::contest::ContestRow;
use store::entry::Entry;

use crate::actor::{anywhere, in_contest, signed_in};
use crate::ctx::Ctx;
use crate::entry::case::{Case, takes_copy};
use crate::error::Fault;
use crate::secret::{is_secret, stored_hash};

/// The invitation behind a link.
pub(super) async fn by_token(ctx: &Ctx, actor: &Actor, token: &str) -> Result<InvitationView> {
    const ABSENT: Error = Error::NotFound(Kind::Invitation);
    if !is_secret(token) {
        return Err(ABSENT);
    }
    let db = ctx.store.read();
    let row = store::author::by_token(db, &stored_hash(token)).await.fault()?;
    let row = row.ok_or(ABSENT)?;
    let case = Case::load_to_write(db, row.entry).await?;
    in_contest(actor, Action::SeeInvitation, case.contest.id, case.contest.phase)?;
    let ids = [Some(row.invited_by), actor.user()].into_iter().flatten();
    let people = store::account::people_by_ids(db, ids).await.fault()?;
    let names: BTreeMap<UserId, String> = people
        .into_iter()
        .map(|person| (person.id, person.full_name))
        .collect();
    let standing = Standing {
        listed: place_of(&case.entry, &row.invitation).is_some(),
        editable: case.editable().is_ok(),
    };
    Ok(seen(
        ctx,
        &row,
        &case.entry,
        &case.contest,
        standing,
        actor.user(),
        &names,
    ))
}

/// The viewer's invitations that can be answered now.
pub(super) async fn own(ctx: &Ctx, actor: &Actor) -> Result<Vec<InvitationView>> {
    anywhere(actor, Action::SeeOwnEntries)?;
    let me = signed_in(actor)?.id;
    let db = ctx.store.read();
    let rows = store::author::waiting_for(db, me).await.fault()?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.entry).collect();
    let mut entries = store::entry::find_all(db, &ids).await.fault()?;
    let contests = store::contest::by_ids(db, entries.iter().map(|entry| entry.contest))
        .await
        .fault()?;
    let mut copies = store::entry::working_copies(db, &ids).await.fault()?;
    let people = rows.iter().map(|row| row.invited_by).chain([me]);
    let people = store::account::people_by_ids(db, people).await.fault()?;
    let names: BTreeMap<UserId, String> = people
        .into_iter()
        .map(|person| (person.id, person.full_name))
        .collect();
    // an entry taken up again lists those invited in the copy only
    let mut copied = BTreeSet::new();
    for entry in &mut entries {
        let contest = contests.iter().find(|contest| contest.id == entry.contest);
        if contest.is_some_and(|contest| takes_copy(contest, entry))
            && let Some(content) = copies.remove(&entry.id)
        {
            entry.content = content;
            copied.insert(entry.id);
        }
    }
    let views = rows.iter().filter_map(|row| {
        let entry = entries.iter().find(|entry| entry.id == row.entry)?;
        let contest = contests.iter().find(|contest| contest.id == entry.contest)?;
        let standing = Standing {
            listed: place_of(entry, &row.invitation).is_some(),
            editable: entry.state.is_editable() || copied.contains(&entry.id),
        };
        Some(seen(ctx, row, entry, contest, standing, Some(me), &names))
    });
    Ok(views
        .filter(|view| view.standing == InvitationStanding::Open)
        .collect())
}

/// Where the person invited stands among the entry's authors, if they still do.
pub(super) fn place_of(entry: &Entry, invitation: &Invitation) -> Option<usize> {
    let one = Consents {
        asked: true,
        owner: entry.created_by,
        invitations: vec![invitation.clone()],
        signed: Vec::new(),
    };
    let fits = |author: &Author| one.invitation_of(author).is_some();
    entry.content.authors.iter().position(fits)
}

/// What an entry says of an invitation to it.
struct Standing {
    /// The person invited is still among its authors.
    listed: bool,
    /// Its authors may still change it.
    editable: bool,
}

fn seen(
    ctx: &Ctx,
    row: &InvitationRow,
    entry: &Entry,
    contest: &ContestRow,
    Standing { listed, editable }: Standing,
    me: Option<UserId>,
    names: &BTreeMap<UserId, String>,
) -> InvitationView {
    let it = &row.invitation;
    let now = contest.now(ctx.now());
    let open = contest.phase == ContestPhase::Open && editable;
    let standing = match may_answer(it.state, it.expires_at, listed, open, now) {
        Ok(()) => InvitationStanding::Open,
        Err(InvitationProblem::Expired) => InvitationStanding::Expired,
        Err(InvitationProblem::Closed) => InvitationStanding::Closed,
        Err(InvitationProblem::Answered) if it.state == InvitationState::Accepted => {
            InvitationStanding::Accepted
        }
        Err(InvitationProblem::Answered) => InvitationStanding::Declined,
        Err(_) => InvitationStanding::Withdrawn,
    };
    let somebody_else = me.is_some_and(|me| it.person.is_some_and(|person| person != me));
    // what an invitation is about is told as long as it is one, and only to whom it is for
    let told = !somebody_else && matches!(standing, InvitationStanding::Open | InvitationStanding::Accepted);
    let mine = me.is_some() && it.person == me;
    InvitationView {
        invitation: it.id,
        version: it.version,
        standing,
        contest_slug: contest.slug.clone(),
        contest_name: contest.name.clone(),
        title: told.then(|| entry.content.title.clone()),
        inviter: names.get(&row.invited_by).filter(|_| told).cloned(),
        invitee: it.full_name.clone(),
        expires_at: it.expires_at,
        now,
        zone: contest.setup.timetable.zone.clone(),
        account: me.and_then(|me| names.get(&me).cloned()),
        somebody_else,
        entry: (mine && listed && standing == InvitationStanding::Accepted).then_some(entry.id),
        key: ctx.key(),
    }
}
