//! Ballots: scorecards, orders, deliberations, tie decisions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::{create, index, key, raw, refers, table, unique};

/// Creates the tables and their indexes.
pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("round_entry")
            .col(uuid("round_id"))
            .col(uuid("entry_id"))
            .col(key(manager, "label"))
            .col(text_null("outcome"))
            .col(big_integer("position"))
            .primary_key(Index::create().col("round_id").col("entry_id"))
            .foreign_key(&mut refers("round_entry", "round_id", "round"))
            .foreign_key(&mut refers("round_entry", "entry_id", "entry"))
            .to_owned(),
    )
    .await?;
    unique(manager, "round_entry", &["round_id", "label"]).await?;
    index(manager, "round_entry", &["entry_id"]).await?;

    create(
        manager,
        table("scorecard")
            .col(uuid("id").primary_key())
            .col(uuid("round_id"))
            .col(uuid("entry_id"))
            .col(uuid("person_id"))
            .col(text("state"))
            .col(json_binary("scores"))
            .col(text("comment"))
            .col(text_null("reason"))
            .col(boolean("by_rule"))
            .col(big_integer("version"))
            .col(timestamp_with_time_zone("saved_at"))
            .col(timestamp_with_time_zone_null("submitted_at"))
            .foreign_key(&mut refers("scorecard", "round_id", "round"))
            .foreign_key(&mut refers("scorecard", "entry_id", "entry"))
            .foreign_key(&mut refers("scorecard", "person_id", "person"))
            .to_owned(),
    )
    .await?;
    unique(manager, "scorecard", &["round_id", "entry_id", "person_id"]).await?;
    index(manager, "scorecard", &["round_id", "person_id"]).await?;
    index(manager, "scorecard", &["person_id"]).await?;

    create(
        manager,
        table("scorecard_revision")
            .col(uuid("scorecard_id"))
            .col(big_integer("version"))
            .col(json_binary("scores"))
            .col(text("comment"))
            .col(timestamp_with_time_zone("submitted_at"))
            .primary_key(Index::create().col("scorecard_id").col("version"))
            .foreign_key(&mut refers("scorecard_revision", "scorecard_id", "scorecard"))
            .to_owned(),
    )
    .await?;

    create(
        manager,
        table("order_ballot")
            .col(uuid("round_id"))
            .col(uuid("person_id"))
            .col(json_binary("tiers"))
            .col(timestamp_with_time_zone_null("submitted_at"))
            .col(big_integer("version"))
            .col(timestamp_with_time_zone("saved_at"))
            .primary_key(Index::create().col("round_id").col("person_id"))
            .foreign_key(&mut refers("order_ballot", "round_id", "round"))
            .foreign_key(&mut refers("order_ballot", "person_id", "person"))
            .to_owned(),
    )
    .await?;

    create(
        manager,
        table("deliberation")
            .col(uuid("id").primary_key())
            .col(uuid("round_id"))
            .col(uuid("entry_id"))
            .col(text("state"))
            .col(big_integer("spread"))
            .col(boolean_null("rescored"))
            .col(text_null("explanation"))
            .col(json_binary("reopened"))
            .col(timestamp_with_time_zone("opened_at"))
            .col(timestamp_with_time_zone_null("closed_at"))
            .foreign_key(&mut refers("deliberation", "round_id", "round"))
            .foreign_key(&mut refers("deliberation", "entry_id", "entry"))
            .to_owned(),
    )
    .await?;
    index(manager, "deliberation", &["round_id", "entry_id"]).await?;
    // at most one open deliberation an entry
    raw(
        manager,
        "CREATE UNIQUE INDEX deliberation_open_once ON deliberation (round_id, entry_id) WHERE state = 'open'",
    )
    .await?;

    create(
        manager,
        table("tie_decision")
            .col(uuid("id").primary_key())
            .col(uuid("round_id"))
            .col(big_integer("position"))
            .col(json_binary("entry_order"))
            .col(text("reason"))
            .col(uuid("decided_by"))
            .col(timestamp_with_time_zone("decided_at"))
            .foreign_key(&mut refers("tie_decision", "round_id", "round"))
            .to_owned(),
    )
    .await?;
    index(manager, "tie_decision", &["round_id", "position"]).await?;
    Ok(())
}
