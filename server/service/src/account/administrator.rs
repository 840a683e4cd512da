//! The first administrator, made from the command line.

use contract::Result;
use contract::account::CreatePerson;
use rules::account::{Grant, Role};
use rules::id::UserId;

use super::people::{checked, insert};
use crate::ctx::Ctx;
use crate::error::Fault;

/// Creates an account that administers the installation.
///
/// # Errors
/// As the form of the administrator's desk: `Invalid`, `Rule(Password)`.
pub async fn create_administrator(
    ctx: &Ctx,
    user_name: &str,
    full_name: &str,
    email: &str,
    password: &str,
) -> Result<UserId> {
    let command = CreatePerson {
        key: ctx.key(),
        user_name: user_name.to_owned(),
        email: email.to_owned(),
        full_name: full_name.to_owned(),
        position: String::new(),
        unit: None,
        password: password.to_owned(),
    };
    let new = checked(ctx, command).await?;
    let id = new.id;
    let tx = ctx.store.write(None).await.fault()?;
    insert(ctx, &tx, new).await?;
    let grant = Grant {
        role: Role::Administrator,
        contest: None,
        unit: None,
    };
    store::account::insert_grant(tx.conn(), ctx.id(), id, &grant)
        .await
        .fault()?;
    ctx.commit(tx).await?;
    Ok(id)
}
