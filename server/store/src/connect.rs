//! Opening a database with the settings each engine needs.

use std::time::Duration;

use rules::id::ContestId;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend};
use sea_orm_migration::MigratorTrait;

use crate::error::Result;
use crate::listen::Listener;
use crate::migration::Migrator;
use crate::tx::Tx;

/// Which database is behind the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    engine: Engine,
}

impl Store {
    /// Opens `sqlite://…` (the file is created) or `postgres://…`.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn connect(url: &str) -> Result<Self> {
        let sqlite = url.starts_with("sqlite:");
        let mut options = ConnectOptions::new(url);
        options
            .sqlx_logging(false)
            .connect_timeout(Duration::from_secs(10))
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire_if_idle_for(Duration::from_secs(30));
        if sqlite {
            // every connection of a memory database is a database of its own
            options.max_connections(if url.contains(":memory:") { 1 } else { 8 });
            options.map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .create_if_missing(true)
                    .foreign_keys(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    // what was acknowledged survives a power cut too
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(Duration::from_secs(5))
            });
        } else {
            options
                .max_connections(24)
                .statement_timeout(Duration::from_secs(15));
        }
        let db = Database::connect(options).await?;
        let engine = if db.get_database_backend() == DbBackend::Postgres {
            Engine::Postgres
        } else {
            Engine::Sqlite
        };
        Ok(Self { db, engine })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// A migration fails; nothing of it stays on Postgres.
    pub async fn migrate(&self) -> Result<()> {
        Migrator::up(&self.db, None).await?;
        Ok(())
    }

    /// The engine behind.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// What reading queries run on.
    pub fn read(&self) -> &DatabaseConnection {
        &self.db
    }

    /// Begins a writing transaction. Naming the contest takes its row lock (Postgres), so that writes of one contest
    /// come one after the other; on SQLite there is one writer anyway.
    ///
    /// # Errors
    /// [`crate::Error::Missing`] where there is no such contest.
    pub async fn write(&self, contest: Option<ContestId>) -> Result<Tx> {
        Tx::begin(&self.db, self.engine, contest).await
    }

    /// Listens to commits of other processes; `None` on SQLite, where there is one process.
    ///
    /// # Errors
    /// The connection cannot be made.
    pub async fn listen(&self) -> Result<Option<Listener>> {
        match self.engine {
            Engine::Sqlite => Ok(None),
            Engine::Postgres => Listener::connect(self.db.get_postgres_connection_pool())
                .await
                .map(Some),
        }
    }

    /// Closes every connection.
    ///
    /// # Errors
    /// A connection does not close cleanly.
    pub async fn close(&self) -> Result<()> {
        self.db.clone().close().await?;
        Ok(())
    }
}
