//! The organiser's register: checklists and checks, entries from paper, search terms, fingerprints, imported tables,
//! links for a first password.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::schema::{create, index, key, owned, refers, table, unique};

/// Adds the register.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0008_register"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        checks(manager).await?;
        search(manager).await?;
        imports(manager).await
    }
}

async fn checks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("contest_checklist")
            .col(uuid("contest_id").primary_key())
            .col(json_binary("items"))
            .col(big_integer("version"))
            .col(timestamp_with_time_zone("updated_at"))
            .foreign_key(&mut refers("contest_checklist", "contest_id", "contest"))
            .to_owned(),
    )
    .await?;
    create(
        manager,
        table("entry_check")
            .col(uuid("entry_id").primary_key())
            .col(uuid("contest_id"))
            .col(big_integer("revision"))
            .col(big_integer("checklist_version"))
            .col(json_binary("answers"))
            .col(text("standing"))
            .col(uuid("checked_by"))
            .col(timestamp_with_time_zone("checked_at"))
            .col(big_integer("version"))
            .foreign_key(&mut owned("entry_check", "entry_id", "entry"))
            .foreign_key(&mut refers("entry_check", "contest_id", "contest"))
            .foreign_key(&mut refers("entry_check", "checked_by", "person"))
            .to_owned(),
    )
    .await?;
    index(manager, "entry_check", &["contest_id", "standing"]).await?;
    create(
        manager,
        table("entry_registration")
            .col(uuid("entry_id").primary_key())
            .col(uuid("contest_id"))
            .col(text("channel"))
            .col(timestamp_with_time_zone("received_at"))
            .col(key(manager, "receipt_number"))
            .col(text_null("late_reason"))
            .col(uuid("registered_by"))
            .col(timestamp_with_time_zone("registered_at"))
            .foreign_key(&mut owned("entry_registration", "entry_id", "entry"))
            .foreign_key(&mut refers("entry_registration", "contest_id", "contest"))
            .foreign_key(&mut refers("entry_registration", "registered_by", "person"))
            .to_owned(),
    )
    .await?;
    unique(manager, "entry_registration", &["contest_id", "receipt_number"]).await
}

async fn search(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("entry_index")
            .col(uuid("entry_id").primary_key())
            .col(uuid("contest_id"))
            .col(big_integer("revision"))
            .foreign_key(&mut owned("entry_index", "entry_id", "entry"))
            .to_owned(),
    )
    .await?;
    create(
        manager,
        table("entry_term")
            .col(uuid("contest_id"))
            .col(key(manager, "term"))
            .col(uuid("entry_id"))
            .primary_key(Index::create().col("contest_id").col("term").col("entry_id"))
            .foreign_key(&mut owned("entry_term", "entry_id", "entry"))
            .to_owned(),
    )
    .await?;
    index(manager, "entry_term", &["entry_id"]).await?;
    create(
        manager,
        table("entry_print")
            .col(big_integer("print"))
            .col(uuid("entry_id"))
            .primary_key(Index::create().col("print").col("entry_id"))
            .foreign_key(&mut owned("entry_print", "entry_id", "entry"))
            .to_owned(),
    )
    .await?;
    index(manager, "entry_print", &["entry_id"]).await
}

async fn imports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        table("import_file")
            .col(uuid("id").primary_key())
            .col(text("kind"))
            .col(uuid_null("contest_id"))
            .col(uuid("person_id"))
            .col(text("file_name"))
            .col(text("sha256"))
            .col(json_binary("sheet"))
            .col(timestamp_with_time_zone("uploaded_at"))
            .col(timestamp_with_time_zone_null("imported_at"))
            .col(json_binary("created"))
            .foreign_key(&mut refers("import_file", "contest_id", "contest"))
            .foreign_key(&mut refers("import_file", "person_id", "person"))
            .to_owned(),
    )
    .await?;
    index(manager, "import_file", &["person_id", "uploaded_at"]).await?;
    create(
        manager,
        table("password_link")
            .col(key(manager, "token_hash").primary_key())
            .col(uuid("person_id"))
            .col(timestamp_with_time_zone("expires_at"))
            .foreign_key(&mut owned("password_link", "person_id", "person"))
            .to_owned(),
    )
    .await?;
    index(manager, "password_link", &["person_id"]).await
}
