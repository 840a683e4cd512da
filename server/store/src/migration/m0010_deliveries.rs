//! The organiser's list of a contest's messages, newest first.

use sea_orm_migration::prelude::*;

use super::schema::index;

/// Adds the index.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0010_deliveries"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "message", &["contest_id", "at", "id"]).await
    }
}
