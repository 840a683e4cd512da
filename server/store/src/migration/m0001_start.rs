//! The first schema: every table of the product.

use sea_orm_migration::prelude::*;

mod contest;
mod entry;
mod judging;
mod ledger;
mod organisation;
mod results;

use super::schema::{create, index, key, key_null, owned, raw, refers, table, unique};

/// The first migration.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_start"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        organisation::up(manager).await?;
        contest::up(manager).await?;
        entry::up(manager).await?;
        judging::up(manager).await?;
        results::up(manager).await?;
        ledger::up(manager).await
    }
}
