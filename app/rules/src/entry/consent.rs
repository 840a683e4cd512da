//! Whether co-authors agreed to be authors: invitations, and what follows from them.
//!
//! An invitation belongs to an entry and to one person of the directory or one e-mail address. Who is an author stands
//! in the entry's content; whether they agreed stands in the invitation that fits the author. Taking an author out and
//! putting them back therefore needs no second invitation, and an invitation whose author was taken out opens nothing.

use serde::{Deserialize, Serialize};

use super::identity::{email_of, is_same_person};
use super::{Author, EntryContent, EntryField, EntryGap, EntryProblem};
use crate::contest::{CoAuthorConsent, Eligibility};
use crate::id::{InvitationId, UserId, Version};
use crate::time::Timestamp;

/// Days an invitation can be answered, unless the deadline to submit comes first.
pub const INVITATION_DAYS: i64 = 14;
/// Minutes between two sendings of one invitation.
pub const RESEND_AFTER_MINUTES: i64 = 10;
/// Sendings of one invitation at most.
pub const SENDINGS_MAX: u32 = 10;

/// What became of an invitation. Running out is no state of its own: it follows from the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    Waiting,
    Accepted,
    Declined,
    /// Taken back by the authors.
    Withdrawn,
}

/// An invitation as the entry's authors see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub id: InvitationId,
    pub version: Version,
    /// The account invited; `None` for an e-mail address that belongs to none.
    pub person: Option<UserId>,
    /// Lower case; `None` for people of the directory.
    pub email: Option<String>,
    pub full_name: String,
    pub state: InvitationState,
    /// How often it was sent, from 1.
    pub sendings: u32,
    pub sent_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// The last instant to answer.
    pub expires_at: Timestamp,
}

/// Where one author stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "consent", rename_all = "snake_case")]
pub enum Consent {
    /// Began the entry, or the contest asks nobody.
    NotAsked,
    /// Nobody has invited this author yet, or the invitation was taken back.
    NotInvited,
    /// Neither an account nor an e-mail address to send an invitation to.
    NoAddress,
    Waiting {
        until: Timestamp,
    },
    Expired {
        at: Timestamp,
    },
    Declined {
        at: Timestamp,
    },
    Accepted {
        at: Timestamp,
    },
}

impl Consent {
    /// Whether the author counts as one who agreed.
    pub fn is_given(self) -> bool {
        matches!(self, Consent::NotAsked | Consent::Accepted { .. })
    }

    /// Whether sending an invitation, for the first time or again, is the next thing to do.
    pub fn can_invite(self) -> bool {
        matches!(
            self,
            Consent::NotInvited
                | Consent::Waiting { .. }
                | Consent::Expired { .. }
                | Consent::Declined { .. }
        )
    }
}

/// Why an invitation is not sent, taken back or answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum InvitationProblem {
    /// The contest takes entries of single authors only.
    #[error("groups are not allowed")]
    GroupNotAllowed,
    #[error("the group has {max} authors already")]
    GroupFull { max: u32 },
    /// The contest does not ask co-authors.
    #[error("nobody needs to be invited")]
    NotNeeded,
    #[error("they have accepted already")]
    AlreadyAccepted { full_name: String },
    /// An account that is an author of the entry already.
    #[error("already an author of the entry")]
    AlreadyAuthor,
    /// Sent a moment ago.
    #[error("sent less than {minutes} minutes ago")]
    TooSoon { minutes: i64 },
    #[error("sent {max} times already")]
    TooOften { max: u32 },
    /// It was sent to another account.
    #[error("the invitation is somebody else's")]
    SomebodyElse,
    #[error("answered already")]
    Answered,
    #[error("taken back")]
    Withdrawn,
    #[error("run out")]
    Expired,
    /// The entry has been submitted or withdrawn, or the contest takes no entries any more.
    #[error("the entry is closed")]
    Closed,
}

/// What the authors of one entry are asked for, and what they answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consents {
    /// Whether the contest asks co-authors at all.
    pub asked: bool,
    /// Who began the entry and so needs no invitation.
    pub owner: UserId,
    /// Oldest first.
    pub invitations: Vec<Invitation>,
    /// Who signed the paper, where the entry came on paper: they need no invitation.
    #[serde(default)]
    pub signed: Vec<Author>,
}

impl Consents {
    /// Of an entry that `owner` began.
    pub fn new(eligibility: &Eligibility, owner: UserId, invitations: Vec<Invitation>) -> Self {
        Self {
            asked: eligibility.co_author_consent == CoAuthorConsent::Required,
            owner,
            invitations,
            signed: Vec::new(),
        }
    }

    /// Whether an author signed the paper the entry came on.
    fn has_signed(&self, author: &Author) -> bool {
        self.signed.iter().any(|signer| is_same_person(signer, author))
    }

    /// The invitation that fits an author: by account, else by e-mail address. One accepted goes before others, a later
    /// one before an earlier.
    pub fn invitation_of(&self, author: &Author) -> Option<&Invitation> {
        let email = email_of(&author.contact);
        let fits = |invitation: &&Invitation| match author.user {
            Some(user) => invitation.person == Some(user),
            None => invitation.person.is_none() && email.is_some() && invitation.email == email,
        };
        self.invitations
            .iter()
            .filter(fits)
            .max_by_key(|invitation| (invitation.state == InvitationState::Accepted, invitation.id))
    }

    /// Where an author stands at `now`.
    pub fn of(&self, author: &Author, now: Timestamp) -> Consent {
        if !self.asked || author.user == Some(self.owner) || self.has_signed(author) {
            return Consent::NotAsked;
        }
        let Some(invitation) = self.invitation_of(author) else {
            let reachable = author.user.is_some() || email_of(&author.contact).is_some();
            return if reachable {
                Consent::NotInvited
            } else {
                Consent::NoAddress
            };
        };
        let answered = invitation.answered_at.unwrap_or(invitation.sent_at);
        match invitation.state {
            InvitationState::Accepted => Consent::Accepted { at: answered },
            InvitationState::Declined => Consent::Declined { at: answered },
            InvitationState::Withdrawn => Consent::NotInvited,
            InvitationState::Waiting if now > invitation.expires_at => Consent::Expired {
                at: invitation.expires_at,
            },
            InvitationState::Waiting => Consent::Waiting {
                until: invitation.expires_at,
            },
        }
    }

    /// Whether `user`, who stands in the entry as an author, counts as one: they began it, agreed, or are not asked.
    pub fn admits(&self, user: UserId) -> bool {
        !self.asked
            || user == self.owner
            || self.signed.iter().any(|signer| signer.user == Some(user))
            || self.invitations.iter().any(|invitation| {
                invitation.person == Some(user) && invitation.state == InvitationState::Accepted
            })
    }

    /// Authors who have not agreed, each with the reason: nothing is submitted in somebody's name without them.
    pub fn gaps(&self, content: &EntryContent, now: Timestamp) -> Vec<EntryGap> {
        let authors = content.authors.iter().enumerate();
        authors
            .map(|(index, author)| (index, author, self.of(author, now)))
            .filter(|(_, _, consent)| !consent.is_given())
            .map(|(index, author, consent)| EntryGap {
                field: EntryField::AuthorConsent(index),
                problem: EntryProblem::NotAgreed {
                    full_name: author.full_name.clone(),
                    consent,
                },
            })
            .collect()
    }
}

/// Until when an invitation sent at `now` can be answered: two weeks, but never past the deadline to submit.
pub fn invitation_expires(now: Timestamp, deadline: Option<Timestamp>) -> Timestamp {
    let end = now + chrono::Duration::days(INVITATION_DAYS);
    deadline.map_or(end, |deadline| deadline.min(end))
}

/// Whether an invitation may be sent (again) at `now`. `before` is the one the same author has already.
///
/// # Errors
/// [`InvitationProblem`].
pub fn may_send(before: Option<&Invitation>, now: Timestamp) -> Result<(), InvitationProblem> {
    let Some(before) = before else { return Ok(()) };
    if before.state == InvitationState::Accepted {
        return Err(InvitationProblem::AlreadyAccepted {
            full_name: before.full_name.clone(),
        });
    }
    if before.sendings >= SENDINGS_MAX {
        return Err(InvitationProblem::TooOften { max: SENDINGS_MAX });
    }
    let again = before.sent_at + chrono::Duration::minutes(RESEND_AFTER_MINUTES);
    if before.state == InvitationState::Waiting && now < again {
        return Err(InvitationProblem::TooSoon {
            minutes: RESEND_AFTER_MINUTES,
        });
    }
    Ok(())
}

/// Whether one more author fits into the entry, and the contest asks for invitations at all.
///
/// # Errors
/// [`InvitationProblem`].
pub fn may_add(content: &EntryContent, rules: &Eligibility) -> Result<(), InvitationProblem> {
    if !rules.groups {
        return Err(InvitationProblem::GroupNotAllowed);
    }
    if rules.group_max != 0 && content.authors.len() >= rules.group_max as usize {
        return Err(InvitationProblem::GroupFull { max: rules.group_max });
    }
    Ok(())
}

/// Whether an invitation can be answered at `now`. `listed` says whether its author still stands in the entry, `open`
/// whether the entry is still being written.
///
/// # Errors
/// [`InvitationProblem`].
pub fn may_answer(
    state: InvitationState,
    expires_at: Timestamp,
    listed: bool,
    open: bool,
    now: Timestamp,
) -> Result<(), InvitationProblem> {
    match state {
        InvitationState::Accepted | InvitationState::Declined => Err(InvitationProblem::Answered),
        InvitationState::Withdrawn => Err(InvitationProblem::Withdrawn),
        InvitationState::Waiting if !listed => Err(InvitationProblem::Withdrawn),
        InvitationState::Waiting if !open => Err(InvitationProblem::Closed),
        InvitationState::Waiting if now > expires_at => Err(InvitationProblem::Expired),
        InvitationState::Waiting => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::points::Points;

    fn at(hour: i64) -> Timestamp {
        chrono::DateTime::UNIX_EPOCH + chrono::Duration::hours(hour)
    }

    fn user(n: u128) -> UserId {
        UserId(Uuid::from_u128(n))
    }

    fn author(user: Option<UserId>, contact: &str) -> Author {
        Author {
            user,
            full_name: "Nguyễn Văn An".into(),
            unit: None,
            unit_name: String::new(),
            position: String::new(),
            contact: contact.into(),
            share: Points::whole(50),
            lead: false,
        }
    }

    fn invitation(
        n: u128,
        person: Option<UserId>,
        email: Option<&str>,
        state: InvitationState,
    ) -> Invitation {
        Invitation {
            id: InvitationId(Uuid::from_u128(n)),
            version: Version::FIRST,
            person,
            email: email.map(str::to_owned),
            full_name: "Nguyễn Văn An".into(),
            state,
            sendings: 1,
            sent_at: at(0),
            answered_at: (state != InvitationState::Waiting).then_some(at(2)),
            expires_at: at(10),
        }
    }

    fn consents(invitations: Vec<Invitation>) -> Consents {
        Consents::new(&Eligibility::default(), user(1), invitations)
    }

    #[test]
    fn each_author_stands_where_their_own_invitation_says() {
        use InvitationState::*;
        let all = consents(vec![
            invitation(1, Some(user(2)), None, Accepted),
            invitation(2, None, Some("an@xa.vn"), Waiting),
            invitation(3, Some(user(3)), None, Declined),
            invitation(4, Some(user(4)), None, Withdrawn),
        ]);
        let of = |user, contact| all.of(&author(user, contact), at(5));
        assert_eq!(
            of(Some(user(1)), ""),
            Consent::NotAsked,
            "who began it is not asked"
        );
        assert_eq!(of(Some(user(2)), ""), Consent::Accepted { at: at(2) });
        assert_eq!(of(None, " AN@xa.vn "), Consent::Waiting { until: at(10) });
        assert_eq!(
            of(Some(user(3)), "an@xa.vn"),
            Consent::Declined { at: at(2) },
            "the account decides"
        );
        assert_eq!(of(Some(user(4)), ""), Consent::NotInvited);
        assert_eq!(of(Some(user(5)), ""), Consent::NotInvited);
        assert_eq!(of(None, "0912345678"), Consent::NoAddress);
        assert_eq!(
            all.of(&author(None, "an@xa.vn"), at(11)),
            Consent::Expired { at: at(10) }
        );
        assert!(all.admits(user(1)) && all.admits(user(2)) && !all.admits(user(3)) && !all.admits(user(5)));
    }

    #[test]
    fn nothing_is_submitted_in_the_name_of_somebody_who_has_not_agreed() {
        let content = EntryContent {
            authors: vec![
                author(Some(user(1)), ""),
                author(Some(user(2)), ""),
                author(None, ""),
            ],
            ..EntryContent::default()
        };
        let asked = consents(vec![invitation(1, Some(user(2)), None, InvitationState::Waiting)]);
        let gaps = asked.gaps(&content, at(1));
        let fields: Vec<_> = gaps.iter().map(|gap| gap.field.clone()).collect();
        assert_eq!(
            fields,
            [EntryField::AuthorConsent(1), EntryField::AuthorConsent(2)]
        );
        let accepted = consents(vec![invitation(
            1,
            Some(user(2)),
            None,
            InvitationState::Accepted,
        )]);
        assert_eq!(accepted.gaps(&content, at(1)).len(), 1);
        let not_asked = Consents {
            asked: false,
            ..asked
        };
        assert_eq!(not_asked.gaps(&content, at(1)), []);
        assert!(not_asked.admits(user(9)));
    }

    #[test]
    fn a_later_invitation_counts_but_an_accepted_one_goes_before_it() {
        use InvitationState::*;
        let later = consents(vec![
            invitation(1, Some(user(2)), None, Declined),
            invitation(2, Some(user(2)), None, Waiting),
        ]);
        assert_eq!(
            later.of(&author(Some(user(2)), ""), at(1)),
            Consent::Waiting { until: at(10) }
        );
        let accepted = consents(vec![
            invitation(1, Some(user(2)), None, Accepted),
            invitation(2, Some(user(2)), None, Waiting),
        ]);
        assert!(accepted.of(&author(Some(user(2)), ""), at(1)).is_given());
    }

    #[test]
    fn an_invitation_ends_after_two_weeks_or_with_the_deadline() {
        assert_eq!(invitation_expires(at(0), None), at(14 * 24));
        assert_eq!(invitation_expires(at(0), Some(at(24))), at(24));
        assert_eq!(invitation_expires(at(0), Some(at(999))), at(14 * 24));
    }

    #[test]
    fn sending_again_waits_a_little_and_ends_somewhere() {
        let sent = invitation(1, None, Some("an@xa.vn"), InvitationState::Waiting);
        assert_eq!(may_send(None, at(0)), Ok(()));
        assert_eq!(
            may_send(Some(&sent), at(0)),
            Err(InvitationProblem::TooSoon { minutes: 10 })
        );
        assert_eq!(may_send(Some(&sent), at(1)), Ok(()));
        let often = Invitation {
            sendings: SENDINGS_MAX,
            ..sent.clone()
        };
        assert_eq!(
            may_send(Some(&often), at(1)),
            Err(InvitationProblem::TooOften { max: SENDINGS_MAX })
        );
        let declined = Invitation {
            state: InvitationState::Declined,
            ..sent.clone()
        };
        assert_eq!(
            may_send(Some(&declined), at(0)),
            Ok(()),
            "another try after a refusal"
        );
        let accepted = Invitation {
            state: InvitationState::Accepted,
            ..sent
        };
        assert!(matches!(
            may_send(Some(&accepted), at(9)),
            Err(InvitationProblem::AlreadyAccepted { .. })
        ));
    }

    #[test]
    fn only_an_open_invitation_of_an_open_entry_is_answered() {
        use InvitationState::*;
        let answer = |state, listed, open, now| may_answer(state, at(10), listed, open, at(now));
        assert_eq!(
            answer(Waiting, true, true, 10),
            Ok(()),
            "the last instant is in time"
        );
        assert_eq!(answer(Waiting, true, true, 11), Err(InvitationProblem::Expired));
        assert_eq!(answer(Waiting, false, true, 1), Err(InvitationProblem::Withdrawn));
        assert_eq!(answer(Waiting, true, false, 1), Err(InvitationProblem::Closed));
        assert_eq!(
            answer(Withdrawn, true, true, 1),
            Err(InvitationProblem::Withdrawn)
        );
        assert_eq!(answer(Accepted, true, true, 1), Err(InvitationProblem::Answered));
    }

    #[test]
    fn a_full_group_takes_nobody_more() {
        let content = EntryContent {
            authors: vec![author(None, ""); 5],
            ..EntryContent::default()
        };
        let rules = Eligibility::default();
        assert_eq!(
            may_add(&content, &rules),
            Err(InvitationProblem::GroupFull { max: 5 })
        );
        assert_eq!(may_add(&EntryContent::default(), &rules), Ok(()));
        let single = Eligibility {
            groups: false,
            ..rules
        };
        assert_eq!(
            may_add(&EntryContent::default(), &single),
            Err(InvitationProblem::GroupNotAllowed)
        );
    }
}
