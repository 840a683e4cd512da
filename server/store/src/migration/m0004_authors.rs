//! Invitations of co-authors.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::schema::{create, index, key, key_null, owned, refers, table, unique};

/// The table and its indexes.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0004_authors"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            table("invitation")
                .col(uuid("id").primary_key())
                .col(uuid("entry_id"))
                .col(uuid_null("person_id"))
                .col(key_null(manager, "email"))
                .col(text("full_name"))
                .col(key(manager, "token_hash"))
                .col(text("state"))
                .col(uuid("invited_by"))
                .col(big_integer("sendings"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("sent_at"))
                .col(timestamp_with_time_zone_null("answered_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(big_integer("version"))
                .foreign_key(&mut owned("invitation", "entry_id", "entry"))
                .foreign_key(&mut refers("invitation", "person_id", "person"))
                .foreign_key(&mut refers("invitation", "invited_by", "person"))
                .to_owned(),
        )
        .await?;
        unique(manager, "invitation", &["token_hash"]).await?;
        index(manager, "invitation", &["entry_id"]).await?;
        index(manager, "invitation", &["person_id", "state"]).await
    }
}
