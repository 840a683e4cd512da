//! Entries, their authors, revisions and files.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::{create, index, key, key_null, owned, refers, table, unique};

/// Creates the tables and their indexes.
pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("entry")
            .col(uuid("id").primary_key())
            .col(uuid("contest_id"))
            .col(key_null(manager, "code"))
            .col(text("state"))
            .col(uuid_null("unit_id"))
            .col(text("title"))
            .col(key(manager, "search_key"))
            .col(text_null("category_code"))
            .col(json_binary("content"))
            .col(text_null("content_hash"))
            .col(big_integer("revision"))
            .col(big_integer_null("declaration_version"))
            .col(key_null(manager, "blind_code"))
            .col(big_integer_null("forward_rank"))
            .col(text_null("reason"))
            .col(timestamp_with_time_zone_null("due_at"))
            .col(uuid("created_by"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .col(timestamp_with_time_zone_null("submitted_at"))
            .col(timestamp_with_time_zone_null("forwarded_at"))
            .col(text_null("prize_code"))
            .col(boolean("fictional"))
            .col(big_integer("version"))
            .foreign_key(&mut refers("entry", "contest_id", "contest"))
            .foreign_key(&mut refers("entry", "unit_id", "unit"))
            .foreign_key(&mut refers("entry", "created_by", "person"))
            .to_owned(),
    )
    .await?;
    unique(manager, "entry", &["contest_id", "code"]).await?;
    unique(manager, "entry", &["contest_id", "blind_code"]).await?;
    index(manager, "entry", &["contest_id", "state"]).await?;
    index(manager, "entry", &["contest_id", "unit_id"]).await?;
    index(manager, "entry", &["created_by"]).await?;
    index(manager, "entry", &["unit_id"]).await?;

    create(
        manager,
        table("entry_author")
            .col(uuid("id").primary_key())
            .col(uuid("entry_id"))
            .col(big_integer("ordinal"))
            .col(uuid_null("person_id"))
            .col(text("full_name"))
            .col(key(manager, "search_key"))
            .col(uuid_null("unit_id"))
            .col(boolean("lead"))
            .foreign_key(&mut owned("entry_author", "entry_id", "entry"))
            .foreign_key(&mut refers("entry_author", "person_id", "person"))
            .foreign_key(&mut refers("entry_author", "unit_id", "unit"))
            .to_owned(),
    )
    .await?;
    index(manager, "entry_author", &["entry_id", "ordinal"]).await?;
    index(manager, "entry_author", &["person_id"]).await?;

    create(
        manager,
        table("entry_revision")
            .col(uuid("entry_id"))
            .col(big_integer("revision"))
            .col(json_binary("content"))
            .col(text("content_hash"))
            .col(timestamp_with_time_zone("submitted_at"))
            .col(uuid("submitted_by"))
            .primary_key(Index::create().col("entry_id").col("revision"))
            .foreign_key(&mut refers("entry_revision", "entry_id", "entry"))
            .to_owned(),
    )
    .await?;

    create(
        manager,
        table("attachment")
            .col(uuid("id").primary_key())
            .col(uuid("entry_id"))
            .col(text("kind"))
            .col(text("file_name"))
            .col(text("media_type"))
            .col(big_integer("size"))
            .col(text("sha256"))
            .col(text("storage_key"))
            .col(timestamp_with_time_zone("uploaded_at"))
            .col(timestamp_with_time_zone_null("removed_at"))
            .foreign_key(&mut refers("attachment", "entry_id", "entry"))
            .to_owned(),
    )
    .await?;
    index(manager, "attachment", &["entry_id"]).await?;
    Ok(())
}
