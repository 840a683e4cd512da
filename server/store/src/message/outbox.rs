//! From ledger to messages: a cursor a contest, moved in the transaction that writes the messages.

use rules::id::{ContestId, EntryId, MessageId, UserId};
use rules::message::{DeliveryState, MessageBody};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::MAIL;
use crate::entity::{contest, delivery, message, outbox_cursor};
use crate::error::Result;
use crate::value::{json, micros, word};

/// Rows of one INSERT; SQLite takes 32,766 parameters.
const ROWS: usize = 500;

/// A message to be stored.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub id: MessageId,
    pub contest: ContestId,
    /// What makes it this message and no second one, e.g. event, kind, reader and entry.
    pub once: String,
    /// The reader; none for one without an account.
    pub person: Option<UserId>,
    /// Address of a reader without an account.
    pub address: Option<String>,
    pub entry: Option<EntryId>,
    pub body: MessageBody,
    /// When it happened, on the contest's own clock.
    pub at: Timestamp,
    /// Where a mail goes to, and the delivery's id; none to keep the message in the site.
    pub mail: Option<(Uuid, String)>,
}

/// Contests whose ledger goes on after the outbox's cursor, with the cursor.
pub async fn behind(db: &impl ConnectionTrait) -> Result<Vec<(ContestId, i64)>> {
    let read = || {
        Func::coalesce([
            Expr::col((outbox_cursor::Entity, outbox_cursor::Column::Seq)),
            Expr::value(0_i64),
        ])
    };
    let rows = contest::Entity::find()
        .select_only()
        .column(contest::Column::Id)
        .column_as(Expr::expr(read()), "read_to")
        .join(
            JoinType::LeftJoin,
            contest::Entity::belongs_to(outbox_cursor::Entity)
                .from(contest::Column::Id)
                .to(outbox_cursor::Column::ContestId)
                .into(),
        )
        .filter(Expr::col((contest::Entity, contest::Column::LastSeq)).gt(Expr::expr(read())))
        .order_by_asc(contest::Column::Id)
        .into_tuple::<(Uuid, i64)>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(contest, seq)| (ContestId(contest), seq))
        .collect())
}

/// Moves a contest's cursor on from `from` to `to`; false where another node did so first, whose messages these are then.
pub async fn advance(db: &impl ConnectionTrait, contest: ContestId, from: i64, to: i64) -> Result<bool> {
    if from == 0 {
        let row = outbox_cursor::ActiveModel {
            contest_id: Set(contest.uuid()),
            seq: Set(to),
        };
        let inserted = outbox_cursor::Entity::insert_many([row])
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
        if inserted == 1 {
            return Ok(true);
        }
    }
    let moved = outbox_cursor::Entity::update_many()
        .col_expr(outbox_cursor::Column::Seq, Expr::value(to))
        .filter(outbox_cursor::Column::ContestId.eq(contest.uuid()))
        .filter(outbox_cursor::Column::Seq.eq(from))
        .exec(db)
        .await?;
    Ok(moved.rows_affected == 1)
}

/// Stores messages and their deliveries; gives how many were new. One that is there already stays as it is.
pub async fn insert(db: &impl ConnectionTrait, new: &[NewMessage], now: Timestamp) -> Result<u64> {
    let mut written = 0;
    for part in new.chunks(ROWS) {
        let rows = part
            .iter()
            .map(|one| row_of(one, now))
            .collect::<Result<Vec<_>>>()?;
        message::Entity::insert_many(rows)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
        // a message that was there has another id
        let stored = message::Entity::find()
            .select_only()
            .column(message::Column::Id)
            .filter(message::Column::Id.is_in(part.iter().map(|one| one.id.uuid())))
            .into_tuple::<Uuid>()
            .all(db)
            .await?;
        written += stored.len() as u64;
        let mails: Vec<delivery::ActiveModel> = part
            .iter()
            .filter(|one| stored.contains(&one.id.uuid()))
            .filter_map(|one| Some(delivery_of(one.id, one.mail.as_ref()?, now)))
            .collect();
        if !mails.is_empty() {
            delivery::Entity::insert_many(mails)
                .exec_without_returning(db)
                .await?;
        }
    }
    Ok(written)
}

fn row_of(new: &NewMessage, now: Timestamp) -> Result<message::ActiveModel> {
    Ok(message::ActiveModel {
        id: Set(new.id.uuid()),
        contest_id: Set(new.contest.uuid()),
        once: Set(new.once.clone()),
        kind: Set(word(&new.body.kind())),
        person_id: Set(new.person.map(UserId::uuid)),
        address: Set(new.address.clone()),
        entry_id: Set(new.entry.map(EntryId::uuid)),
        body: Set(json("message body", &new.body)?),
        at: Set(micros(new.at)),
        created_at: Set(micros(now)),
        read_at: Set(None),
    })
}

fn delivery_of(message: MessageId, (id, address): &(Uuid, String), now: Timestamp) -> delivery::ActiveModel {
    delivery::ActiveModel {
        id: Set(*id),
        message_id: Set(message.uuid()),
        channel: Set(MAIL.to_owned()),
        address: Set(address.clone()),
        state: Set(word(&DeliveryState::Queued)),
        attempts: Set(0),
        next_attempt_at: Set(micros(now)),
        sent_at: Set(None),
        failure: Set(None),
    }
}
