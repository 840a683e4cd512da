//! The administrator's desk: people and their roles.

use std::collections::BTreeMap;

use contract::account::{ChangeRole, CreatePerson, PeopleView, PersonView, RoleView};
use contract::error::FieldProblem;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, Grant, Role, check_password, check_user_name};
use rules::contest::ExclusionReason;
use rules::event::Event;
use rules::id::{ContestId, UserId};
use store::Tx;
use store::account::{NewPerson, PersonRow};

use super::directory::{bounded, unit_lines, unit_names};
use super::password::hash_password;
use crate::actor::{anywhere, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;
use crate::input::Form;

/// People shown at most.
const SHOWN: u64 = 50;

/// People found, with their roles.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, query: &str) -> Result<PeopleView> {
    anywhere(actor, Action::ManagePeople)?;
    let db = ctx.store.read();
    let (rows, total) = store::account::find_people(db, &bounded(query), SHOWN)
        .await
        .fault()?;
    let units = store::account::units(db).await.fault()?;
    let contests = store::contest::all(db).await.fault()?;
    Ok(PeopleView {
        people: person_views(ctx, rows).await?,
        total,
        units: unit_lines(ctx, units),
        contests: contests
            .into_iter()
            .map(|contest| (contest.id, contest.name))
            .collect(),
        key: Some(ctx.key()),
    })
}

/// People with their roles, in the order given; as many queries for fifty as for one.
pub(super) async fn person_views(ctx: &Ctx, rows: Vec<PersonRow>) -> Result<Vec<PersonView>> {
    let db = ctx.store.read();
    let grants = store::account::grants_of(db, rows.iter().map(|row| row.id))
        .await
        .fault()?;
    let contests = store::contest::by_ids(db, grants.iter().filter_map(|row| row.grant.contest))
        .await
        .fault()?;
    let contests: BTreeMap<ContestId, _> = contests
        .into_iter()
        .map(|contest| (contest.id, contest))
        .collect();
    let units = unit_names(&store::account::units(db).await.fault()?);
    let mut roles: BTreeMap<UserId, Vec<RoleView>> = BTreeMap::new();
    for row in grants {
        let contest = row.grant.contest.and_then(|id| contests.get(&id));
        roles.entry(row.person).or_default().push(RoleView {
            role: row.grant.role,
            contest: row.grant.contest,
            contest_slug: contest.map(|contest| contest.slug.clone()),
            contest_name: contest.map(|contest| contest.name.clone()),
            unit: row.grant.unit,
            unit_name: row.grant.unit.and_then(|unit| units.get(&unit).cloned()),
        });
    }
    Ok(rows
        .into_iter()
        .map(|row| PersonView {
            roles: roles.remove(&row.id).unwrap_or_default(),
            id: row.id,
            user_name: row.user_name,
            full_name: row.full_name,
            position: row.position,
            unit: row.unit,
            unit_name: row.unit.and_then(|unit| units.get(&unit).cloned()),
        })
        .collect())
}

/// Creates an account.
pub(super) async fn create(ctx: &Ctx, actor: &Actor, command: CreatePerson) -> Result<UserId> {
    let me = signed_in(actor)?.id;
    anywhere(actor, Action::ManagePeople)?;
    let key = command.key;
    // without the password: its hash would be a quick one
    let what = (
        command.user_name.clone(),
        command.email.clone(),
        command.full_name.clone(),
    );
    let new = checked(ctx, command).await?;
    let tx = match ctx.begin::<UserId>(None, key, me, &what).await? {
        Begun::Repeat(id) => return Ok(id),
        Begun::New(tx) => tx,
    };
    let id = new.id;
    insert(ctx, &tx, new).await?;
    ctx.finish(tx, key, me, &id).await?;
    Ok(id)
}

/// Stores a checked person.
pub(super) async fn insert(ctx: &Ctx, tx: &Tx, new: NewPerson) -> Result<()> {
    match store::account::insert_person(tx.conn(), new, ctx.now()).await {
        Err(error) if error.is_taken("email") => Err(Error::field("email", FieldProblem::Taken)),
        other => other.or_taken("user_name", "user_name"),
    }
}

/// A person made good from a form, the password hashed.
pub(super) async fn checked(ctx: &Ctx, command: CreatePerson) -> Result<NewPerson> {
    let mut form = Form::new();
    let full_name = form.line("full_name", &command.full_name, 200);
    let position = form.optional_line("position", &command.position, 200);
    let email = form.optional_line("email", &command.email, 254).to_lowercase();
    if !email.is_empty()
        && !email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    {
        form.refuse("email", FieldProblem::Malformed);
    }
    let user_name = check_user_name(&command.user_name).unwrap_or_else(|_| {
        let missing = command.user_name.trim().is_empty();
        form.refuse(
            "user_name",
            if missing {
                FieldProblem::Missing
            } else {
                FieldProblem::Malformed
            },
        );
        String::new()
    });
    if let Some(unit) = command.unit {
        let units = store::account::units(ctx.store.read()).await.fault()?;
        if !units.iter().any(|known| known.id == unit) {
            form.refuse("unit", FieldProblem::Malformed);
        }
    }
    form.check()?;
    check_password(&user_name, &command.password).map_err(|problem| Violation::Password { problem })?;
    Ok(NewPerson {
        id: ctx.id(),
        password_hash: Some(hash_password(ctx, &command.password).await?),
        email: (!email.is_empty()).then_some(email),
        user_name,
        full_name,
        position,
        unit: command.unit,
    })
}

/// Grants or takes a role. A role of one contest is part of that contest's ledger.
pub(super) async fn change_role(ctx: &Ctx, actor: &Actor, command: ChangeRole) -> Result<()> {
    let me = signed_in(actor)?.id;
    anywhere(actor, Action::ManagePeople)?;
    let grant = Grant {
        role: command.role,
        contest: command.contest,
        unit: command.unit,
    };
    check_shape(ctx, &grant).await?;
    if !command.granted && command.user == me && command.role == Role::Administrator {
        // nobody locks themselves out of the desk from which it could be undone
        return Err(Error::field("role", FieldProblem::Malformed));
    }
    let mut tx = match ctx
        .begin::<()>(command.contest, command.key, me, &command)
        .await?
    {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let person = store::account::person(tx.conn(), command.user).await.fault()?;
    let person = person.ok_or(Error::NotFound(Kind::Person))?;
    let now = match command.contest {
        Some(id) => store::contest::by_id(tx.conn(), id)
            .await
            .fault()?
            .map(|row| row.now(ctx.now())),
        None => None,
    };
    let now = now.unwrap_or_else(|| ctx.now());
    if command.granted {
        refuse_author(&tx, &person, &grant).await?;
        let new = store::account::insert_grant(tx.conn(), ctx.id(), command.user, &grant)
            .await
            .fault()?;
        if let Some(contest) = command.contest.filter(|_| new) {
            let event = Event::RoleGranted {
                user: command.user,
                role: command.role,
                unit: command.unit,
            };
            tx.record(contest, Some(me), now, event).fault()?;
        }
    } else {
        let held = store::account::remove_grant(tx.conn(), command.user, &grant)
            .await
            .fault()?;
        if let Some(contest) = command.contest.filter(|_| held) {
            let event = Event::RoleTaken {
                user: command.user,
                role: command.role,
                unit: command.unit,
            };
            tx.record(contest, Some(me), now, event).fault()?;
        }
    }
    ctx.finish(tx, command.key, me, &()).await
}

/// A coordinator has a unit and nobody else; judges get their role with their seat.
async fn check_shape(ctx: &Ctx, grant: &Grant) -> Result<()> {
    if matches!(grant.role, Role::Judge | Role::JuryChair) {
        return Err(Error::field("role", FieldProblem::Malformed));
    }
    if grant.role == Role::Administrator && grant.contest.is_some() {
        return Err(Error::field("contest", FieldProblem::Malformed));
    }
    match (grant.role == Role::UnitCoordinator, grant.unit) {
        (true, None) => Err(Error::field("unit", FieldProblem::Missing)),
        (false, Some(_)) => Err(Error::field("unit", FieldProblem::Malformed)),
        (true, Some(unit)) => {
            let units = store::account::units(ctx.store.read()).await.fault()?;
            let known = units.iter().any(|known| known.id == unit);
            known.then_some(()).ok_or(Error::NotFound(Kind::Unit))
        }
        (false, None) => Ok(()),
    }
}

/// A-07 from the other side: an author of a received entry does not join the board.
async fn refuse_author(tx: &Tx, person: &PersonRow, grant: &Grant) -> Result<()> {
    if ExclusionReason::of_role(grant.role).is_none() {
        return Ok(());
    }
    let entry_code = store::contest::author_of_submitted(tx.conn(), grant.contest, person)
        .await
        .fault()?;
    match entry_code {
        None => Ok(()),
        Some(entry_code) => Err(Error::Rule(Violation::AuthorCannotJudge {
            full_name: person.full_name.clone(),
            entry_code,
        })),
    }
}
