//! Messages, their mails, how far the outbox has read each ledger, and the language a person is written to in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::schema::{create, index, key, owned, raw, table, unique};

/// The migration.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0003_messages"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table("person")
                    .add_column(text("language").default("vi"))
                    .to_owned(),
            )
            .await?;
        outbox(manager).await?;
        messages(manager).await?;
        deliveries(manager).await
    }
}

async fn outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("outbox_cursor")
            .col(uuid("contest_id").primary_key())
            .col(big_integer("seq"))
            .foreign_key(&mut owned("outbox_cursor", "contest_id", "contest"))
            .to_owned(),
    )
    .await?;
    // what happened before there was an outbox is no news to anybody
    raw(
        manager,
        "INSERT INTO outbox_cursor (contest_id, seq) SELECT id, last_seq FROM contest",
    )
    .await
}

async fn messages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("message")
            .col(uuid("id").primary_key())
            .col(uuid("contest_id"))
            .col(key(manager, "once"))
            .col(text("kind"))
            .col(uuid_null("person_id"))
            .col(text_null("address"))
            .col(uuid_null("entry_id"))
            .col(json_binary("body"))
            .col(timestamp_with_time_zone("at"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("read_at"))
            .foreign_key(&mut owned("message", "contest_id", "contest"))
            .foreign_key(&mut owned("message", "person_id", "person"))
            .foreign_key(&mut owned("message", "entry_id", "entry"))
            .to_owned(),
    )
    .await?;
    unique(manager, "message", &["contest_id", "once"]).await?;
    index(manager, "message", &["person_id", "at"]).await?;
    index(manager, "message", &["entry_id"]).await?;
    // the count in the header of every page of a signed-in person
    raw(
        manager,
        "CREATE INDEX message_unread ON message (person_id) WHERE read_at IS NULL",
    )
    .await
}

async fn deliveries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("delivery")
            .col(uuid("id").primary_key())
            .col(uuid("message_id"))
            .col(text("channel"))
            .col(text("address"))
            .col(text("state"))
            .col(big_integer("attempts"))
            .col(timestamp_with_time_zone("next_attempt_at"))
            .col(timestamp_with_time_zone_null("sent_at"))
            .col(text_null("failure"))
            .foreign_key(&mut owned("delivery", "message_id", "message"))
            .to_owned(),
    )
    .await?;
    unique(manager, "delivery", &["message_id", "channel"]).await?;
    index(manager, "delivery", &["state", "next_attempt_at"]).await
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::MigratorTrait;
    use sea_orm_migration::sea_orm::{ConnectOptions, ConnectionTrait, Database};

    use crate::migration::Migrator;
    use rules::id::ContestId;
    use uuid::Uuid;

    /// A contest that ran before there was an outbox is not told about all at once; one begun afterwards is.
    #[tokio::test]
    async fn what_happened_before_is_no_news() {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1);
        let db = Database::connect(options).await.expect("SQLite opens");
        Migrator::up(&db, Some(1)).await.expect("the first schema");
        let contest = |id: u128, seq: i64| {
            format!(
                "INSERT INTO contest (id, slug, code, name, year, organiser_unit_id, phase, setup, historical, fictional, \
                 created_at, version, last_seq, last_hash, clock_shift) VALUES (x'{id:032x}', 's{id}', 'c{id}', 'n', 2023, \
                 x'{unit:032x}', 'open', '{{}}', 0, 0, '2023-01-01T00:00:00+00:00', 1, {seq}, '', 0)",
                unit = 9
            )
        };
        let unit = format!(
            "INSERT INTO unit (id, code, name, short_name, kind, doc_symbol, provenance, search_key, position) \
             VALUES (x'{:032x}', 'u', 'n', 'n', 'k', '', '', '', 0)",
            9
        );
        db.execute_unprepared(&unit).await.expect("a unit");
        db.execute_unprepared(&contest(1, 42))
            .await
            .expect("a contest of before");
        Migrator::up(&db, None).await.expect("the schema of today");
        assert_eq!(crate::message::behind(&db).await.expect("reads"), []);
        db.execute_unprepared(&contest(2, 3))
            .await
            .expect("a contest of after");
        let behind = crate::message::behind(&db).await.expect("reads");
        assert_eq!(behind, [(ContestId(Uuid::from_u128(2)), 0)]);
        db.execute_unprepared("UPDATE contest SET last_seq = 43 WHERE code = 'c1'")
            .await
            .expect("the old one goes on");
        let behind = crate::message::behind(&db).await.expect("reads");
        assert_eq!(behind[0], (ContestId(Uuid::from_u128(1)), 42));
    }
}
