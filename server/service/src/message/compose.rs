//! From events to messages: the readers of each notice, and the facts it tells them.

use std::collections::{BTreeMap, BTreeSet};

use contract::Result;
use rules::account::Role;
use rules::contest::UnitTree;
use rules::entry::{Author, EntryContent};
use rules::event::Event;
use rules::id::{EntryId, InvitationId, UnitId, UserId};
use rules::message::{MessageBody, MessageKind, Notice, Readers, mail_address, notices};
use rules::time::Timestamp;
use store::account::GrantRow;
use store::contest::ContestRow;
use store::entry::Entry;
use store::ledger::StoredEvent;
use store::message::NewMessage;

use super::invitation::invitation;
use crate::ctx::Ctx;
use crate::entry::InvitationMail;
use crate::entry::case::unit_tree;
use crate::error::Fault;

/// Rows read at once.
pub(super) const CHUNK: usize = 500;

/// Somebody a message is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// With an account; the address typed beside the name is used where the account has none.
    Person(UserId, Option<String>),
    /// Known by address only.
    Address(String),
}

/// A message before its mail is addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub reader: Reader,
    /// What makes it this message, kind and reader aside.
    pub once: String,
    pub entry: Option<EntryId>,
    pub body: MessageBody,
    /// When it happened, on the contest's own clock.
    pub at: Timestamp,
}

/// Messages of these events of a contest. What they say of an entry is what was submitted, not what its authors have
/// typed since.
pub(super) async fn compose(ctx: &Ctx, contest: &ContestRow, events: &[StoredEvent]) -> Result<Vec<Draft>> {
    let screening = contest.setup.eligibility.unit_screening;
    let told: Vec<(&StoredEvent, Notice)> = events
        .iter()
        .flat_map(|event| {
            notices(&event.event, screening)
                .into_iter()
                .map(move |notice| (event, notice))
        })
        .collect();
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let known = Known::load(ctx, contest, &told).await?;
    let mut drafts = Vec::new();
    for (event, notice) in told {
        match notice.to {
            Readers::AuthorsOf(entry) => drafts.extend(known.to_authors(event, notice.kind, entry)),
            Readers::Invitee(id) => {
                let mail = known.invitations.get(&id);
                drafts.extend(mail.and_then(|mail| invitation(event.seq, event.at, id, mail)));
            }
            Readers::CoordinatorsOf { unit, entry } => {
                drafts.extend(known.to_coordinators(event, notice.kind, unit, entry));
            }
            Readers::AuthorsOfContest => {
                for entry in known.entries.keys().filter(|entry| known.takes_part(**entry)) {
                    drafts.extend(known.to_authors(event, notice.kind, *entry));
                }
            }
        }
    }
    Ok(drafts)
}

/// Gives messages their ids and, where `mailing`, the address of their mail.
pub(super) async fn address(
    ctx: &Ctx,
    contest: &ContestRow,
    drafts: Vec<Draft>,
    mailing: bool,
) -> Result<Vec<NewMessage>> {
    let people: BTreeSet<UserId> = drafts
        .iter()
        .filter_map(|draft| match draft.reader {
            Reader::Person(user, _) => Some(user),
            Reader::Address(_) => None,
        })
        .collect();
    let mut addresses: BTreeMap<UserId, Option<String>> = BTreeMap::new();
    let people: Vec<UserId> = people.into_iter().collect();
    for part in people.chunks(CHUNK) {
        let rows = store::account::people_by_ids(ctx.store.read(), part.iter().copied())
            .await
            .fault()?;
        addresses.extend(rows.into_iter().map(|row| (row.id, row.email)));
    }
    let mut messages = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let (person, only_address, mail, reader) = match draft.reader {
            // an account that is gone gets nothing
            Reader::Person(user, typed) => match addresses.get(&user) {
                Some(own) => (Some(user), None, own.clone().or(typed), user.to_string()),
                None => continue,
            },
            Reader::Address(address) => (None, Some(address.clone()), Some(address.clone()), address),
        };
        messages.push(NewMessage {
            id: ctx.id(),
            contest: contest.id,
            once: format!("{}:{}:{reader}", draft.once, draft.body.kind().slug()),
            person,
            address: only_address,
            entry: draft.entry,
            body: draft.body,
            at: draft.at,
            mail: mail.filter(|_| mailing).map(|address| (ctx.ids.id(), address)),
        });
    }
    Ok(messages)
}

/// Coordinators of a unit in a contest, those of units above it included (S4: A-16).
pub(super) fn coordinators<'a>(
    grants: &'a [GrantRow],
    tree: &'a UnitTree,
    unit: UnitId,
) -> impl Iterator<Item = UserId> + 'a {
    let people: BTreeSet<UserId> = grants
        .iter()
        .filter(|row| row.grant.role == Role::UnitCoordinator)
        .filter(|row| row.grant.unit.is_some_and(|above| tree.is_within(unit, above)))
        .map(|row| row.person)
        .collect();
    people.into_iter()
}

/// What the messages of a batch of events are made from.
struct Known<'a> {
    contest: &'a ContestRow,
    entries: BTreeMap<EntryId, Entry>,
    /// Content of entries their authors are editing, as last submitted.
    submitted: BTreeMap<EntryId, EntryContent>,
    /// Invitations still to be answered.
    invitations: BTreeMap<InvitationId, InvitationMail>,
    tree: UnitTree,
    grants: Vec<GrantRow>,
}

impl<'a> Known<'a> {
    async fn load(ctx: &Ctx, contest: &'a ContestRow, told: &[(&StoredEvent, Notice)]) -> Result<Self> {
        let db = ctx.store.read();
        let mut wanted: BTreeSet<EntryId> = BTreeSet::new();
        let mut invitations = BTreeMap::new();
        for (_, notice) in told {
            match notice.to {
                Readers::AuthorsOf(entry) | Readers::CoordinatorsOf { entry, .. } => {
                    wanted.insert(entry);
                }
                Readers::Invitee(id) => {
                    if let Some(mail) = crate::entry::invitation_mail(ctx, id).await? {
                        invitations.insert(id, mail);
                    }
                }
                Readers::AuthorsOfContest => {
                    let received = rules::entry::EntryState::ALL
                        .into_iter()
                        .filter(|state| state.is_received());
                    let states: Vec<_> = received.collect();
                    wanted.extend(
                        store::results::entries_in(db, contest.id, &states)
                            .await
                            .fault()?,
                    );
                }
            }
        }
        let wanted: Vec<EntryId> = wanted.into_iter().collect();
        let mut entries = BTreeMap::new();
        for part in wanted.chunks(CHUNK) {
            let rows = store::entry::find_all(db, part).await.fault()?;
            entries.extend(rows.into_iter().map(|entry| (entry.id, entry)));
        }
        let mut submitted = BTreeMap::new();
        for entry in entries.values().filter(|entry| entry.state.is_editable()) {
            if let Some(row) = store::entry::revision(db, entry.id, entry.revision)
                .await
                .fault()?
            {
                submitted.insert(entry.id, row.content);
            }
        }
        let to_units = told
            .iter()
            .any(|(_, notice)| matches!(notice.to, Readers::CoordinatorsOf { .. }));
        let grants = if to_units {
            store::account::grants_in(db, contest.id).await.fault()?
        } else {
            Vec::new()
        };
        Ok(Self {
            contest,
            entries,
            submitted,
            invitations,
            tree: unit_tree(db).await?,
            grants,
        })
    }

    /// Whether an entry was received and is still in the contest.
    fn takes_part(&self, id: EntryId) -> bool {
        self.entries
            .get(&id)
            .is_some_and(|entry| entry.state.is_received() && entry.revision > 0)
    }

    fn to_authors(&self, event: &StoredEvent, kind: MessageKind, id: EntryId) -> Vec<Draft> {
        let Some(entry) = self.entries.get(&id) else {
            return Vec::new();
        };
        let content = self.submitted.get(&id).unwrap_or(&entry.content);
        let Some(body) = self.body(event, kind, entry, content) else {
            return Vec::new();
        };
        let readers: BTreeSet<Reader> = content.authors.iter().filter_map(reader).collect();
        readers
            .into_iter()
            .map(|reader| Draft {
                reader,
                once: format!("{}:{id}", event.seq),
                entry: Some(id),
                body: body.clone(),
                at: event.at,
            })
            .collect()
    }

    fn to_coordinators(
        &self,
        event: &StoredEvent,
        kind: MessageKind,
        unit: UnitId,
        id: EntryId,
    ) -> Vec<Draft> {
        let Some(entry) = self.entries.get(&id) else {
            return Vec::new();
        };
        let content = self.submitted.get(&id).unwrap_or(&entry.content);
        let Some(body) = self.body(event, kind, entry, content) else {
            return Vec::new();
        };
        coordinators(&self.grants, &self.tree, unit)
            .map(|person| Draft {
                reader: Reader::Person(person, None),
                once: format!("{}:{id}", event.seq),
                entry: Some(id),
                body: body.clone(),
                at: event.at,
            })
            .collect()
    }

    /// The facts of a message about an entry; `None` where the event has none of that kind.
    fn body(
        &self,
        event: &StoredEvent,
        kind: MessageKind,
        entry: &Entry,
        content: &EntryContent,
    ) -> Option<MessageBody> {
        let title = content.title.clone();
        let code = entry.code.clone().unwrap_or_default();
        let unit_name = |unit: Option<UnitId>| {
            unit.and_then(|unit| self.tree.get(unit))
                .map(|node| node.name.clone())
                .unwrap_or_default()
        };
        Some(match (&event.event, kind) {
            (
                Event::EntrySubmitted {
                    code,
                    content_hash,
                    revision,
                    ..
                },
                MessageKind::Receipt,
            ) => MessageBody::Receipt {
                title,
                code: code.clone(),
                content_hash: content_hash.clone(),
                revision: *revision,
            },
            (
                Event::EntrySubmitted {
                    code, unit, revision, ..
                },
                MessageKind::EntryReceived,
            ) => MessageBody::EntryReceived {
                title,
                code: code.clone(),
                unit_name: unit_name(*unit),
                revision: *revision,
            },
            (Event::EntryMoved { reason, due, .. }, MessageKind::Returned) => MessageBody::Returned {
                title,
                code,
                reason: reason.clone().unwrap_or_default(),
                due: *due,
            },
            (Event::EntryMoved { reason, .. }, MessageKind::KeptBack) => MessageBody::KeptBack {
                title,
                code,
                reason: reason.clone().unwrap_or_default(),
            },
            (Event::EntryMoved { unit, .. }, MessageKind::Forwarded) => MessageBody::Forwarded {
                title,
                code,
                unit_name: unit_name(*unit),
            },
            (Event::EntryMoved { .. }, MessageKind::Accepted) => MessageBody::Accepted { title, code },
            (Event::EntryMoved { reason, .. }, MessageKind::Rejected) => MessageBody::Rejected {
                title,
                code,
                reason: reason.clone().unwrap_or_default(),
            },
            (
                Event::DecisionRecorded {
                    number,
                    symbol,
                    issued_on,
                    awards,
                    ..
                },
                MessageKind::ResultPublished,
            ) => {
                let tier = awards.iter().find(|(won, _)| *won == entry.id);
                let tiers = &self.contest.setup.prizes;
                let name = |code: &String| {
                    tiers
                        .iter()
                        .find(|tier| tier.code == *code)
                        .map(|tier| tier.name.clone())
                };
                MessageBody::ResultPublished {
                    title,
                    code,
                    prize: tier.and_then(|(_, tier)| name(tier)),
                    decision: format!("{number}/{symbol}"),
                    issued_on: *issued_on,
                }
            }
            _ => return None,
        })
    }
}

/// How an author is reached; `None` for one with neither account nor address.
pub(super) fn reader(author: &Author) -> Option<Reader> {
    let typed = mail_address(&author.contact);
    match author.user {
        Some(user) => Some(Reader::Person(user, typed)),
        None => typed.map(Reader::Address),
    }
}
