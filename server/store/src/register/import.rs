//! Tables uploaded to be imported, what was made of them, and links for first passwords.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rules::id::{ContestId, UnitId, UserId};
use rules::register::ImportKind;
use rules::text::fold;
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{import_file, password_link, person, unit};
use crate::error::Result;
use crate::value::{from_json, from_word, json, micros, word};

/// A table to be stored.
#[derive(Clone, Debug)]
pub struct NewImport {
    pub id: Uuid,
    pub kind: ImportKind,
    pub contest: Option<ContestId>,
    pub person: UserId,
    pub file_name: String,
    pub sha256: String,
    /// Rows of cells, the first the headings.
    pub sheet: Vec<Vec<String>>,
}

/// A table as stored.
#[derive(Clone, Debug)]
pub struct ImportFile {
    pub id: Uuid,
    pub kind: ImportKind,
    pub contest: Option<ContestId>,
    pub person: UserId,
    pub file_name: String,
    pub sheet: Vec<Vec<String>>,
    pub imported_at: Option<Timestamp>,
    /// Ids of what was created.
    pub created: Vec<Uuid>,
}

/// A unit with what an import may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    pub id: UnitId,
    pub code: String,
    pub parent: Option<UnitId>,
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub doc_symbol: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Stores a table.
pub async fn insert_import(db: &impl ConnectionTrait, new: NewImport, now: Timestamp) -> Result<()> {
    let row = import_file::ActiveModel {
        id: Set(new.id),
        kind: Set(word(&new.kind)),
        contest_id: Set(new.contest.map(ContestId::uuid)),
        person_id: Set(new.person.uuid()),
        file_name: Set(new.file_name),
        sha256: Set(new.sha256),
        sheet: Set(json("sheet", &new.sheet)?),
        uploaded_at: Set(micros(now)),
        imported_at: Set(None),
        created: Set(json("created", &Vec::<Uuid>::new())?),
    };
    import_file::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Drops the oldest of a person's tables beyond the newest `keep`.
pub async fn forget_imports(db: &impl ConnectionTrait, person: UserId, keep: u64) -> Result<()> {
    let old = import_file::Entity::find()
        .select_only()
        .column(import_file::Column::Id)
        .filter(import_file::Column::PersonId.eq(person.uuid()))
        .order_by_desc(import_file::Column::UploadedAt)
        .order_by_desc(import_file::Column::Id)
        .offset(keep)
        .limit(100)
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    if !old.is_empty() {
        import_file::Entity::delete_many()
            .filter(import_file::Column::Id.is_in(old))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// The table with this id.
pub async fn import_file(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<ImportFile>> {
    let row = import_file::Entity::find_by_id(id).one(db).await?;
    row.map(|row| {
        Ok(ImportFile {
            id: row.id,
            kind: from_word("import kind", &row.kind)?,
            contest: row.contest_id.map(ContestId),
            person: UserId(row.person_id),
            file_name: row.file_name,
            sheet: from_json("sheet", row.sheet)?,
            imported_at: row.imported_at,
            created: from_json("created", row.created)?,
        })
    })
    .transpose()
}

/// Notes what was created from a table.
pub async fn mark_imported(
    db: &impl ConnectionTrait,
    id: Uuid,
    created: &[Uuid],
    now: Timestamp,
) -> Result<()> {
    import_file::Entity::update_many()
        .col_expr(import_file::Column::ImportedAt, Expr::value(micros(now)))
        .col_expr(
            import_file::Column::Created,
            Expr::value(json("created", &created)?),
        )
        .filter(import_file::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Every unit with what an import may change, in order of the codes.
pub async fn units_with_codes(db: &impl ConnectionTrait) -> Result<Vec<UnitRow>> {
    let rows = unit::Entity::find()
        .order_by_asc(unit::Column::Code)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| UnitRow {
            id: UnitId(row.id),
            code: row.code,
            parent: row.parent_id.map(UnitId),
            name: row.name,
            short_name: row.short_name,
            kind: row.kind,
            doc_symbol: row.doc_symbol,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        })
        .collect())
}

/// Replaces what an import may change of a unit.
pub async fn update_unit(db: &impl ConnectionTrait, row: &UnitRow) -> Result<()> {
    use unit::Column as C;
    unit::Entity::update_many()
        .col_expr(C::ParentId, Expr::value(row.parent.map(UnitId::uuid)))
        .col_expr(C::Name, Expr::value(row.name.clone()))
        .col_expr(C::ShortName, Expr::value(row.short_name.clone()))
        .col_expr(
            C::SearchKey,
            Expr::value(fold(&format!("{} {}", row.name, row.short_name))),
        )
        .col_expr(C::Kind, Expr::value(row.kind.clone()))
        .col_expr(C::DocSymbol, Expr::value(row.doc_symbol.clone()))
        .col_expr(C::ValidFrom, Expr::value(row.valid_from))
        .col_expr(C::ValidTo, Expr::value(row.valid_to))
        .filter(C::Id.eq(row.id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Which of these user names and e-mail addresses (lower case) belong to somebody.
pub async fn user_names_taken(
    db: &impl ConnectionTrait,
    names: &[String],
    emails: &[String],
) -> Result<(BTreeSet<String>, BTreeSet<String>)> {
    let (mut taken, mut addresses) = (BTreeSet::new(), BTreeSet::new());
    for some in names.chunks(500) {
        let found = person::Entity::find()
            .select_only()
            .column(person::Column::UserName)
            .filter(person::Column::UserName.is_in(some.iter().map(String::as_str)))
            .into_tuple::<String>()
            .all(db)
            .await?;
        taken.extend(found);
    }
    for some in emails.chunks(500) {
        let found = person::Entity::find()
            .select_only()
            .column(person::Column::Email)
            .filter(person::Column::Email.is_in(some.iter().map(String::as_str)))
            .into_tuple::<String>()
            .all(db)
            .await?;
        addresses.extend(found);
    }
    Ok((taken, addresses))
}

/// Those of these people who have no password yet: id, user name, full name, in order of the user names.
pub async fn by_import(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<(UserId, String, String)>> {
    let mut people = Vec::new();
    for some in ids.chunks(500) {
        let found = person::Entity::find()
            .select_only()
            .columns([
                person::Column::Id,
                person::Column::UserName,
                person::Column::FullName,
            ])
            .filter(person::Column::Id.is_in(some.iter().copied()))
            .filter(person::Column::PasswordHash.is_null())
            .order_by_asc(person::Column::UserName)
            .into_tuple::<(Uuid, String, String)>()
            .all(db)
            .await?;
        people.extend(found.into_iter().map(|(id, user, name)| (UserId(id), user, name)));
    }
    Ok(people)
}

/// Stores links, as hashes of their secrets; older ones of the same people end.
pub async fn insert_links(
    db: &impl ConnectionTrait,
    links: Vec<(String, UserId)>,
    expires_at: Timestamp,
) -> Result<()> {
    for some in links.chunks(500) {
        password_link::Entity::delete_many()
            .filter(password_link::Column::PersonId.is_in(some.iter().map(|(_, person)| person.uuid())))
            .exec(db)
            .await?;
        let rows = some.iter().map(|(hash, person)| password_link::ActiveModel {
            token_hash: Set(hash.clone()),
            person_id: Set(person.uuid()),
            expires_at: Set(micros(expires_at)),
        });
        password_link::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Whose link this is, where it is still good.
pub async fn redeem_link(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<UserId>> {
    let row = password_link::Entity::find_by_id(token_hash.to_owned())
        .one(db)
        .await?;
    Ok(row
        .filter(|row| row.expires_at > now)
        .map(|row| UserId(row.person_id)))
}

/// Uses a link up; false where somebody else was first.
pub async fn use_link(db: &impl ConnectionTrait, token_hash: &str) -> Result<bool> {
    let done = password_link::Entity::delete_by_id(token_hash.to_owned())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
