//! Entries that a desk registered from paper, e-mail or disc.

use std::collections::BTreeSet;

use rules::id::{ContestId, EntryId, UserId};
use rules::register::Channel;
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::{entry, entry_registration};
use crate::error::Result;
use crate::value::{from_word, micros, word};

/// How an entry came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    pub entry: EntryId,
    pub contest: ContestId,
    pub channel: Channel,
    pub received_at: Timestamp,
    /// Unique in the contest.
    pub receipt_number: String,
    /// Why it was taken after the deadline.
    pub late_reason: Option<String>,
    pub registered_by: UserId,
    pub registered_at: Timestamp,
}

/// Stores a registration.
///
/// # Errors
/// `Unique` naming `receipt_number`.
pub async fn insert_registration(db: &impl ConnectionTrait, row: &Registration) -> Result<()> {
    let row = entry_registration::ActiveModel {
        entry_id: Set(row.entry.uuid()),
        contest_id: Set(row.contest.uuid()),
        channel: Set(word(&row.channel)),
        received_at: Set(micros(row.received_at)),
        receipt_number: Set(row.receipt_number.clone()),
        late_reason: Set(row.late_reason.clone()),
        registered_by: Set(row.registered_by.uuid()),
        registered_at: Set(micros(row.registered_at)),
    };
    entry_registration::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The registration of an entry; `None` for one its author submitted.
pub async fn registration(db: &impl ConnectionTrait, id: EntryId) -> Result<Option<Registration>> {
    let row = entry_registration::Entity::find_by_id(id.uuid()).one(db).await?;
    row.map(read).transpose()
}

/// Whether a desk registered the entry for its authors.
pub async fn is_registered(db: &impl ConnectionTrait, id: EntryId) -> Result<bool> {
    let found = entry_registration::Entity::find_by_id(id.uuid())
        .select_only()
        .column(entry_registration::Column::EntryId)
        .into_tuple::<uuid::Uuid>()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The registrations of those of these entries that have one.
pub async fn registrations(db: &impl ConnectionTrait, ids: &[EntryId]) -> Result<Vec<Registration>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = entry_registration::Entity::find()
        .filter(entry_registration::Column::EntryId.is_in(ids.iter().map(|id| id.uuid())))
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Which of these receipt numbers the contest has already.
pub async fn receipts_taken(
    db: &impl ConnectionTrait,
    contest: ContestId,
    numbers: &[String],
) -> Result<BTreeSet<String>> {
    let mut taken = BTreeSet::new();
    for some in numbers.chunks(500) {
        let found = entry_registration::Entity::find()
            .select_only()
            .column(entry_registration::Column::ReceiptNumber)
            .filter(entry_registration::Column::ContestId.eq(contest.uuid()))
            .filter(entry_registration::Column::ReceiptNumber.is_in(some.iter().map(String::as_str)))
            .into_tuple::<String>()
            .all(db)
            .await?;
        taken.extend(found);
    }
    Ok(taken)
}

/// Which of these codes entries of the contest have already.
pub async fn codes_taken(
    db: &impl ConnectionTrait,
    contest: ContestId,
    codes: &[String],
) -> Result<BTreeSet<String>> {
    let mut taken = BTreeSet::new();
    for some in codes.chunks(500) {
        let found = entry::Entity::find()
            .select_only()
            .column(entry::Column::Code)
            .filter(entry::Column::ContestId.eq(contest.uuid()))
            .filter(entry::Column::Code.is_in(some.iter().map(String::as_str)))
            .into_tuple::<String>()
            .all(db)
            .await?;
        taken.extend(found);
    }
    Ok(taken)
}

fn read(row: entry_registration::Model) -> Result<Registration> {
    Ok(Registration {
        entry: EntryId(row.entry_id),
        contest: ContestId(row.contest_id),
        channel: from_word("channel", &row.channel)?,
        received_at: row.received_at,
        receipt_number: row.receipt_number,
        late_reason: row.late_reason,
        registered_by: UserId(row.registered_by),
        registered_at: row.registered_at,
    })
}
