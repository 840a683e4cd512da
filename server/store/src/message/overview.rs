//! What became of a contest's messages, for its organiser.

use rules::id::{ContestId, DeliveryId, EntryId, UserId};
use rules::message::{DeliveryState, MailFailure, MessageKind};
use rules::time::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Select,
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

/// A mail that has not gone out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    pub id: DeliveryId,
    pub kind: MessageKind,
    pub address: String,
    pub reader: Option<UserId>,
    pub entry: Option<EntryId>,
    pub state: DeliveryState,
    pub attempts: u32,
    pub next_attempt_at: Timestamp,
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

/// A page of the contest's mails that failed, those given up first, and how many there are in all.
pub async fn undelivered(
    db: &impl ConnectionTrait,
    contest: ContestId,
    offset: u64,
    limit: u64,
) -> Result<(Vec<Undelivered>, u64)> {
    let select = message::Entity::find()
        .join(JoinType::InnerJoin, to_delivery())
        .filter(message::Column::ContestId.eq(contest.uuid()))
        .filter(delivery::Column::State.is_in([word(&DeliveryState::Failed), word(&DeliveryState::GivenUp)]));
    let total = select.clone().count(db).await?;
    let rows = lines(select)
        .order_by_desc(delivery::Column::State)
        .order_by_asc(delivery::Column::Id)
        .offset(offset)
        .limit(limit)
        .into_model::<Line>()
        .all(db)
        .await?;
    let rows = rows.into_iter().map(Line::read).collect::<Result<_>>()?;
    Ok((rows, total))
}

fn lines(select: Select<message::Entity>) -> Select<message::Entity> {
    select
        .select_only()
        .column_as(delivery::Column::Id, "id")
        .columns([
            message::Column::Kind,
            message::Column::PersonId,
            message::Column::EntryId,
        ])
        .columns([
            delivery::Column::State,
            delivery::Column::Attempts,
            delivery::Column::NextAttemptAt,
            delivery::Column::Failure,
        ])
        .column_as(delivery::Column::Address, "mail_to")
}

fn to_delivery() -> RelationDef {
    message::Entity::belongs_to(delivery::Entity)
        .from(message::Column::Id)
        .to(delivery::Column::MessageId)
        .into()
}

#[derive(FromQueryResult)]
struct Line {
    id: Uuid,
    kind: String,
    mail_to: String,
    person_id: Option<Uuid>,
    entry_id: Option<Uuid>,
    state: String,
    attempts: i64,
    next_attempt_at: Timestamp,
    failure: Option<String>,
}

impl Line {
    fn read(self) -> Result<Undelivered> {
        Ok(Undelivered {
            id: DeliveryId(self.id),
            kind: from_word("message kind", &self.kind)?,
            address: self.mail_to,
            reader: self.person_id.map(UserId),
            entry: self.entry_id.map(EntryId),
            state: from_word("delivery state", &self.state)?,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            next_attempt_at: self.next_attempt_at,
            failure: self
                .failure
                .map(|failure| from_word("mail failure", &failure))
                .transpose()?,
        })
    }
}
