//! Who a person is in a contest, and what each role may do in each phase.
//!
//! The table in [`permit`] is the only place that grants anything; the service asks [`may`] on every call and the
//! screens ask the same function only to decide what to offer.

mod action;
mod password;

pub use action::{Action, Permit, permit};
pub use password::{
    PASSWORD_MAX, PASSWORD_MIN, PasswordProblem, check_password, check_user_name, lockout_delay,
};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::contest::ContestPhase;
use crate::id::{ContestId, UnitId, UserId};

/// A part somebody plays. Held per contest and, for coordinators, per unit (S0, S4: A-31).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Employee who may enter a contest; author of own entries.
    Author,
    /// Screens and forwards the entries of one unit.
    UnitCoordinator,
    /// Standing unit and support team: runs the contest.
    Organiser,
    /// Scores independently in one round.
    Judge,
    /// Chairs a jury: deliberations, residual ties, lock.
    JuryChair,
    /// Signs and watches; sees progress, never a score before it may be seen.
    Leader,
    /// Installs, keeps units and people; has no view of scores.
    Administrator,
    /// Inspector: reads the record after the decision.
    Reader,
}

impl Role {
    /// Every role, in the order of the permission table.
    pub const ALL: [Role; 8] = [
        Role::Author,
        Role::UnitCoordinator,
        Role::Organiser,
        Role::Judge,
        Role::JuryChair,
        Role::Leader,
        Role::Administrator,
        Role::Reader,
    ];
}

/// One role held by a person; `None` for the contest means every contest (administrators and, in small bodies, leaders).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub role: Role,
    pub contest: Option<ContestId>,
    /// Only for [`Role::UnitCoordinator`]: the unit coordinated.
    pub unit: Option<UnitId>,
}

/// The signed-in person a call is made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: UserId,
    pub unit: Option<UnitId>,
    pub grants: Vec<Grant>,
}

/// Who makes a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    #[default]
    Anonymous,
    Person(Person),
}

impl Actor {
    /// The person, where somebody is signed in.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Actor::Anonymous => None,
            Actor::Person(person) => Some(person),
        }
    }

    /// The person's id, where somebody is signed in.
    pub fn user(&self) -> Option<UserId> {
        self.person().map(|person| person.id)
    }

    /// The roles granted for `contest`, and for `unit` where the question is about one unit's desk.
    /// Every signed-in person may be an author; being the author of *this* entry is asked separately.
    pub fn roles_in(&self, contest: Option<ContestId>, unit: Option<UnitId>) -> Standing {
        let Actor::Person(person) = self else {
            return Standing::anonymous();
        };
        let mut roles: BTreeSet<Role> = person
            .grants
            .iter()
            .filter(|grant| grant.contest.is_none() || grant.contest == contest)
            .filter(|grant| unit.is_none() || grant.unit.is_none() || grant.unit == unit)
            .map(|grant| grant.role)
            .collect();
        roles.insert(Role::Author);
        Standing {
            signed_in: true,
            roles,
        }
    }

    /// The units this person coordinates in `contest`.
    pub fn coordinated_units(&self, contest: ContestId) -> Vec<UnitId> {
        self.person()
            .into_iter()
            .flat_map(|person| &person.grants)
            .filter(|grant| grant.role == Role::UnitCoordinator)
            .filter(|grant| grant.contest.is_none() || grant.contest == Some(contest))
            .filter_map(|grant| grant.unit)
            .collect()
    }
}

/// What somebody is, for the contest (and unit, entry or round) a call is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub signed_in: bool,
    pub roles: BTreeSet<Role>,
}

impl Standing {
    /// Nobody signed in.
    pub fn anonymous() -> Self {
        Self::default()
    }

    /// A signed-in person holding exactly `roles`.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Self {
        Self {
            signed_in: true,
            roles: roles.into_iter().collect(),
        }
    }

    /// Whether the role is held.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// Why a call is refused before any rule of the contest is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "denied", rename_all = "snake_case")]
pub enum Denied {
    #[error("signing in is required")]
    SignInRequired,
    #[error("none of the person's roles may do this")]
    NotYourRole,
    #[error("the contest's phase does not allow this")]
    NotInThisPhase { phase: ContestPhase },
}

/// Asks the permission table. `phase` is `None` for actions outside any contest.
///
/// # Errors
/// [`Denied`], the first reason in the order sign-in, role, phase.
pub fn may(action: Action, standing: &Standing, phase: Option<ContestPhase>) -> Result<(), Denied> {
    let permit = permit(action);
    if permit.anyone {
        return phase_allows(&permit, phase);
    }
    if !standing.signed_in {
        return Err(Denied::SignInRequired);
    }
    if !permit.roles.is_empty() && !permit.roles.iter().any(|role| standing.has(*role)) {
        return Err(Denied::NotYourRole);
    }
    phase_allows(&permit, phase)
}

fn phase_allows(permit: &Permit, phase: Option<ContestPhase>) -> Result<(), Denied> {
    match phase {
        Some(phase) if !permit.phases.contains(&phase) => Err(Denied::NotInThisPhase { phase }),
        _ => Ok(()),
    }
}
