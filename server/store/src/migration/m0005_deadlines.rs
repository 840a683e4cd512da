//! Extensions, how each submission stood to its deadline, the files of each submission, and copies being worked on.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::schema::{create, index, owned, raw, refers, table};

/// The migration.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0005_deadlines"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            table("deadline_extension")
                .col(uuid("id").primary_key())
                .col(uuid("contest_id"))
                .col(uuid_null("entry_id"))
                .col(uuid_null("unit_id"))
                .col(timestamp_with_time_zone("until"))
                .col(text("reason"))
                .col(uuid("given_by"))
                .col(timestamp_with_time_zone("given_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .foreign_key(&mut refers("deadline_extension", "contest_id", "contest"))
                .foreign_key(&mut refers("deadline_extension", "entry_id", "entry"))
                .foreign_key(&mut refers("deadline_extension", "unit_id", "unit"))
                .foreign_key(&mut refers("deadline_extension", "given_by", "person"))
                .to_owned(),
        )
        .await?;
        index(manager, "deadline_extension", &["contest_id", "given_at"]).await?;
        index(manager, "deadline_extension", &["entry_id"]).await?;
        index(manager, "deadline_extension", &["unit_id"]).await?;

        create(
            manager,
            table("entry_revision_file")
                .col(uuid("entry_id"))
                .col(big_integer("revision"))
                .col(uuid("attachment_id"))
                .primary_key(
                    Index::create()
                        .col("entry_id")
                        .col("revision")
                        .col("attachment_id"),
                )
                .foreign_key(&mut refers("entry_revision_file", "entry_id", "entry"))
                .foreign_key(&mut refers("entry_revision_file", "attachment_id", "attachment"))
                .to_owned(),
        )
        .await?;
        index(manager, "entry_revision_file", &["attachment_id"]).await?;
        // what was submitted before had the files uploaded by then and not removed by then
        raw(
            manager,
            "INSERT INTO entry_revision_file (entry_id, revision, attachment_id) \
             SELECT r.entry_id, r.revision, a.id FROM entry_revision r \
             JOIN attachment a ON a.entry_id = r.entry_id \
             WHERE a.uploaded_at <= r.submitted_at \
             AND (a.removed_at IS NULL OR a.removed_at > r.submitted_at)",
        )
        .await?;

        create(
            manager,
            table("entry_working_copy")
                .col(uuid("entry_id").primary_key())
                .col(json_binary("content"))
                .col(timestamp_with_time_zone("started_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(big_integer("version"))
                .foreign_key(&mut owned("entry_working_copy", "entry_id", "entry"))
                .to_owned(),
        )
        .await?;

        let timeliness = Table::alter()
            .table("entry_revision")
            .add_column(text("timeliness").default("in_time"))
            .to_owned();
        manager.alter_table(timeliness).await
    }
}
