//! Versions of the schema. A migration that has shipped is never edited; add the next one.

mod m0001_start;
mod m0002_files;
mod m0003_messages;
mod m0004_authors;
mod m0005_deadlines;
mod m0006_fields;
mod m0007_unit;
mod m0008_register;
mod m0009_trigrams;
mod m0010_deliveries;
mod schema;

use sea_orm_migration::prelude::*;

/// Every migration in order.
pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_start::Migration),
            Box::new(m0002_files::Migration),
            Box::new(m0003_messages::Migration),
            Box::new(m0004_authors::Migration),
            Box::new(m0005_deadlines::Migration),
            Box::new(m0006_fields::Migration),
            Box::new(m0007_unit::Migration),
            Box::new(m0008_register::Migration),
            Box::new(m0009_trigrams::Migration),
            Box::new(m0010_deliveries::Migration),
        ]
    }
}
