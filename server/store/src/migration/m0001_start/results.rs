//! Prizes and decisions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::{create, index, refers, table};

/// Creates the tables and their indexes.
pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("award")
            .col(uuid("contest_id"))
            .col(uuid("entry_id"))
            .col(text("tier_code"))
            .col(big_integer("ordinal"))
            .primary_key(Index::create().col("contest_id").col("entry_id"))
            .foreign_key(&mut refers("award", "contest_id", "contest"))
            .foreign_key(&mut refers("award", "entry_id", "entry"))
            .to_owned(),
    )
    .await?;
    index(manager, "award", &["entry_id"]).await?;

    create(
        manager,
        table("document")
            .col(uuid("id").primary_key())
            .col(uuid("contest_id"))
            .col(text("file_name"))
            .col(text("media_type"))
            .col(big_integer("size"))
            .col(text("sha256"))
            .col(text("storage_key"))
            .col(uuid("uploaded_by"))
            .col(timestamp_with_time_zone("uploaded_at"))
            .foreign_key(&mut refers("document", "contest_id", "contest"))
            .to_owned(),
    )
    .await?;
    index(manager, "document", &["contest_id"]).await?;

    create(
        manager,
        table("decision")
            .col(uuid("contest_id").primary_key())
            .col(text("number"))
            .col(text("symbol"))
            .col(date("issued_on"))
            .col(text("signer"))
            .col(text("signer_position"))
            .col(uuid_null("file_id"))
            .col(timestamp_with_time_zone("recorded_at"))
            .col(uuid("recorded_by"))
            .foreign_key(&mut refers("decision", "contest_id", "contest"))
            .foreign_key(&mut refers("decision", "file_id", "document"))
            .to_owned(),
    )
    .await?;
    Ok(())
}
