//! What became of a contest's messages, for its organiser.

use rules::id::{ContestId, DeliveryId, EntryId, UserId};
use rules::message::{DeliveryState, MailFailure, MessageKind, Reach};
use rules::time::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
};
use uuid::Uuid;

use crate::entity::{delivery, message};
use crate::error::Result;
use crate::value::{from_word, word};

/// How many messages of a kind have mails in a state; `None` for those without a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindTally {
    pub kind: MessageKind,
    pub state: Option<DeliveryState>,
    pub count: u64,
    /// Among them those read in the site.
    pub read: u64,
}

/// A message to one reader and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// The mail; none where none was written.
    pub delivery: Option<DeliveryId>,
    pub kind: MessageKind,
    pub reader: Option<UserId>,
    /// The mail's address; without a mail that of a reader without an account.
    pub address: Option<String>,
    pub entry: Option<EntryId>,
    pub at: Timestamp,
    pub state: Option<DeliveryState>,
    pub attempts: u32,
    pub next_attempt_at: Option<Timestamp>,
    pub sent_at: Option<Timestamp>,
    pub failure: Option<MailFailure>,
}

/// Messages of a contest by kind and state of their mail.
pub async fn kinds(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<KindTally>> {
    let rows = message::Entity::find()
        .select_only()
        .column(message::Column::Kind)
        .column(delivery::Column::State)
        .column_as(message::Column::Id.count(), "messages")
        .column_as(message::Column::ReadAt.count(), "seen")
        .join(JoinType::LeftJoin, to_delivery())
        .filter(message::Column::ContestId.eq(contest.uuid()))
        .group_by(message::Column::Kind)
        .group_by(delivery::Column::State)
        .into_tuple::<(String, Option<String>, i64, i64)>()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(kind, state, count, read)| {
            Ok(KindTally {
                kind: from_word("message kind", &kind)?,
                state: state
                    .map(|state| from_word("delivery state", &state))
                    .transpose()?,
                count: u64::try_from(count).unwrap_or_default(),
                read: u64::try_from(read).unwrap_or_default(),
            })
        })
        .collect()
}

/// A page of the contest's messages, newest first; with `reach` only those that have come so far.
pub async fn deliveries(
    db: &impl ConnectionTrait,
    contest: ContestId,
    reach: Option<Reach>,
    offset: u64,
    limit: u64,
) -> Result<Vec<DeliveryRow>> {
    let mut select = message::Entity::find()
        .select_only()
        .columns([
            message::Column::Kind,
            message::Column::PersonId,
            message::Column::EntryId,
            message::Column::At,
        ])
        .columns([
            delivery::Column::State,
            delivery::Column::Attempts,
            delivery::Column::NextAttemptAt,
            delivery::Column::SentAt,
            delivery::Column::Failure,
        ])
        .column_as(delivery::Column::Id, "mail")
        .column_as(delivery::Column::Address, "mail_to")
        .column_as(message::Column::Address, "reader_at")
        .join(JoinType::LeftJoin, to_delivery())
        .filter(message::Column::ContestId.eq(contest.uuid()));
    if let Some(reach) = reach {
        select = select.filter(match reach.mail() {
            Some(state) => delivery::Column::State.eq(word(&state)),
            None => delivery::Column::Id.is_null(),
        });
    }
    let rows = select
        .order_by_desc(message::Column::At)
        .order_by_desc(message::Column::Id)
        .offset(offset)
        .limit(limit)
        .into_model::<Line>()
        .all(db)
        .await?;
    rows.into_iter().map(Line::read).collect()
}

fn to_delivery() -> RelationDef {
    message::Entity::belongs_to(delivery::Entity)
        .from(message::Column::Id)
        .to(delivery::Column::MessageId)
        .into()
}

#[derive(FromQueryResult)]
struct Line {
    mail: Option<Uuid>,
    kind: String,
    person_id: Option<Uuid>,
    mail_to: Option<String>,
    reader_at: Option<String>,
    entry_id: Option<Uuid>,
    at: Timestamp,
    state: Option<String>,
    attempts: Option<i64>,
    next_attempt_at: Option<Timestamp>,
    sent_at: Option<Timestamp>,
    failure: Option<String>,
}

impl Line {
    fn read(self) -> Result<DeliveryRow> {
        Ok(DeliveryRow {
            delivery: self.mail.map(DeliveryId),
            kind: from_word("message kind", &self.kind)?,
            reader: self.person_id.map(UserId),
            address: self.mail_to.or(self.reader_at),
            entry: self.entry_id.map(EntryId),
            at: self.at,
            state: self
                .state
                .map(|state| from_word("delivery state", &state))
                .transpose()?,
            attempts: u32::try_from(self.attempts.unwrap_or_default()).unwrap_or(u32::MAX),
            next_attempt_at: self.next_attempt_at,
            sent_at: self.sent_at,
            failure: self
                .failure
                .map(|failure| from_word("mail failure", &failure))
                .transpose()?,
        })
    }
}
