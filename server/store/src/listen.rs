//! Commits of other processes, told by PostgreSQL.

use rules::id::ContestId;
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::sqlx::{Error as SqlxError, PgPool};
use sea_orm::{DbErr, RuntimeErr};

use crate::error::Result;
use crate::ledger::CHANNEL;

/// A connection of its own, kept for as long as the process runs.
pub struct Listener {
    listener: PgListener,
}

/// What was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Events up to `seq` of this contest are committed.
    Committed { contest: ContestId, seq: i64 },
    /// The connection was lost and is back: anything may have been missed.
    Reconnected,
}

impl Listener {
    pub(crate) async fn connect(pool: &PgPool) -> Result<Self> {
        let mut listener = PgListener::connect_with(pool).await.map_err(fault)?;
        listener.listen(CHANNEL).await.map_err(fault)?;
        Ok(Self { listener })
    }

    /// Waits for the next notification.
    ///
    /// # Errors
    /// The connection is lost and does not come back.
    pub async fn next(&mut self) -> Result<Heard> {
        loop {
            match self.listener.try_recv().await.map_err(fault)? {
                None => return Ok(Heard::Reconnected),
                Some(notification) => {
                    if let Some(heard) = parse(notification.payload()) {
                        return Ok(heard);
                    }
                    tracing::warn!(
                        payload = notification.payload(),
                        "a notification of somebody else"
                    );
                }
            }
        }
    }
}

fn parse(payload: &str) -> Option<Heard> {
    let (contest, seq) = payload.split_once(' ')?;
    Some(Heard::Committed {
        contest: contest.parse().ok()?,
        seq: seq.parse().ok()?,
    })
}

fn fault(error: SqlxError) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}
