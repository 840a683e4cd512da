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
