//! Accounts, without passwords: each person sets the first one by a link.

use std::collections::{BTreeMap, BTreeSet};

use contract::Result;
use contract::register::RowProblem;
use rules::account::{Grant, Role, check_user_name};
use rules::contest::ExclusionReason;
use rules::id::UnitId;
use rules::register::{ImportField, RoleWord, role_of};
use rules::text::fold;
use rules::time::Timestamp;
use store::account::NewPerson;
use store::{Conn, Tx};

use super::line::Line;
use super::{Made, Plan};
use crate::ctx::Ctx;
use crate::error::Fault;

/// People to store with their roles.
pub(super) struct Acts(Vec<(NewPerson, Vec<Grant>)>);

/// Looks every row through. Somebody who has an account already is left as they are.
pub(super) async fn plan(ctx: &Ctx, db: &impl Conn, mut lines: Vec<Line<'_>>) -> Result<Plan> {
    let mut keys = Vec::with_capacity(lines.len());
    for line in &mut lines {
        let typed = line.required(ImportField::UserName, 60);
        let name = check_user_name(&typed).unwrap_or_default();
        if name.is_empty() && !typed.is_empty() {
            line.say(ImportField::UserName, RowProblem::Malformed);
        }
        let email = line.line(ImportField::Email, 254).to_lowercase();
        keys.push((name, email));
    }
    let of = |part: fn(&(String, String)) -> &String| -> Vec<String> {
        keys.iter()
            .map(part)
            .filter(|text| !text.is_empty())
            .cloned()
            .collect()
    };
    let (names, emails) = (of(|key| &key.0), of(|key| &key.1));
    let (taken, addresses) = store::register::user_names_taken(db, &names, &emails)
        .await
        .fault()?;
    let units = store::register::units_with_codes(db).await.fault()?;
    let units: BTreeMap<String, UnitId> = units.into_iter().map(|unit| (unit.code, unit.id)).collect();

    let (mut seen, mut mailed): (BTreeMap<String, u32>, BTreeMap<String, u32>) = Default::default();
    let (mut reports, mut rows) = (Vec::new(), Vec::new());
    for (mut line, (user_name, email)) in lines.into_iter().zip(keys) {
        let full_name = line.required(ImportField::FullName, 200);
        if taken.contains(&user_name) {
            reports.push(line.exists(ImportField::UserName, &full_name));
            continue;
        }
        if !user_name.is_empty()
            && let Some(first) = seen.insert(user_name.clone(), line.number)
        {
            line.say(ImportField::UserName, RowProblem::Repeated { line: first });
        }
        if !email.is_empty() {
            let plausible = email
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !email.contains(' '));
            if !plausible {
                line.say(ImportField::Email, RowProblem::Malformed);
            } else if addresses.contains(&email) {
                line.say(ImportField::Email, RowProblem::Taken);
            } else if let Some(first) = mailed.insert(email.clone(), line.number) {
                line.say(ImportField::Email, RowProblem::Repeated { line: first });
            }
        }
        let position = line.line(ImportField::Position, 200);
        let unit_code = line.line(ImportField::UnitCode, 100);
        let unit = units.get(&unit_code).copied();
        if unit.is_none() && !unit_code.is_empty() {
            line.say(ImportField::UnitCode, RowProblem::Unknown { value: unit_code });
        }
        let grants = grants(&mut line, unit);
        let person = NewPerson {
            id: ctx.id(),
            user_name,
            email: (!email.is_empty()).then_some(email),
            full_name,
            position,
            unit,
            password_hash: None,
        };
        rows.push((line, person, grants));
    }
    // A-07 from the other side, as where a role is granted by hand
    let asked: BTreeSet<(UnitId, String)> = rows
        .iter()
        .filter_map(|(_, person, grants)| excluded_as(person, grants))
        .collect();
    let authors = store::contest::authors_of_submitted(db, &asked).await.fault()?;
    let mut people = Vec::new();
    for (mut line, person, grants) in rows {
        let full_name = person.full_name.clone();
        let author = excluded_as(&person, &grants).and_then(|author| authors.get(&author));
        if let Some(entry_code) = author {
            let problem = RowProblem::AuthorCannotJudge {
                full_name: full_name.clone(),
                entry_code: entry_code.clone(),
            };
            line.say(ImportField::Roles, problem);
        }
        if line.is_good() {
            people.push((person, grants));
        }
        reports.push(line.report(&full_name));
    }
    Ok(Plan {
        reports,
        act: super::Acts::People(Acts(people)),
    })
}

/// How an entry would name somebody among its authors who is to have a role no author may have: without an account,
/// authors are known by unit and name.
fn excluded_as(person: &NewPerson, grants: &[Grant]) -> Option<(UnitId, String)> {
    grants
        .iter()
        .find_map(|grant| ExclusionReason::of_role(grant.role))?;
    Some((person.unit?, fold(&person.full_name)))
}

/// The roles a row asks for, in every contest; a coordinator's is of the own unit.
fn grants(line: &mut Line<'_>, unit: Option<UnitId>) -> Vec<Grant> {
    let cell = line.text(ImportField::Roles, 500);
    let mut grants = Vec::new();
    for word in cell.split([';', ',', '\n']) {
        match role_of(word) {
            Some(RoleWord::Nothing) => {}
            Some(RoleWord::Refused(_)) => line.say(ImportField::Roles, RowProblem::RoleRefused),
            Some(RoleWord::Grant(Role::UnitCoordinator)) if unit.is_none() => {
                line.say(ImportField::Roles, RowProblem::RoleWithoutUnit);
            }
            Some(RoleWord::Grant(role)) => grants.push(Grant {
                role,
                contest: None,
                unit: unit.filter(|_| role == Role::UnitCoordinator),
            }),
            None => line.say(
                ImportField::Roles,
                RowProblem::Unknown {
                    value: word.trim().to_owned(),
                },
            ),
        }
    }
    grants
}

/// Stores the people and their roles.
pub(super) async fn import(ctx: &Ctx, tx: &Tx, acts: Acts, now: Timestamp) -> Result<Made> {
    let mut made = Made::default();
    for (person, grants) in acts.0 {
        let id = person.id;
        made.created.push(id.uuid());
        store::account::insert_person(tx.conn(), person, now)
            .await
            .or_taken("person", "file")?;
        for grant in grants {
            store::account::insert_grant(tx.conn(), ctx.id(), id, &grant)
                .await
                .fault()?;
        }
    }
    Ok(made)
}
