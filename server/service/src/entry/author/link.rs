//! The link in an invitation's mail. Its secret is derived from the installation's own and stored only as a hash, so
//! neither the ledger nor a copy of the database opens an invitation; each sending has a secret of its own.

use contract::Result;
use rules::entry::{Invitation, InvitationState};
use rules::id::{ContestId, EntryId, InvitationId};
use rules::time::{Timestamp, Zone};

use crate::ctx::Ctx;
use crate::error::Fault;
use crate::secret::stored_hash;

/// What the mail of an invitation is written from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationMail {
    pub contest: ContestId,
    pub entry: EntryId,
    pub contest_name: String,
    /// May be empty.
    pub title: String,
    pub inviter: String,
    /// Whom the mail addresses.
    pub full_name: String,
    /// The account invited, for the message inside the product.
    pub person: Option<rules::id::UserId>,
    /// Where the mail goes; `None` for an account without an address.
    pub email: Option<String>,
    /// Path of the page that takes the answer, with the link's secret.
    pub path: String,
    pub expires_at: Timestamp,
    pub zone: Zone,
}

/// The mail of an invitation; `None` where nothing is to be sent any more: it was answered, taken back or ran out.
///
/// # Errors
/// `Internal`.
pub async fn invitation_mail(ctx: &Ctx, id: InvitationId) -> Result<Option<InvitationMail>> {
    let db = ctx.store.read();
    let Some(row) = store::author::invitation(db, id).await.fault()? else {
        return Ok(None);
    };
    let Some(entry) = store::entry::find(db, row.entry).await.fault()? else {
        return Ok(None);
    };
    let Some(contest) = store::contest::by_id(db, entry.contest).await.fault()? else {
        return Ok(None);
    };
    let it = &row.invitation;
    if it.state != InvitationState::Waiting || contest.now(ctx.now()) > it.expires_at {
        return Ok(None);
    }
    let people = [Some(row.invited_by), it.person].into_iter().flatten();
    let people = store::account::people_by_ids(db, people).await.fault()?;
    let find = |id| people.iter().find(|person| Some(person.id) == id);
    let email = it
        .email
        .clone()
        .or_else(|| find(it.person).and_then(|person| person.email.clone()));
    Ok(Some(InvitationMail {
        contest: contest.id,
        entry: entry.id,
        title: entry.content.title,
        inviter: find(Some(row.invited_by))
            .map(|person| person.full_name.clone())
            .unwrap_or_default(),
        full_name: it.full_name.clone(),
        person: it.person,
        email,
        path: format!("/invitations/{}", token(ctx, it).await?),
        expires_at: it.expires_at,
        zone: contest.setup.timetable.zone.clone(),
        contest_name: contest.name,
    }))
}

/// The secret of an invitation's last sending.
pub(super) async fn token(ctx: &Ctx, invitation: &Invitation) -> Result<String> {
    let (id, sending) = (invitation.id.uuid(), invitation.sendings.to_be_bytes());
    ctx.derived_secret("invitation", &[id.as_bytes(), &sending]).await
}

/// What is stored of it.
pub(super) async fn token_hash(ctx: &Ctx, invitation: &Invitation) -> Result<String> {
    Ok(stored_hash(&token(ctx, invitation).await?))
}
