//! Asking the permission table on behalf of the caller.

use contract::{Error, Result};
use rules::account::{Action, Actor, Denied, Person, may};
use rules::contest::ContestPhase;
use rules::id::{ContestId, UnitId};

/// The signed-in person of a call.
///
/// # Errors
/// `Denied(SignInRequired)`.
pub fn signed_in(actor: &Actor) -> Result<&Person> {
    actor.person().ok_or(Error::Denied(Denied::SignInRequired))
}

/// Asks whether the caller may do something in a contest.
///
/// # Errors
/// `Denied`, with the first reason.
pub fn in_contest(actor: &Actor, action: Action, contest: ContestId, phase: ContestPhase) -> Result<()> {
    Ok(may(action, &actor.roles_in(Some(contest), None), Some(phase))?)
}

/// Asks whether the caller may do something on a unit's desk of a contest.
///
/// # Errors
/// `Denied`, with the first reason.
pub fn at_unit(
    actor: &Actor,
    action: Action,
    contest: ContestId,
    unit: UnitId,
    phase: ContestPhase,
) -> Result<()> {
    Ok(may(
        action,
        &actor.roles_in(Some(contest), Some(unit)),
        Some(phase),
    )?)
}

/// Asks whether the caller may do something outside any contest. A role held in any contest counts.
///
/// # Errors
/// `Denied`, with the first reason.
pub fn anywhere(actor: &Actor, action: Action) -> Result<()> {
    let mut standing = actor.roles_in(None, None);
    standing.roles.extend(
        actor
            .person()
            .into_iter()
            .flat_map(|person| &person.grants)
            .map(|grant| grant.role),
    );
    Ok(may(action, &standing, None)?)
}
