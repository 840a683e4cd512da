//! The message of an invitation to be a co-author.

use rules::id::{EntryId, UserId};
use rules::message::{MessageBody, mail_address};
use rules::time::Timestamp;

use super::compose::{Draft, Reader};

/// What an invitation's message needs to know of it.
#[derive(Clone, Debug)]
pub struct Invited {
    pub entry: EntryId,
    /// The account invited, where it was chosen from the directory.
    pub person: Option<UserId>,
    /// The address typed; also used where the account has none.
    pub address: Option<String>,
    /// Full name of who invites.
    pub inviter: String,
    pub title: String,
    /// Secret of the link `/invitations/{token}`.
    pub token: String,
    pub expires_at: Timestamp,
}

/// The message of an invitation, told by event number `seq`. The event names the invitation by id only: whoever reads
/// the ledger loads the row and hands its facts over here. `None` for somebody with neither account nor address.
pub fn invitation(seq: i64, at: Timestamp, invited: &Invited) -> Option<Draft> {
    let address = invited.address.as_deref().and_then(mail_address);
    let reader = match invited.person {
        Some(person) => Reader::Person(person, address),
        None => Reader::Address(address?),
    };
    Some(Draft {
        reader,
        once: format!("{seq}:{}", invited.entry),
        entry: Some(invited.entry),
        body: MessageBody::Invitation {
            title: invited.title.clone(),
            inviter: invited.inviter.clone(),
            token: invited.token.clone(),
            expires_at: invited.expires_at,
        },
        at,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_invitation_goes_to_the_account_or_else_to_the_address() {
        let at = chrono::DateTime::UNIX_EPOCH;
        let invited = Invited {
            entry: EntryId(Uuid::nil()),
            person: None,
            address: Some("Dong.Tac.Gia@vi-du.vn".into()),
            inviter: "Nguyễn Tác Giả".into(),
            title: "Giải pháp".into(),
            token: "t0".into(),
            expires_at: at,
        };
        let by_mail = invitation(7, at, &invited).expect("a message");
        assert_eq!(by_mail.reader, Reader::Address("dong.tac.gia@vi-du.vn".into()));
        assert_eq!(by_mail.body.page("kt", by_mail.entry, false), "/invitations/t0");
        let person = UserId(Uuid::max());
        let known = Invited {
            person: Some(person),
            ..invited.clone()
        };
        let in_site = invitation(7, at, &known).expect("a message").reader;
        assert_eq!(
            in_site,
            Reader::Person(person, Some("dong.tac.gia@vi-du.vn".into()))
        );
        let nobody = Invited {
            address: Some("0912 345 678".into()),
            ..invited
        };
        assert_eq!(invitation(7, at, &nobody), None);
    }
}
