//! Entry forms that were replaced while entries were written: an old entry still shows its own.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::schema::{create, refers, table, unique};

/// The migration.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0006_fields"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            table("form_version")
                .col(uuid("id").primary_key())
                .col(uuid("contest_id"))
                .col(big_integer("version"))
                .col(json_binary("fields"))
                .col(timestamp_with_time_zone("replaced_at"))
                .col(uuid("replaced_by"))
                .foreign_key(&mut refers("form_version", "contest_id", "contest"))
                .foreign_key(&mut refers("form_version", "replaced_by", "person"))
                .to_owned(),
        )
        .await?;
        unique(manager, "form_version", &["contest_id", "version"]).await
    }
}
