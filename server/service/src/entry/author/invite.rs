//! Inviting a co-author, again where it must be, and taking an invitation back.

use contract::author::{InviteCoAuthor, Invitee, WithdrawInvitation};
use contract::error::FieldProblem;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::contest::UnitTree;
use rules::entry::{
    Author, AuthorType, EntryContent, Invitation, InvitationProblem, InvitationState, check_for_draft,
    email_of, holds_id_card_number, invitation_expires, is_same_person, may_add, may_send,
};
use rules::event::Event;
use rules::id::{InvitationId, UserId, Version};
use rules::points::Points;
use rules::time::Timestamp;
use store::Conn;
use store::account::PersonRow;
use store::author::InvitationRow;

use super::link::token_hash;
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::entry::case::{Case, contest_of};
use crate::entry::deadline::{self, Extended};
use crate::entry::draft::lead_unit;
use crate::entry::gaps::Check;
use crate::entry::units;
use crate::error::Fault;
use crate::input::Form;

/// Invites somebody; who is not an author yet becomes one, without a share until the authors agree on it.
pub(super) async fn invite(ctx: &Ctx, actor: &Actor, command: InviteCoAuthor) -> Result<InvitationId> {
    let me = signed_in(actor)?.id;
    let contest = contest_of(ctx, command.entry).await?;
    let mut tx = match ctx
        .begin::<InvitationId>(Some(contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(id) => return Ok(id),
        Begun::New(tx) => tx,
    };
    let mut case = open_to_invite(tx.conn(), actor, &command).await?;
    let now = case.now(ctx);
    let timetable = &case.contest.setup.timetable;
    let extended = Extended::load(tx.conn(), contest, case.entry.id, case.entry.unit).await?;
    let last = deadline::submission(timetable, case.entry.state, case.entry.due_at, extended.times());
    deadline::in_time(last.as_ref(), timetable, now)?;
    if !case.consents.asked {
        return Err(refusal(InvitationProblem::NotNeeded));
    }

    let check = Check::load(tx.conn(), contest).await?;
    let invitee = author_of(tx.conn(), &check.tree, command.invitee).await?;
    let content = case.entry.content.clone();
    let at = put(&mut case, invitee)?;
    let author = case.entry.content.authors[at].clone();
    if let Some(exclusion) = check.exclusion(&author) {
        return Err(Violation::Excluded { exclusion }.into());
    }
    if author.user == Some(case.entry.created_by) {
        return Err(refusal(InvitationProblem::AlreadyAuthor));
    }
    let before = case.consents.invitation_of(&author).cloned();
    may_send(before.as_ref(), now).map_err(refusal)?;
    if case.entry.content != content {
        write(ctx, tx.conn(), &mut case, now).await?;
    }

    let expires_at = invitation_expires(now, last.map(|deadline| deadline.last()));
    let id = send(ctx, tx.conn(), &case, me, author, before, (now, expires_at)).await?;
    let event = Event::CoAuthorInvited {
        entry: case.entry.id,
        invitation: id,
    };
    tx.record(contest, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &id).await?;
    Ok(id)
}

/// Takes an invitation back; the author stays in the list, uninvited, until somebody takes them out.
pub(super) async fn withdraw(ctx: &Ctx, actor: &Actor, command: WithdrawInvitation) -> Result<()> {
    let me = signed_in(actor)?.id;
    let contest = contest_of(ctx, command.entry).await?;
    let mut tx = match ctx.begin::<()>(Some(contest), command.key, me, &command).await? {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let case = Case::load_to_write(tx.conn(), command.entry).await?;
    case.authors_only(actor)?;
    in_contest(actor, Action::InviteCoAuthor, contest, case.contest.phase)?;
    case.editable()?;
    let row = store::author::invitation(tx.conn(), command.invitation)
        .await
        .fault()?;
    let mut row = row
        .filter(|row| row.entry == command.entry)
        .ok_or(Error::NotFound(Kind::Invitation))?;
    same_version(&row, command.expected)?;
    match row.invitation.state {
        InvitationState::Waiting => {}
        InvitationState::Accepted => {
            return Err(refusal(InvitationProblem::AlreadyAccepted {
                full_name: row.invitation.full_name,
            }));
        }
        InvitationState::Declined => return Err(refusal(InvitationProblem::Answered)),
        InvitationState::Withdrawn => return Err(refusal(InvitationProblem::Withdrawn)),
    }
    row.invitation.state = InvitationState::Withdrawn;
    store_change(tx.conn(), &mut row, None).await?;
    let event = Event::InvitationWithdrawn {
        entry: command.entry,
        invitation: command.invitation,
    };
    tx.record(contest, Some(me), case.now(ctx), event).fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

async fn open_to_invite(db: &impl Conn, actor: &Actor, command: &InviteCoAuthor) -> Result<Case> {
    let case = Case::load_to_write(db, command.entry).await?;
    case.authors_only(actor)?;
    in_contest(actor, Action::InviteCoAuthor, case.contest.id, case.contest.phase)?;
    case.editable()?;
    case.at_version(command.expected)?;
    Ok(case)
}

/// The person invited as an author: with their account where they have one, which is also looked up by the address, or
/// an excluded person could come in by it.
async fn author_of(db: &impl Conn, tree: &UnitTree, invitee: Invitee) -> Result<Author> {
    match invitee {
        Invitee::Person { user } => {
            let person = store::account::person(db, user).await.fault()?;
            let person = person.ok_or(Error::NotFound(Kind::Person))?;
            Ok(with_account(tree, &person, String::new()))
        }
        Invitee::Email { full_name, email } => {
            let mut form = Form::new();
            let full_name = form.line("full_name", &full_name, 200);
            if holds_id_card_number(&full_name) {
                form.refuse("full_name", FieldProblem::Malformed);
            }
            let address = email_of(&email);
            if address.is_none() {
                let missing = email.trim().is_empty();
                form.refuse(
                    "email",
                    if missing {
                        FieldProblem::Missing
                    } else {
                        FieldProblem::Malformed
                    },
                );
            }
            form.check()?;
            let address = address.unwrap_or_default();
            let account = store::account::person_by_login(db, &address).await.fault()?;
            Ok(match account {
                Some(person) => with_account(tree, &person, address),
                None => Author {
                    user: None,
                    full_name,
                    unit: None,
                    unit_name: String::new(),
                    position: String::new(),
                    contact: address,
                    share: Points::ZERO,
                    lead: false,
                },
            })
        }
    }
}

/// An author as the directory knows them.
pub(super) fn with_account(tree: &UnitTree, person: &PersonRow, contact: String) -> Author {
    Author {
        user: Some(person.id),
        full_name: person.full_name.clone(),
        unit: person.unit,
        unit_name: units::name(tree, person.unit).unwrap_or_default(),
        position: person.position.clone(),
        contact,
        share: Points::ZERO,
        lead: false,
    }
}

/// Puts the person invited into the entry and gives their place: where they stand already, or at the end.
fn put(case: &mut Case, invitee: Author) -> Result<usize> {
    let rules = &case.contest.setup.eligibility;
    let content = &mut case.entry.content;
    if let Some(at) = place_of(content, &invitee) {
        if content.authors[at].user.is_none() && invitee.user.is_some() {
            link(&mut content.authors[at], invitee);
        }
        return Ok(at);
    }
    may_add(content, rules).map_err(refusal)?;
    if content
        .authors
        .iter()
        .any(|author| is_same_person(author, &invitee))
    {
        return Err(refusal(InvitationProblem::AlreadyAuthor));
    }
    content.author_type = AuthorType::Group;
    content.authors.push(invitee);
    let gaps = check_for_draft(content);
    if gaps.is_empty() {
        Ok(content.authors.len() - 1)
    } else {
        Err(Violation::EntryIncomplete { gaps }.into())
    }
}

fn place_of(content: &EntryContent, invitee: &Author) -> Option<usize> {
    let by_account = |author: &Author| author.user.is_some() && author.user == invitee.user;
    let email = email_of(&invitee.contact);
    let by_email =
        |author: &Author| author.user.is_none() && email.is_some() && email_of(&author.contact) == email;
    let place = |fits: &dyn Fn(&Author) -> bool| content.authors.iter().position(fits);
    place(&by_account).or_else(|| place(&by_email))
}

/// Ties an author to an account: name, unit and position are the directory's, share and contact stay.
pub(super) fn link(author: &mut Author, account: Author) {
    *author = Author {
        contact: std::mem::take(&mut author.contact),
        share: author.share,
        lead: author.lead,
        ..account
    };
}

/// Stores an entry whose authors changed.
pub(super) async fn write(ctx: &Ctx, db: &impl Conn, case: &mut Case, now: Timestamp) -> Result<()> {
    case.entry.unit = lead_unit(&case.entry.content);
    case.entry.updated_at = now;
    case.save(db).await?;
    if case.is_copy() {
        // the authors of what was submitted stay until the copy is submitted
        return Ok(());
    }
    store::entry::set_authors(db, case.entry.id, &case.entry.content, || ctx.ids.id())
        .await
        .fault()
}

/// Stores the sending: a new invitation, or the one before with another secret.
async fn send(
    ctx: &Ctx,
    db: &impl Conn,
    case: &Case,
    me: UserId,
    author: Author,
    before: Option<Invitation>,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<InvitationId> {
    let fresh = before.is_none();
    let (sendings, id, version) = match &before {
        Some(before) => (before.sendings + 1, before.id, before.version),
        None => (1, ctx.id(), Version::FIRST),
    };
    let mut row = InvitationRow {
        entry: case.entry.id,
        invited_by: me,
        created_at: now,
        invitation: Invitation {
            id,
            version,
            email: author.user.is_none().then(|| email_of(&author.contact)).flatten(),
            person: author.user,
            full_name: author.full_name,
            state: InvitationState::Waiting,
            sendings,
            sent_at: now,
            answered_at: None,
            expires_at,
        },
    };
    let hash = token_hash(ctx, &row.invitation).await?;
    if fresh {
        store::author::insert(db, &row, hash).await.fault()?;
    } else {
        store_change(db, &mut row, Some(hash)).await?;
    }
    Ok(id)
}

/// Stores a changed invitation with its version raised.
///
/// # Errors
/// `Conflict` where somebody else was first.
pub(super) async fn store_change(
    db: &impl Conn,
    row: &mut InvitationRow,
    token_hash: Option<String>,
) -> Result<()> {
    let expected = row.invitation.version;
    row.invitation.version = expected.next();
    if store::author::update(db, row, token_hash, expected)
        .await
        .fault()?
    {
        return Ok(());
    }
    Err(Error::Conflict(contract::Conflict {
        expected,
        current: row.invitation.version,
    }))
}

/// Refuses an act made from another version than the stored one.
pub(super) fn same_version(row: &InvitationRow, expected: Version) -> Result<()> {
    let current = row.invitation.version;
    if current == expected {
        return Ok(());
    }
    Err(Error::Conflict(contract::Conflict { expected, current }))
}

/// A refusal as an answer.
pub(super) fn refusal(problem: InvitationProblem) -> Error {
    Violation::from(problem).into()
}
