//! Units, people, sessions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::{create, index, key, key_null, owned, refers, table, unique};

/// Creates the tables and their indexes.
pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("unit")
            .col(uuid("id").primary_key())
            .col(key(manager, "code"))
            .col(uuid_null("parent_id"))
            .col(text("name"))
            .col(text("short_name"))
            .col(text("kind"))
            .col(text("doc_symbol"))
            .col(date_null("valid_from"))
            .col(date_null("valid_to"))
            .col(text("provenance"))
            .col(key(manager, "search_key"))
            .col(big_integer("position"))
            .foreign_key(&mut refers("unit", "parent_id", "unit"))
            .to_owned(),
    )
    .await?;
    unique(manager, "unit", &["code"]).await?;
    index(manager, "unit", &["parent_id"]).await?;

    create(
        manager,
        table("person")
            .col(uuid("id").primary_key())
            .col(key(manager, "user_name"))
            .col(key_null(manager, "email"))
            .col(text("full_name"))
            .col(key(manager, "sort_key"))
            .col(key(manager, "search_key"))
            .col(text("position"))
            .col(uuid_null("unit_id"))
            .col(text_null("password_hash"))
            .col(big_integer("failures"))
            .col(timestamp_with_time_zone_null("locked_until"))
            .col(timestamp_with_time_zone("created_at"))
            .col(big_integer("version"))
            .foreign_key(&mut refers("person", "unit_id", "unit"))
            .to_owned(),
    )
    .await?;
    unique(manager, "person", &["user_name"]).await?;
    unique(manager, "person", &["email"]).await?;
    index(manager, "person", &["search_key"]).await?;
    index(manager, "person", &["sort_key"]).await?;
    index(manager, "person", &["unit_id"]).await?;

    create(
        manager,
        table("session")
            .col(key(manager, "id_hash").primary_key())
            .col(uuid("person_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .foreign_key(&mut owned("session", "person_id", "person"))
            .to_owned(),
    )
    .await?;
    index(manager, "session", &["person_id"]).await?;
    index(manager, "session", &["expires_at"]).await?;
    Ok(())
}
