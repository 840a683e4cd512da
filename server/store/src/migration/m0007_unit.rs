//! The unit's desk: its list, the returns with their comments, the forwarding slips.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::schema::{create, index, owned, refers, table, unique};

/// The migration.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0007_unit"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            table("unit_order")
                .col(uuid("contest_id"))
                .col(uuid("unit_id"))
                .col(json_binary("entries"))
                .col(timestamp_with_time_zone("saved_at"))
                .col(uuid("saved_by"))
                .col(big_integer("version"))
                .primary_key(Index::create().col("contest_id").col("unit_id"))
                .foreign_key(&mut refers("unit_order", "contest_id", "contest"))
                .foreign_key(&mut refers("unit_order", "unit_id", "unit"))
                .foreign_key(&mut refers("unit_order", "saved_by", "person"))
                .to_owned(),
        )
        .await?;
        create(
            manager,
            table("entry_return")
                .col(uuid("entry_id"))
                .col(big_integer("revision"))
                .col(text("reason"))
                .col(timestamp_with_time_zone_null("due_at"))
                .col(timestamp_with_time_zone("returned_at"))
                .col(uuid("returned_by"))
                .primary_key(Index::create().col("entry_id").col("revision"))
                .foreign_key(&mut owned("entry_return", "entry_id", "entry"))
                .foreign_key(&mut refers("entry_return", "returned_by", "person"))
                .to_owned(),
        )
        .await?;
        create(
            manager,
            table("return_note")
                .col(uuid("entry_id"))
                .col(big_integer("revision"))
                .col(big_integer("ordinal"))
                .col(json_binary("field"))
                .col(text("note"))
                .col(timestamp_with_time_zone_null("mended_at"))
                .primary_key(Index::create().col("entry_id").col("revision").col("ordinal"))
                .foreign_key(&mut owned("return_note", "entry_id", "entry"))
                .to_owned(),
        )
        .await?;
        create(
            manager,
            table("forward_slip")
                .col(uuid("id").primary_key())
                .col(uuid("contest_id"))
                .col(uuid("unit_id"))
                .col(big_integer("number"))
                .col(big_integer("turn"))
                .col(big_integer("entries"))
                .col(big_integer("reserves"))
                .col(json_binary("content"))
                .col(text("hash"))
                .col(timestamp_with_time_zone("forwarded_at"))
                .col(uuid("forwarded_by"))
                .foreign_key(&mut refers("forward_slip", "contest_id", "contest"))
                .foreign_key(&mut refers("forward_slip", "unit_id", "unit"))
                .foreign_key(&mut refers("forward_slip", "forwarded_by", "person"))
                .to_owned(),
        )
        .await?;
        unique(manager, "forward_slip", &["contest_id", "number"]).await?;
        index(manager, "forward_slip", &["contest_id", "unit_id"]).await
    }
}
