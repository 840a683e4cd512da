//! Versions of the schema. A migration that has shipped is never edited; add the next one.

mod m0001_start;
mod m0004_authors;
mod schema;

use sea_orm_migration::prelude::*;

/// Every migration in order.
pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_start::Migration),
            Box::new(m0004_authors::Migration),
        ]
    }
}
