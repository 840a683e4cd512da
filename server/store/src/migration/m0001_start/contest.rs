//! Contests, the roles held in them, rounds and juries.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::DbBackend;

use super::{create, index, key, owned, raw, refers, table, unique};

/// Creates the tables and their indexes.
pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("contest")
            .col(uuid("id").primary_key())
            .col(key(manager, "slug"))
            .col(key(manager, "code"))
            .col(text("name"))
            .col(big_integer("year"))
            .col(uuid("organiser_unit_id"))
            .col(text("phase"))
            .col(json_binary("setup"))
            .col(text_null("setup_hash"))
            .col(boolean("historical"))
            .col(boolean("fictional"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("published_at"))
            .col(big_integer("version"))
            .col(big_integer("last_seq"))
            .col(text("last_hash"))
            .col(big_integer("clock_shift"))
            .foreign_key(&mut refers("contest", "organiser_unit_id", "unit"))
            .to_owned(),
    )
    .await?;
    unique(manager, "contest", &["slug"]).await?;
    unique(manager, "contest", &["code"]).await?;
    index(manager, "contest", &["phase"]).await?;

    create(
        manager,
        table("role_grant")
            .col(uuid("id").primary_key())
            .col(uuid("person_id"))
            .col(text("role"))
            .col(uuid_null("contest_id"))
            .col(uuid_null("unit_id"))
            .foreign_key(&mut owned("role_grant", "person_id", "person"))
            .foreign_key(&mut refers("role_grant", "contest_id", "contest"))
            .foreign_key(&mut refers("role_grant", "unit_id", "unit"))
            .to_owned(),
    )
    .await?;
    index(manager, "role_grant", &["contest_id", "role"]).await?;
    index(manager, "role_grant", &["person_id"]).await?;
    index(manager, "role_grant", &["unit_id"]).await?;
    // NULLs are distinct in a plain unique index; the same grant twice must clash
    let none = match manager.get_database_backend() {
        DbBackend::Postgres => "'00000000-0000-0000-0000-000000000000'::uuid",
        _ => "x''",
    };
    let once = format!(
        "CREATE UNIQUE INDEX role_grant_once ON role_grant \
         (person_id, role, COALESCE(contest_id, {none}), COALESCE(unit_id, {none}))"
    );
    raw(manager, &once).await?;

    create(
        manager,
        table("round")
            .col(uuid("id").primary_key())
            .col(uuid("contest_id"))
            .col(big_integer("ordinal"))
            .col(key(manager, "code"))
            .col(text("name"))
            .col(text("state"))
            .col(json_binary_null("rubric"))
            .col(json_binary_null("policy"))
            .col(text_null("frozen_hash"))
            .col(json_binary_null("tally"))
            .col(text_null("tally_hash"))
            .col(big_integer("version"))
            .foreign_key(&mut refers("round", "contest_id", "contest"))
            .to_owned(),
    )
    .await?;
    unique(manager, "round", &["contest_id", "code"]).await?;
    index(manager, "round", &["contest_id", "ordinal"]).await?;

    create(
        manager,
        table("seat")
            .col(uuid("id").primary_key())
            .col(uuid("round_id"))
            .col(uuid("person_id"))
            .col(big_integer("number"))
            .col(boolean("chair"))
            .col(text("label"))
            .col(timestamp_with_time_zone_null("principles_at"))
            .foreign_key(&mut owned("seat", "round_id", "round"))
            .foreign_key(&mut refers("seat", "person_id", "person"))
            .to_owned(),
    )
    .await?;
    unique(manager, "seat", &["round_id", "person_id"]).await?;
    unique(manager, "seat", &["round_id", "number"]).await?;
    index(manager, "seat", &["person_id"]).await?;
    Ok(())
}
