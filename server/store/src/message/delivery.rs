//! Mails on their way: taken by one node at a time, tried, tried again.

use rules::id::{ContestId, DeliveryId, EntryId};
use rules::message::{DeliveryState, MailFailure, MessageBody};
use rules::text::Locale;
use rules::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LockBehavior, LockType, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use std::collections::BTreeMap;
use uuid::Uuid;

use crate::entity::{delivery, message, person};
use crate::error::{Error, Result};
use crate::value::{from_json, from_word, micros, word};

/// A mail taken to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    pub id: DeliveryId,
    pub address: String,
    /// Number of this try, from 1.
    pub attempt: u32,
    pub contest: ContestId,
    pub entry: Option<EntryId>,
    pub body: MessageBody,
    pub at: Timestamp,
    /// The reader's language; none for a reader without an account.
    pub language: Option<Locale>,
}

/// Whether a mail is to be tried now; asked before [`claim`], which writes.
pub async fn is_due(db: &impl ConnectionTrait, now: Timestamp) -> Result<bool> {
    let found = due(now)
        .limit(1)
        .select_only()
        .column(delivery::Column::Id)
        .into_tuple::<Uuid>()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Takes up to `limit` mails that are due. Until `lease` nobody else takes them: a node that dies with them leaves them
/// to the others then.
pub async fn claim(
    db: &impl ConnectionTrait,
    now: Timestamp,
    lease: Timestamp,
    limit: u64,
) -> Result<Vec<Claimed>> {
    let chosen = due(now)
        .select_only()
        .column(delivery::Column::Id)
        .order_by_asc(delivery::Column::NextAttemptAt)
        .limit(limit)
        // on PostgreSQL other nodes take other rows; SQLite has one writer and leaves this away
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    let taken = delivery::Entity::update_many()
        .col_expr(delivery::Column::NextAttemptAt, Expr::value(micros(lease)))
        .col_expr(
            delivery::Column::Attempts,
            Expr::col(delivery::Column::Attempts).add(1),
        )
        .filter(delivery::Column::Id.in_subquery(chosen))
        .exec_with_returning(db)
        .await?;
    let messages = message::Entity::find()
        .filter(message::Column::Id.is_in(taken.iter().map(|row| row.message_id)))
        .all(db)
        .await?;
    let people = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Language])
        .filter(person::Column::Id.is_in(messages.iter().filter_map(|row| row.person_id)))
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?;
    let languages: BTreeMap<Uuid, String> = people.into_iter().collect();
    let messages: BTreeMap<Uuid, message::Model> = messages.into_iter().map(|row| (row.id, row)).collect();
    taken
        .into_iter()
        .map(|row| {
            let message = messages.get(&row.message_id).ok_or(Error::Missing("message"))?;
            let language = message.person_id.and_then(|person| languages.get(&person));
            Ok(Claimed {
                id: DeliveryId(row.id),
                address: row.address,
                attempt: u32::try_from(row.attempts).unwrap_or(u32::MAX),
                contest: ContestId(message.contest_id),
                entry: message.entry_id.map(EntryId),
                body: from_json("message body", message.body.clone())?,
                at: message.at,
                language: language
                    .map(|language| from_word("language", language))
                    .transpose()?,
            })
        })
        .collect()
}

/// Notes that the mail server took a mail.
pub async fn gone_out(db: &impl ConnectionTrait, id: DeliveryId, now: Timestamp) -> Result<()> {
    delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(word(&DeliveryState::Sent)))
        .col_expr(delivery::Column::SentAt, Expr::value(micros(now)))
        .col_expr(delivery::Column::Failure, Expr::value(None::<String>))
        .filter(delivery::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes a mail out of the queue that has become pointless; its message stays in the site.
pub async fn not_needed(db: &impl ConnectionTrait, id: DeliveryId) -> Result<()> {
    delivery::Entity::delete_by_id(id.uuid()).exec(db).await?;
    Ok(())
}

/// Notes why try number `attempt` failed and when the next one is; `None` gives up. A try that was taken over by another
/// node meanwhile changes nothing.
pub async fn failed(
    db: &impl ConnectionTrait,
    id: DeliveryId,
    attempt: u32,
    failure: MailFailure,
    next: Option<Timestamp>,
) -> Result<()> {
    let state = if next.is_some() {
        DeliveryState::Failed
    } else {
        DeliveryState::GivenUp
    };
    let mut update = delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(word(&state)))
        .col_expr(delivery::Column::Failure, Expr::value(word(&failure)))
        .filter(delivery::Column::Id.eq(id.uuid()))
        .filter(delivery::Column::Attempts.eq(i64::from(attempt)))
        .filter(delivery::Column::State.ne(word(&DeliveryState::Sent)));
    if let Some(next) = next {
        update = update.col_expr(delivery::Column::NextAttemptAt, Expr::value(micros(next)));
    }
    update.exec(db).await?;
    Ok(())
}

/// Puts one mail of a contest that failed (or was given up) into the queue again, or (`None`) all of them; gives how many.
/// It goes to the address the reader's account has by now; where that has none, to the one it went to.
pub async fn requeue(
    db: &impl ConnectionTrait,
    contest: ContestId,
    one: Option<DeliveryId>,
    now: Timestamp,
) -> Result<u64> {
    let here = Query::select()
        .column(message::Column::Id)
        .from(message::Entity)
        .and_where(message::Column::ContestId.eq(contest.uuid()))
        .to_owned();
    let present = Query::select()
        .column((person::Entity, person::Column::Email))
        .from(message::Entity)
        .inner_join(
            person::Entity,
            Expr::col((person::Entity, person::Column::Id))
                .equals((message::Entity, message::Column::PersonId)),
        )
        .and_where(
            Expr::col((message::Entity, message::Column::Id))
                .equals((delivery::Entity, delivery::Column::MessageId)),
        )
        .to_owned();
    let address = Func::coalesce([
        Expr::from(present),
        Expr::col((delivery::Entity, delivery::Column::Address)),
    ]);
    let mut update = delivery::Entity::update_many()
        .col_expr(delivery::Column::Address, Expr::expr(address))
        .col_expr(delivery::Column::State, Expr::value(word(&DeliveryState::Queued)))
        .col_expr(delivery::Column::Attempts, Expr::value(0_i64))
        .col_expr(delivery::Column::NextAttemptAt, Expr::value(micros(now)))
        .filter(delivery::Column::State.is_in([word(&DeliveryState::Failed), word(&DeliveryState::GivenUp)]))
        .filter(delivery::Column::MessageId.in_subquery(here));
    if let Some(one) = one {
        update = update.filter(delivery::Column::Id.eq(one.uuid()));
    }
    Ok(update.exec(db).await?.rows_affected)
}

fn due(now: Timestamp) -> Select<delivery::Entity> {
    delivery::Entity::find()
        .filter(delivery::Column::State.is_in([word(&DeliveryState::Queued), word(&DeliveryState::Failed)]))
        .filter(delivery::Column::NextAttemptAt.lte(micros(now)))
}
