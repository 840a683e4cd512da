//! The ledger and the remembered commands.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::{create, index, refers, table};

/// Creates the tables and their indexes.
pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("event")
            .col(uuid("contest_id"))
            .col(big_integer("seq"))
            .col(timestamp_with_time_zone("at"))
            .col(uuid_null("actor"))
            .col(text("kind"))
            .col(text("body"))
            .col(text("prev_hash"))
            .col(text("hash"))
            .primary_key(Index::create().col("contest_id").col("seq"))
            .foreign_key(&mut refers("event", "contest_id", "contest"))
            .to_owned(),
    )
    .await?;

    create(
        manager,
        table("command")
            .col(uuid("key").primary_key())
            .col(uuid_null("person_id"))
            .col(timestamp_with_time_zone("at"))
            .col(text("fingerprint"))
            .col(text("outcome"))
            .to_owned(),
    )
    .await?;
    index(manager, "command", &["at"]).await?;
    Ok(())
}
