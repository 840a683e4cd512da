//! A writing transaction: rows, ledger events and the remembered command are committed together or not at all.

use rules::event::Event;
use rules::id::{CommandKey, ContestId, UserId};
use rules::ledger::{Hash32, Unsealed};
use rules::time::{Timestamp, Zone};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, QueryFilter,
    QuerySelect, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::connect::Engine;
use crate::entity::{command, contest, event};
use crate::error::{Error, Result};
use crate::ledger::{CHANNEL, StoredEvent};
use crate::value::{self, micros};

/// An open transaction. Dropping it rolls back.
pub struct Tx {
    tx: DatabaseTransaction,
    engine: Engine,
    contest: Option<ContestId>,
    events: Vec<(Option<UserId>, Timestamp, Event)>,
    /// Of the command asked for by its key.
    fingerprint: Option<Hash32>,
}

/// What was committed. There is no other way to get one than [`Tx::commit`], and no other way to publish than with one.
#[derive(Clone, Debug)]
pub struct Committed {
    contest: Option<ContestId>,
    zone: Zone,
    events: Vec<StoredEvent>,
}

impl Committed {
    /// The contest the events belong to; `None` where nothing was recorded.
    pub fn contest(&self) -> Option<ContestId> {
        self.contest
    }

    /// The contest's zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The events in order.
    pub fn events(&self) -> &[StoredEvent] {
        &self.events
    }
}

impl Tx {
    pub(crate) async fn begin(
        db: &DatabaseConnection,
        engine: Engine,
        contest: Option<ContestId>,
    ) -> Result<Self> {
        let options = TransactionOptions {
            // a deferred transaction that reads first cannot always become a writer
            sqlite_transaction_mode: (engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = db.begin_with_options(options).await?;
        if let Some(id) = contest {
            head(&tx, id).await?;
        }
        Ok(Self {
            tx,
            engine,
            contest,
            events: Vec::new(),
            fingerprint: None,
        })
    }

    /// What this transaction's queries run on.
    pub fn conn(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Notes an event for the ledger; it is numbered and chained at the commit.
    pub fn record(
        &mut self,
        contest: ContestId,
        actor: Option<UserId>,
        now: Timestamp,
        event: Event,
    ) -> Result<()> {
        if self.contest.is_some_and(|other| other != contest) {
            return Err(Error::TwoContests);
        }
        self.contest = Some(contest);
        self.events.push((actor, micros(now), event));
        Ok(())
    }

    /// The stored outcome of the command with this key, where it was carried out before.
    ///
    /// # Errors
    /// [`Error::KeyOfAnother`] where somebody else used the key, [`Error::KeyOfAnotherCommand`] where the same person
    /// used it for a command with another `fingerprint`.
    pub async fn remembered<T: DeserializeOwned>(
        &mut self,
        key: CommandKey,
        actor: Option<UserId>,
        fingerprint: Hash32,
    ) -> Result<Option<T>> {
        if self.engine == Engine::Postgres {
            // two sendings of one command at once: the second waits here and then finds the first one's outcome
            let (high, low) = key.uuid().as_u64_pair();
            let lock = Statement::from_sql_and_values(
                sea_orm::DbBackend::Postgres,
                "SELECT pg_advisory_xact_lock($1)",
                [(high ^ low).cast_signed().into()],
            );
            self.tx.execute_raw(lock).await?;
        }
        self.fingerprint = Some(fingerprint);
        let Some(row) = command::Entity::find_by_id(key.uuid()).one(&self.tx).await? else {
            return Ok(None);
        };
        if row.person_id != actor.map(UserId::uuid) {
            return Err(Error::KeyOfAnother);
        }
        if row.fingerprint != fingerprint.to_string() {
            return Err(Error::KeyOfAnotherCommand);
        }
        let outcome = serde_json::from_str(&row.outcome).map_err(|cause| Error::Unreadable {
            what: "command outcome",
            cause: cause.to_string(),
        })?;
        Ok(Some(outcome))
    }

    /// Remembers the outcome of the command with this key, which [`Tx::remembered`] was asked for before.
    pub async fn remember<T: Serialize>(
        &self,
        key: CommandKey,
        actor: Option<UserId>,
        now: Timestamp,
        outcome: &T,
    ) -> Result<()> {
        let fingerprint = self
            .fingerprint
            .ok_or(Error::Missing("the fingerprint of the command"))?;
        let row = command::ActiveModel {
            key: Set(key.uuid()),
            person_id: Set(actor.map(UserId::uuid)),
            at: Set(micros(now)),
            fingerprint: Set(fingerprint.to_string()),
            outcome: Set(value::json("command outcome", outcome)?.to_string()),
        };
        command::Entity::insert(row)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Appends the events to the contest's chain and commits everything.
    ///
    /// # Errors
    /// Nothing is stored then.
    pub async fn commit(self) -> Result<Committed> {
        let Some(contest) = self.contest.filter(|_| !self.events.is_empty()) else {
            self.tx.commit().await?;
            return Ok(Committed {
                contest: None,
                zone: Zone::default(),
                events: Vec::new(),
            });
        };
        let mut head = head(&self.tx, contest).await?;
        let mut stored = Vec::with_capacity(self.events.len());
        let mut rows = Vec::with_capacity(self.events.len());
        for (actor, at, event) in self.events {
            let kind = event.kind().to_owned();
            let body = value::json("event", &event)?;
            let sealed = Unsealed {
                contest,
                seq: head.seq + 1,
                at,
                actor,
                kind,
                body,
            }
            .seal(head.hash)
            .map_err(|cause| Error::Unreadable {
                what: "event",
                cause: cause.to_string(),
            })?;
            rows.push(row_of(&sealed)?);
            (head.seq, head.hash) = (sealed.event.seq, sealed.hash);
            stored.push(StoredEvent {
                seq: sealed.event.seq,
                at,
                actor,
                event,
            });
        }
        event::Entity::insert_many(rows)
            .exec_without_returning(&self.tx)
            .await?;
        contest::Entity::update_many()
            .col_expr(contest::Column::LastSeq, Expr::value(head.seq))
            .col_expr(contest::Column::LastHash, Expr::value(head.hash.to_string()))
            .filter(Expr::col(contest::Column::Id).eq(contest.uuid()))
            .exec(&self.tx)
            .await?;
        if self.engine == Engine::Postgres {
            let notify = Statement::from_sql_and_values(
                sea_orm::DbBackend::Postgres,
                "SELECT pg_notify($1, $2)",
                [CHANNEL.into(), format!("{contest} {}", head.seq).into()],
            );
            self.tx.execute_raw(notify).await?;
        }
        self.tx.commit().await?;
        Ok(Committed {
            contest: Some(contest),
            zone: head.zone,
            events: stored,
        })
    }

    /// Gives everything up.
    pub async fn rollback(self) -> Result<()> {
        self.tx.rollback().await?;
        Ok(())
    }
}

fn row_of(sealed: &rules::ledger::LedgerRow) -> Result<event::ActiveModel> {
    let body = rules::ledger::canonical_json(&sealed.event.body)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| Error::Unreadable {
            what: "event",
            cause: "no canonical form".to_owned(),
        })?;
    Ok(event::ActiveModel {
        contest_id: Set(sealed.event.contest.uuid()),
        seq: Set(sealed.event.seq),
        at: Set(sealed.event.at),
        actor: Set(sealed.event.actor.map(UserId::uuid)),
        kind: Set(sealed.event.kind.clone()),
        body: Set(body),
        prev_hash: Set(sealed.prev_hash.to_string()),
        hash: Set(sealed.hash.to_string()),
    })
}

struct Head {
    seq: i64,
    hash: Hash32,
    zone: Zone,
}

/// The end of a contest's chain, locked until the transaction ends.
async fn head(tx: &DatabaseTransaction, contest: ContestId) -> Result<Head> {
    let (seq, hash, setup) = contest::Entity::find_by_id(contest.uuid())
        .select_only()
        .columns([
            contest::Column::LastSeq,
            contest::Column::LastHash,
            contest::Column::Setup,
        ])
        .lock_exclusive()
        .into_tuple::<(i64, String, serde_json::Value)>()
        .one(tx)
        .await?
        .ok_or(Error::Missing("contest"))?;
    let hash = hash.parse().map_err(|_| Error::Unreadable {
        what: "ledger head",
        cause: hash,
    })?;
    let zone = crate::contest::zone_of(&setup);
    Ok(Head { seq, hash, zone })
}
