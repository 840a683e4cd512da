//! One person's messages.

use rules::id::{ContestId, EntryId, MessageId, UserId};
use rules::message::{DeliveryState, MessageBody};
use rules::text::Locale;
use rules::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entity::{delivery, message, person};
use crate::error::Result;
use crate::value::{from_json, from_word, micros, word};

/// A message as its reader has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxRow {
    pub id: MessageId,
    pub contest: ContestId,
    pub entry: Option<EntryId>,
    pub body: MessageBody,
    pub at: Timestamp,
    pub read: bool,
}

/// The mail of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailRow {
    pub message: MessageId,
    pub state: DeliveryState,
    pub sent_at: Option<Timestamp>,
}

/// A page of a person's messages, newest first, and how many there are in all.
pub async fn inbox(
    db: &impl ConnectionTrait,
    reader: UserId,
    unread_only: bool,
    offset: u64,
    limit: u64,
) -> Result<(Vec<InboxRow>, u64)> {
    let mut select = message::Entity::find().filter(message::Column::PersonId.eq(reader.uuid()));
    if unread_only {
        select = select.filter(message::Column::ReadAt.is_null());
    }
    let total = select.clone().count(db).await?;
    let rows = select
        .order_by_desc(message::Column::At)
        .order_by_desc(message::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(db)
        .await?;
    let rows = rows.into_iter().map(row_of).collect::<Result<_>>()?;
    Ok((rows, total))
}

/// How many messages a person has not read.
pub async fn unread(db: &impl ConnectionTrait, reader: UserId) -> Result<u64> {
    Ok(message::Entity::find()
        .filter(message::Column::PersonId.eq(reader.uuid()))
        .filter(message::Column::ReadAt.is_null())
        .count(db)
        .await?)
}

/// Marks one message of a person read, or (`None`) every one written until then.
pub async fn mark_read(
    db: &impl ConnectionTrait,
    reader: UserId,
    one: Option<MessageId>,
    until: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let mut update = message::Entity::update_many()
        .col_expr(message::Column::ReadAt, Expr::value(micros(now)))
        .filter(message::Column::PersonId.eq(reader.uuid()))
        .filter(message::Column::ReadAt.is_null());
    update = match one {
        Some(id) => update.filter(message::Column::Id.eq(id.uuid())),
        None => update.filter(message::Column::CreatedAt.lte(micros(until))),
    };
    update.exec(db).await?;
    Ok(())
}

/// The mails of these messages.
pub async fn mails_of(db: &impl ConnectionTrait, messages: &[MessageId]) -> Result<Vec<MailRow>> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let rows = delivery::Entity::find()
        .select_only()
        .columns([
            delivery::Column::MessageId,
            delivery::Column::State,
            delivery::Column::SentAt,
        ])
        .filter(delivery::Column::MessageId.is_in(messages.iter().map(|id| id.uuid())))
        .into_tuple::<(Uuid, String, Option<Timestamp>)>()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(message, state, sent_at)| {
            Ok(MailRow {
                message: MessageId(message),
                state: from_word("delivery state", &state)?,
                sent_at,
            })
        })
        .collect()
}

/// The language a person is written to in; Vietnamese for somebody unknown.
pub async fn language(db: &impl ConnectionTrait, reader: UserId) -> Result<Locale> {
    let stored = person::Entity::find_by_id(reader.uuid())
        .select_only()
        .column(person::Column::Language)
        .into_tuple::<String>()
        .one(db)
        .await?;
    stored.map_or(Ok(Locale::Vi), |stored| from_word("language", &stored))
}

/// Sets the language a person is written to in.
pub async fn set_language(db: &impl ConnectionTrait, reader: UserId, language: Locale) -> Result<()> {
    person::Entity::update_many()
        .col_expr(person::Column::Language, Expr::value(word(&language)))
        .filter(Expr::col(person::Column::Id).eq(reader.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

fn row_of(row: message::Model) -> Result<InboxRow> {
    Ok(InboxRow {
        id: MessageId(row.id),
        contest: ContestId(row.contest_id),
        entry: row.entry_id.map(EntryId),
        body: from_json("message body", row.body)?,
        at: row.at,
        read: row.read_at.is_some(),
    })
}
