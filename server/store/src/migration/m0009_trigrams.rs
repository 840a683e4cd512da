//! Fingerprints are of three words instead of five: what was indexed is indexed again when it is next asked for.

use sea_orm_migration::prelude::*;

/// Empties the index.
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0009_trigrams"
    }
}

// the trait leaves the lifetime out, and with async_trait the two spellings differ
#[expect(elided_lifetimes_in_paths, reason = "the trait's own spelling")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["entry_index", "entry_print", "entry_term"] {
            let all = Query::delete().from_table(Alias::new(table)).to_owned();
            manager.execute(all).await?;
        }
        Ok(())
    }
}
