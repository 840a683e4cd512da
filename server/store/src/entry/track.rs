//! The dated path of one entry, read from the ledger, and what its judges wrote.

use rules::event::Event;
use rules::id::{ContestId, EntryId};
use rules::judging::ScorecardState;
use rules::time::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::{event, scorecard};
use crate::error::{Error, Result};
use crate::value::word;

/// A submission or step of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryEvent {
    pub at: Timestamp,
    pub event: Event,
}

/// The entry's submissions and steps, oldest first.
pub async fn events_of(
    db: &impl ConnectionTrait,
    contest: ContestId,
    id: EntryId,
) -> Result<Vec<EntryEvent>> {
    let rows = event::Entity::find()
        .filter(event::Column::ContestId.eq(contest.uuid()))
        .filter(event::Column::Kind.is_in(["entry_submitted", "entry_moved"]))
        // bodies are canonical JSON text with ids in lower case, so the entry's own key stands in them letter by letter
        .filter(event::Column::Body.contains(format!("\"entry\":\"{id}\"")))
        .order_by_asc(event::Column::Seq)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let event = serde_json::from_str(&row.body).map_err(|cause| Error::Unreadable {
                what: "event",
                cause: format!("{} {}: {cause}", row.kind, row.seq),
            })?;
            Ok(EntryEvent { at: row.at, event })
        })
        .collect()
}

/// What judges wrote about the entry on the scorecards handed in, without who wrote it and in an order that does not
/// tell.
pub async fn comments_on(db: &impl ConnectionTrait, id: EntryId) -> Result<Vec<String>> {
    let mut comments = scorecard::Entity::find()
        .select_only()
        .column(scorecard::Column::Comment)
        .filter(scorecard::Column::EntryId.eq(id.uuid()))
        .filter(scorecard::Column::State.eq(word(&ScorecardState::Submitted)))
        .filter(scorecard::Column::Comment.ne(""))
        .into_tuple::<String>()
        .all(db)
        .await?;
    comments.sort();
    Ok(comments)
}
