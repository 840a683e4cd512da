//! Files in pieces, their scan, and copies of the medium that come by hand.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::schema::{create, index, owned, refers, table, unique};

/// The second migration.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0002_files"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            table("upload")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                .col(uuid("entry_id"))
                .col(uuid("key"))
                .col(text("kind"))
                .col(text("file_name"))
                .col(big_integer("size"))
                .col(big_integer("received"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(uuid_null("attachment_id"))
                .foreign_key(&mut refers("upload", "person_id", "person"))
                .foreign_key(&mut owned("upload", "entry_id", "entry"))
                .foreign_key(&mut refers("upload", "attachment_id", "attachment"))
                .to_owned(),
        )
        .await?;
        unique(manager, "upload", &["key"]).await?;
        index(manager, "upload", &["entry_id", "person_id"]).await?;
        index(manager, "upload", &["expires_at"]).await?;

        create(
            manager,
            table("physical_copy")
                .col(uuid("entry_id").primary_key())
                .col(boolean("promised"))
                .col(timestamp_with_time_zone_null("received_at"))
                .foreign_key(&mut owned("physical_copy", "entry_id", "entry"))
                .to_owned(),
        )
        .await?;

        let scan = Table::alter()
            .table("attachment")
            .add_column(text("scan").default("clean"))
            .to_owned();
        manager.alter_table(scan).await?;
        index(manager, "attachment", &["scan", "id"]).await
    }
}
