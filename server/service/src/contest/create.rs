//! A new contest from a preset.

use contract::contest::CreateContest;
use contract::error::FieldProblem;
use contract::{Error, Result};
use rules::account::{Action, Actor, Grant, Role};
use rules::contest::preset;
use rules::event::Event;
use rules::id::ContestId;
use store::Tx;
use store::contest::{NewContest, NewRound};

use crate::actor::{anywhere, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;
use crate::input::Form;

/// Creates a contest; the creator becomes its organiser. Gives the address part.
pub(super) async fn create(ctx: &Ctx, actor: &Actor, command: CreateContest) -> Result<String> {
    let me = signed_in(actor)?.id;
    anywhere(actor, Action::CreateContest)?;
    let (code, name) = checked(ctx, &command).await?;
    let mut tx = match ctx.begin::<String>(None, command.key, me, &command).await? {
        Begun::Repeat(slug) => return Ok(slug),
        Begun::New(tx) => tx,
    };
    let id: ContestId = ctx.id();
    let slug = free_slug(&tx, &code).await?;
    let setup = preset(command.preset);
    let rounds: Vec<NewRound> = setup
        .rounds
        .iter()
        .zip(0..)
        .map(|(plan, ordinal)| NewRound {
            id: ctx.id(),
            contest: id,
            ordinal,
            code: plan.code.clone(),
            name: plan.name.clone(),
        })
        .collect();
    let new = NewContest {
        id,
        slug: slug.clone(),
        code: code.clone(),
        name,
        year: command.year,
        organiser: command.organiser,
        setup,
        historical: false,
        fictional: false,
    };
    let now = ctx.now();
    match store::contest::insert(tx.conn(), new, now).await {
        // two creations at once may have found the same address free
        Err(error) if error.is_taken("slug") => return Err(Error::field("code", FieldProblem::Taken)),
        other => other.or_taken("code", "code")?,
    }
    for round in rounds {
        store::contest::insert_round(tx.conn(), round).await.fault()?;
    }
    let grant = Grant {
        role: Role::Organiser,
        contest: Some(id),
        unit: None,
    };
    store::account::insert_grant(tx.conn(), ctx.id(), me, &grant)
        .await
        .fault()?;
    tx.record(id, Some(me), now, Event::ContestCreated { code })
        .fault()?;
    tx.record(
        id,
        Some(me),
        now,
        Event::RoleGranted {
            user: me,
            role: Role::Organiser,
            unit: None,
        },
    )
    .fault()?;
    ctx.finish(tx, command.key, me, &slug).await?;
    Ok(slug)
}

async fn checked(ctx: &Ctx, command: &CreateContest) -> Result<(String, String)> {
    let mut form = Form::new();
    let code = form.line("code", &command.code, 40).to_uppercase();
    if !code
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))
    {
        form.refuse("code", FieldProblem::Malformed);
    }
    let name = form.line("name", &command.name, 300);
    if !(2000..=2100).contains(&command.year) {
        form.refuse("year", FieldProblem::Malformed);
    }
    let units = store::account::units(ctx.store.read()).await.fault()?;
    if !units.iter().any(|unit| unit.id == command.organiser) {
        form.refuse("organiser", FieldProblem::Malformed);
    }
    form.check()?;
    Ok((code, name))
}

/// The code as an address part, with a number where it is taken.
pub(super) async fn free_slug(tx: &Tx, code: &str) -> Result<String> {
    let base = match rules::text::slug(code) {
        slug if slug.is_empty() => "cuoc-thi".to_owned(),
        slug => slug,
    };
    let taken = store::contest::slugs_like(tx.conn(), &base).await.fault()?;
    let free = |slug: &String| !taken.contains(slug);
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    Ok(std::iter::once(base.clone())
        .chain(numbered)
        .find(free)
        .unwrap_or(base))
}
