//! The services on a database of their own.

use std::sync::Arc;

use rules::account::{Actor, Grant, Person};
use rules::id::UserId;
use service::{Ctx, ServiceConfig};
use store::Store;
use tempfile::TempDir;

use crate::clock::TestClock;
use crate::ids::TestIds;
use crate::postgres::TestDatabase;

/// An application under test; its database and files go with it.
pub struct TestApp {
    pub ctx: Arc<Ctx>,
    pub clock: Arc<TestClock>,
    pub ids: Arc<TestIds>,
    /// Address of the database, to open it a second time.
    pub url: String,
    // after `ctx`, so that connections close before the database goes
    _database: Option<TestDatabase>,
    _dir: TempDir,
}

impl TestApp {
    /// On a new SQLite file.
    pub async fn sqlite() -> Self {
        Self::sqlite_with(|_| ()).await
    }

    /// On a new SQLite file, with other settings.
    pub async fn sqlite_with(change: impl FnOnce(&mut ServiceConfig)) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", dir.path().join("test.db").display());
        let store = Store::connect(&url).await.expect("SQLite opens");
        store.migrate().await.expect("the schema can be made");
        Self::on(store, url, None, dir, change)
    }

    /// On a new PostgreSQL database; `None` where only SQLite was asked for.
    pub async fn postgres() -> Option<Self> {
        let database = TestDatabase::create().await?;
        let dir = tempfile::tempdir().expect("a temporary folder");
        let url = database.url();
        let store = Store::connect(&url).await.expect("PostgreSQL opens");
        Some(Self::on(store, url, Some(database), dir, |_| ()))
    }

    fn on(
        store: Store,
        url: String,
        database: Option<TestDatabase>,
        dir: TempDir,
        change: impl FnOnce(&mut ServiceConfig),
    ) -> Self {
        let clock = Arc::new(TestClock::at("2025-07-01T09:00:00+07:00"));
        let ids = Arc::new(TestIds::default());
        let mut config = ServiceConfig {
            demo: false,
            upload_limit: 1024 * 1024,
            data_dir: dir.path().join("data"),
            public_url: "https://sangkien.example".to_owned(),
            bucket: None,
            clamd: None,
        };
        change(&mut config);
        let ctx = Ctx::new(store, clock.clone(), ids.clone(), config);
        Self {
            ctx,
            clock,
            ids,
            url,
            _database: database,
            _dir: dir,
        }
    }

    /// A second node on the same database, with a hub of its own.
    pub async fn second_node(&self) -> Arc<Ctx> {
        let store = Store::connect(&self.url).await.expect("the database opens twice");
        Ctx::new(
            store,
            self.clock.clone(),
            self.ids.clone(),
            self.ctx.config.clone(),
        )
    }

    /// The person as the session would give them.
    pub async fn actor(&self, user: UserId) -> Actor {
        let db = self.ctx.store.read();
        let row = store::account::person(db, user)
            .await
            .expect("people can be read")
            .expect("the person is there");
        let grants: Vec<Grant> = store::account::grants_of(db, [user])
            .await
            .expect("roles can be read")
            .into_iter()
            .map(|row| row.grant)
            .collect();
        Actor::Person(Person {
            id: user,
            unit: row.unit,
            grants,
        })
    }
}
