//! A PostgreSQL database a test, copied from a migrated template.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::UNIX_EPOCH;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use store::Store;

/// Lock under which the template is made once, by whichever test comes first.
const TEMPLATE_LOCK: i64 = 0x7E57_7E41;

/// A database that goes with its test.
pub(crate) struct TestDatabase {
    admin: String,
    name: String,
}

impl TestDatabase {
    /// Makes a database. `None` only where the caller of the tests asked for SQLite alone.
    ///
    /// # Panics
    /// Where neither `TEST_POSTGRES_URL` nor `TEST_SQLITE_ONLY=1` is set: half of the tests must not be left out
    /// unnoticed.
    pub(crate) async fn create() -> Option<Self> {
        let Ok(admin) = std::env::var("TEST_POSTGRES_URL") else {
            assert!(
                std::env::var("TEST_SQLITE_ONLY").is_ok_and(|value| value == "1"),
                "TEST_POSTGRES_URL is not set: name a PostgreSQL that may create databases \
                 (e.g. postgres://postgres@127.0.0.1:5432/postgres), use `cargo xtask test`, which starts one, \
                 or leave that half out with TEST_SQLITE_ONLY=1"
            );
            return None;
        };
        let template = template(&admin).await;
        let name = format!("{template}_{}_{}", std::process::id(), next());
        let db = connect(&admin).await;
        execute(&db, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        db.close().await.expect("the connection closes");
        Some(Self { admin, name })
    }

    /// Address of the database.
    pub(crate) fn url(&self) -> String {
        with_database(&self.admin, &self.name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (admin, name) = (self.admin.clone(), self.name.clone());
        // a runtime of its own: the test's may be shutting down already
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime starts").block_on(async {
                let db = connect(&admin).await;
                execute(&db, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            });
        });
        // a database left behind is no reason to fail the test
        drop(thread.join());
    }
}

fn next() -> u32 {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

/// Name of the migrated template of this build of the tests; made where it is not there yet.
async fn template(admin: &str) -> String {
    let name = format!("test_{:016x}", build());
    let db = connect(admin).await;
    execute(&db, &format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await;
    if !exists(&db, &name).await {
        let making = format!("{name}_making");
        execute(&db, &format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)")).await;
        execute(&db, &format!("CREATE DATABASE {making}")).await;
        let store = Store::connect(&with_database(admin, &making))
            .await
            .expect("the template can be opened");
        store.migrate().await.expect("the schema can be made");
        store.close().await.expect("the template closes");
        execute(&db, &format!("ALTER DATABASE {making} RENAME TO {name}")).await;
    }
    execute(&db, &format!("SELECT pg_advisory_unlock({TEMPLATE_LOCK})")).await;
    db.close().await.expect("the connection closes");
    name
}

/// Tells builds apart, so that a changed schema never meets an old template.
fn build() -> u64 {
    let exe = std::env::current_exe().expect("a test knows its program");
    let made = std::fs::metadata(&exe)
        .and_then(|data| data.modified())
        .expect("a program has a date");
    let mut hasher = DefaultHasher::new();
    exe.hash(&mut hasher);
    made.duration_since(UNIX_EPOCH)
        .expect("programs are younger than 1970")
        .hash(&mut hasher);
    hasher.finish()
}

async fn exists(db: &DatabaseConnection, name: &str) -> bool {
    let sql = "SELECT 1 AS found FROM pg_database WHERE datname = $1";
    let query = Statement::from_sql_and_values(DbBackend::Postgres, sql, [name.into()]);
    db.query_one_raw(query)
        .await
        .expect("the catalogue can be read")
        .is_some()
}

async fn connect(admin: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(admin);
    // one connection, because the advisory lock belongs to it
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options)
        .await
        .expect("TEST_POSTGRES_URL can be reached")
}

async fn execute(db: &DatabaseConnection, sql: &str) {
    db.execute_unprepared(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The address with another database.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) = url
        .split_once('?')
        .map_or((url, None), |(address, query)| (address, Some(query)));
    let authority = address.find("://").map_or(0, |at| at + 3);
    let host = address[authority..]
        .find('/')
        .map_or(address, |at| &address[..authority + at]);
    query.map_or_else(
        || format!("{host}/{name}"),
        |query| format!("{host}/{name}?{query}"),
    )
}
