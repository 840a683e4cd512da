//! The message of an invitation to be a co-author.

use rules::id::InvitationId;
use rules::message::MessageBody;
use rules::time::Timestamp;

use super::compose::{Draft, Reader};
use crate::entry::InvitationMail;

/// The message of an invitation, told by event number `seq`. The link's secret is not in it: it is derived anew when
/// the mail is written. `None` for somebody with neither account nor address.
pub(super) fn invitation(seq: i64, at: Timestamp, id: InvitationId, mail: &InvitationMail) -> Option<Draft> {
    let reader = match mail.person {
        Some(person) => Reader::Person(person, mail.email.clone()),
        None => Reader::Address(mail.email.clone()?),
    };
    Some(Draft {
        reader,
        once: format!("{seq}:{}", mail.entry),
        entry: Some(mail.entry),
        body: MessageBody::Invitation {
            invitation: id,
            title: mail.title.clone(),
            inviter: mail.inviter.clone(),
            expires_at: mail.expires_at,
        },
        at,
    })
}
