//! What the migrations are written with: the few shapes that must behave alike on both engines.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{text, text_null};
use sea_orm_migration::sea_orm::DbBackend;

/// Starts a table.
pub(super) fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

/// Creates a table.
pub(super) async fn create(manager: &SchemaManager<'_>, table: TableCreateStatement) -> Result<(), DbErr> {
    manager.create_table(table).await
}

/// A text compared byte by byte, so that codes and sort keys order alike whatever the database's language.
pub(super) fn key(manager: &SchemaManager<'_>, column: &'static str) -> ColumnDef {
    bytewise(manager, text(column))
}

/// [`key`] that may be absent.
pub(super) fn key_null(manager: &SchemaManager<'_>, column: &'static str) -> ColumnDef {
    bytewise(manager, text_null(column))
}

fn bytewise(manager: &SchemaManager<'_>, mut column: ColumnDef) -> ColumnDef {
    if manager.get_database_backend() == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

/// A reference that keeps its target from being deleted.
pub(super) fn refers(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    reference(table, column, target, ForeignKeyAction::Restrict)
}

/// A reference to an owner: deleted with it.
pub(super) fn owned(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    reference(table, column, target, ForeignKeyAction::Cascade)
}

fn reference(
    table: &'static str,
    column: &'static str,
    target: &'static str,
    on_delete: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}_fk"))
        .from(table, column)
        .to(target, "id")
        .on_delete(on_delete)
        .to_owned()
}

/// An index named after its columns.
pub(super) async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    manager.create_index(index_on(table, columns)).await
}

/// A unique index named after its columns.
pub(super) async fn unique(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    manager
        .create_index(index_on(table, columns).unique().to_owned())
        .await
}

fn index_on(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// A statement both engines read alike.
pub(super) async fn raw(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await.map(|_| ())
}
