//! Inviting co-authors from the plain form, on a page without wasm: the step is saved first, then the invitation sent.

use contract::author::{InviteCoAuthor, Invitee, WithdrawInvitation};
use contract::{Error, Services};
use rules::account::Actor;
use rules::entry::Invitation;
use rules::id::{CommandKey, EntryId, Version};

use super::form::{Intent, StepForm};
use crate::judging::fresh_key;

/// What a button asks for besides saving.
pub struct Plan {
    entry: EntryId,
    act: Act,
}

enum Act {
    Invite(Invitee),
    Withdraw(Invitation),
}

/// What the form's button asks for; `None` for a button that invites nobody, or a contest that asks nobody.
///
/// # Errors
/// Those of loading the draft.
pub async fn invitation(services: &Services, actor: &Actor, form: &StepForm) -> Result<Option<Plan>, Error> {
    let intent = Intent::parse(&form.intent);
    if !matches!(
        intent,
        Intent::Pick(_) | Intent::Invite(_) | Intent::Recall(_) | Intent::InviteByEmail
    ) {
        return Ok(None);
    }
    let draft = crate::ssr::answer(services.entry.draft(actor, form.entry).await)?;
    if !draft.consents.asked {
        return Ok(None);
    }
    let typed = |index: usize| form.authors.get(index).map(super::typed::AuthorRow::author);
    let act = match intent {
        Intent::Pick(user) => Some(Act::Invite(Invitee::Person { user })),
        Intent::Invite(index) => typed(index).map(|author| Act::Invite(invitee_of(&author))),
        Intent::Recall(index) => typed(index)
            .and_then(|author| draft.consents.invitation_of(&author).cloned())
            .map(Act::Withdraw),
        _ => Some(Act::Invite(Invitee::Email {
            full_name: form.invite_name.clone(),
            email: form.invite_email.clone(),
        })),
    };
    Ok(act.map(|act| Plan {
        entry: form.entry,
        act,
    }))
}

/// Does it, now that the step is saved with `version`.
///
/// # Errors
/// Those of the service.
pub async fn carry_out(
    services: &Services,
    actor: &Actor,
    plan: Plan,
    version: Version,
) -> Result<(), Error> {
    let key: CommandKey = fresh_key();
    let Plan { entry, act } = plan;
    match act {
        Act::Invite(invitee) => {
            let command = InviteCoAuthor {
                key,
                entry,
                expected: version,
                invitee,
            };
            crate::ssr::answer(services.author.invite(actor, command).await).map(|_| ())
        }
        Act::Withdraw(invitation) => {
            let command = WithdrawInvitation {
                key,
                entry,
                invitation: invitation.id,
                expected: invitation.version,
            };
            crate::ssr::answer(services.author.withdraw_invitation(actor, command).await)
        }
    }
}

/// Whom an author's row invites: the account, else the address typed as contact.
fn invitee_of(author: &rules::entry::Author) -> Invitee {
    match author.user {
        Some(user) => Invitee::Person { user },
        None => Invitee::Email {
            full_name: author.full_name.clone(),
            email: author.contact.clone(),
        },
    }
}
