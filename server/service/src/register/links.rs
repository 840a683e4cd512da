//! Links by which people made by an import set their first password. Only a hash of a link's secret is kept: the list
//! can be had once, and having it again ends the links of before.

use chrono::TimeDelta;
use contract::error::FieldProblem;
use contract::register::{MadeFile, PasswordLinkView};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, check_password};
use rules::id::UserId;
use rules::ledger::Hash32;
use rules::register::ImportField;
use uuid::Uuid;

use super::sheet::{CSV, to_csv};
use crate::account::hash_password;
use crate::actor::{anywhere, signed_in};
use crate::ctx::Ctx;
use crate::error::Fault;

/// How long a link is good.
const GOOD_FOR: TimeDelta = TimeDelta::days(14);

/// Fresh links for the people of an import who have no password yet, as a table.
pub(super) async fn make(ctx: &Ctx, actor: &Actor, file: Uuid, origin: &str) -> Result<MadeFile> {
    signed_in(actor)?;
    anywhere(actor, Action::ImportDirectory)?;
    let tx = ctx.store.write(None).await.fault()?;
    let file = store::register::import_file(tx.conn(), file)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Attachment))?;
    let people = store::register::by_import(tx.conn(), &file.created)
        .await
        .fault()?;
    let mut rows = vec![vec![
        ImportField::UserName.heading().to_owned(),
        ImportField::FullName.heading().to_owned(),
        "Liên kết đặt mật khẩu".to_owned(),
    ]];
    let mut links = Vec::with_capacity(people.len());
    for (person, user_name, full_name) in people {
        let token = Hash32::of(&ctx.ids.secret()).to_string();
        rows.push(vec![
            user_name,
            full_name,
            format!("{origin}/first-password/{token}"),
        ]);
        links.push((hash_of(&token), person));
    }
    store::register::insert_links(tx.conn(), links, ctx.now() + GOOD_FOR)
        .await
        .fault()?;
    ctx.commit(tx).await?;
    Ok(MadeFile {
        name: "lien-ket-dat-mat-khau.csv".to_owned(),
        media_type: CSV,
        bytes: to_csv(&rows)?,
    })
}

/// Whose link this is.
pub(super) async fn view(ctx: &Ctx, token: &str) -> Result<PasswordLinkView> {
    let db = ctx.store.read();
    let person = store::register::redeem_link(db, &hash_of(token), ctx.now())
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Person))?;
    let person = store::account::person(db, person)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Person))?;
    Ok(PasswordLinkView {
        user_name: person.user_name,
        full_name: person.full_name,
    })
}

/// Sets the first password and uses the link up.
pub(super) async fn set(ctx: &Ctx, token: &str, password: &str) -> Result<UserId> {
    let whose = view(ctx, token).await?;
    if password.is_empty() {
        return Err(Error::field("password", FieldProblem::Missing));
    }
    check_password(&whose.user_name, password).map_err(|problem| Violation::Password { problem })?;
    // before the write begins: hashing takes its time
    let hash = hash_password(ctx, password).await?;
    let token = hash_of(token);
    let tx = ctx.store.write(None).await.fault()?;
    let person = store::register::redeem_link(tx.conn(), &token, ctx.now())
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Person))?;
    if !store::register::use_link(tx.conn(), &token).await.fault()? {
        return Err(Error::NotFound(Kind::Person));
    }
    store::account::set_password(tx.conn(), person, hash)
        .await
        .fault()?;
    ctx.commit(tx).await?;
    Ok(person)
}

fn hash_of(token: &str) -> String {
    Hash32::of(token.as_bytes()).to_string()
}
