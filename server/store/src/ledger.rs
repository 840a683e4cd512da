//! Reading the ledger: events for replay, whole chains for verification, notifications of other nodes.

use rules::event::Event;
use rules::id::{ContestId, UserId};
use rules::ledger::{Break, Hash32, LedgerRow, Unsealed, verify_chain};
use rules::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::{contest, event};
use crate::error::{Error, Result};

/// Postgres channel on which every commit says `contest seq`.
pub(crate) const CHANNEL: &str = "contest_events";

/// A committed event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    pub seq: i64,
    pub at: Timestamp,
    pub actor: Option<UserId>,
    pub event: Event,
}

/// A line without its body, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    pub seq: i64,
    pub at: Timestamp,
    pub actor: Option<UserId>,
    pub kind: String,
}

/// Events of a contest with `seq` above `after`, in order, at most `limit`.
pub async fn events_after(
    db: &impl ConnectionTrait,
    contest: ContestId,
    after: i64,
    limit: u64,
) -> Result<Vec<StoredEvent>> {
    let rows = event::Entity::find()
        .filter(Expr::col(event::Column::ContestId).eq(contest.uuid()))
        .filter(Expr::col(event::Column::Seq).gt(after))
        .order_by_asc(event::Column::Seq)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// The last lines of a contest, newest first.
pub async fn recent(db: &impl ConnectionTrait, contest: ContestId, limit: u64) -> Result<Vec<LedgerLine>> {
    let rows = event::Entity::find()
        .select_only()
        .columns([
            event::Column::Seq,
            event::Column::At,
            event::Column::Actor,
            event::Column::Kind,
        ])
        .filter(Expr::col(event::Column::ContestId).eq(contest.uuid()))
        .order_by_desc(event::Column::Seq)
        .limit(limit)
        .into_tuple::<(i64, Timestamp, Option<uuid::Uuid>, String)>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(seq, at, actor, kind)| LedgerLine {
            seq,
            at,
            actor: actor.map(UserId),
            kind,
        })
        .collect())
}

/// A contest's whole chain as stored, for the record and for verification.
pub async fn chain(db: &impl ConnectionTrait, contest: ContestId) -> Result<Vec<LedgerRow>> {
    let rows = event::Entity::find()
        .filter(Expr::col(event::Column::ContestId).eq(contest.uuid()))
        .order_by_asc(event::Column::Seq)
        .all(db)
        .await?;
    rows.into_iter().map(sealed).collect()
}

/// What verifying a contest's chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainReport {
    pub contest: ContestId,
    pub code: String,
    pub events: i64,
    /// Last hash, or what breaks.
    pub verdict: std::result::Result<Hash32, ChainFault>,
}

/// How a chain is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    #[error(transparent)]
    Break(#[from] Break),
    /// The chain is whole but does not end where the contest says: rows were cut off its end.
    #[error(
        "the chain ends at event {found} with {found_hash}, the contest names {expected} with {expected_hash}"
    )]
    Head {
        expected: i64,
        expected_hash: String,
        found: i64,
        found_hash: String,
    },
    /// A row that is no event at all.
    #[error("{0}")]
    Unreadable(String),
}

/// Verifies the chains of every contest, in order of their codes.
pub async fn verify_all(db: &impl ConnectionTrait) -> Result<Vec<ChainReport>> {
    let heads = contest::Entity::find()
        .select_only()
        .columns([
            contest::Column::Id,
            contest::Column::Code,
            contest::Column::LastSeq,
            contest::Column::LastHash,
        ])
        .order_by_asc(contest::Column::Code)
        .into_tuple::<(uuid::Uuid, String, i64, String)>()
        .all(db)
        .await?;
    let mut reports = Vec::with_capacity(heads.len());
    for (id, code, expected, expected_hash) in heads {
        let contest = ContestId(id);
        let (events, verdict) = match chain(db, contest).await {
            Ok(rows) => (rows.len(), verdict(&rows, expected, expected_hash)),
            Err(Error::Unreadable { what, cause }) => {
                (0, Err(ChainFault::Unreadable(format!("{what}: {cause}"))))
            }
            Err(other) => return Err(other),
        };
        reports.push(ChainReport {
            contest,
            code,
            events: events as i64,
            verdict,
        });
    }
    Ok(reports)
}

fn verdict(
    rows: &[LedgerRow],
    expected: i64,
    expected_hash: String,
) -> std::result::Result<Hash32, ChainFault> {
    let last = verify_chain(rows)?;
    let found = rows.last().map_or(0, |row| row.event.seq);
    if found == expected && last.to_string() == expected_hash {
        return Ok(last);
    }
    Err(ChainFault::Head {
        expected,
        expected_hash,
        found,
        found_hash: last.to_string(),
    })
}

fn stored(row: event::Model) -> Result<StoredEvent> {
    let event = serde_json::from_str(&row.body).map_err(|cause| Error::Unreadable {
        what: "event",
        cause: format!("{} {}: {cause}", row.kind, row.seq),
    })?;
    Ok(StoredEvent {
        seq: row.seq,
        at: row.at,
        actor: row.actor.map(UserId),
        event,
    })
}

fn sealed(row: event::Model) -> Result<LedgerRow> {
    let unreadable = |cause: String| Error::Unreadable {
        what: "event",
        cause: format!("{} {}: {cause}", row.kind, row.seq),
    };
    Ok(LedgerRow {
        prev_hash: row
            .prev_hash
            .parse()
            .map_err(|_| unreadable("its hash".to_owned()))?,
        hash: row.hash.parse().map_err(|_| unreadable("its hash".to_owned()))?,
        event: Unsealed {
            contest: ContestId(row.contest_id),
            seq: row.seq,
            at: row.at,
            actor: row.actor.map(UserId),
            body: serde_json::from_str(&row.body).map_err(|cause| unreadable(cause.to_string()))?,
            kind: row.kind.clone(),
        },
    })
}
