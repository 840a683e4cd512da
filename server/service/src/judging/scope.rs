//! The round a call is about, and what the caller is in it.

use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, Role, Standing, may};
use rules::contest::RoundPlan;
use rules::event::{EntryLabel, SeatLabel};
use rules::id::{CommandKey, EntryId, RoundId, UserId};
use rules::judging::Tally;
use rules::time::Timestamp;
use store::Conn;
use store::contest::{ContestRow, RoundRow};
use store::judging::{Frozen, Juror, RoundEntryRow};

use crate::actor::signed_in;
use crate::ctx::{Begun, Ctx};
use crate::error::{Fault, internal};

/// A round, its contest and its jury.
pub(super) struct Scope {
    pub(super) contest: ContestRow,
    pub(super) round: RoundRow,
    pub(super) seats: Vec<Juror>,
    frozen: Option<Frozen>,
}

/// Begins a write about a round: takes its contest's lock.
pub(super) async fn begin<T: serde::de::DeserializeOwned>(
    ctx: &Ctx,
    actor: &Actor,
    round: RoundId,
    key: CommandKey,
    what: &(impl serde::Serialize + Sync),
) -> Result<(UserId, Begun<T>)> {
    let me = signed_in(actor)?.id;
    let contest = store::contest::round_of(ctx.store.read(), round)
        .await
        .fault()?
        .ok_or(NO_ROUND)?;
    Ok((me, ctx.begin(Some(contest), key, me, what).await?))
}

/// What is answered wherever the viewer may not know whether there is such a round.
const NO_ROUND: Error = Error::NotFound(Kind::Round);

impl Scope {
    /// Loads the round.
    ///
    /// # Errors
    /// `NotFound(Round)`.
    pub(super) async fn load(db: &impl Conn, id: RoundId) -> Result<Self> {
        let round = store::contest::round(db, id).await.fault()?.ok_or(NO_ROUND)?;
        let contest = store::contest::by_id(db, round.contest)
            .await
            .fault()?
            .ok_or(NO_ROUND)?;
        let seats = store::judging::jurors(db, &[id]).await.fault()?;
        Ok(Self {
            contest,
            frozen: frozen(&round),
            round,
            seats,
        })
    }

    /// The caller's seat, where the caller is on this jury and may do `action` now.
    ///
    /// # Errors
    /// `NotFound(Round)` off this jury: a judge of another round does not learn of it. Else `Denied`.
    pub(super) fn as_judge(&self, actor: &Actor, action: Action) -> Result<&Juror> {
        let me = signed_in(actor)?.id;
        let seat = self.seat(me).ok_or(NO_ROUND)?;
        may(action, &self.standing(actor), Some(self.contest.phase))?;
        Ok(seat)
    }

    /// Checks that the caller works at this round's desk and may do `action` now.
    ///
    /// # Errors
    /// `NotFound(Round)` for those with no part in running the contest; else `Denied`.
    pub(super) fn at_desk(&self, actor: &Actor, action: Action) -> Result<()> {
        signed_in(actor)?;
        let standing = self.standing(actor);
        let outsider = |role: &Role| matches!(role, Role::Author | Role::UnitCoordinator);
        if standing.roles.iter().all(outsider) {
            return Err(NO_ROUND);
        }
        Ok(may(action, &standing, Some(self.contest.phase))?)
    }

    /// Whether the caller may do `action` at this desk now.
    pub(super) fn may_at_desk(&self, actor: &Actor, action: Action) -> bool {
        self.at_desk(actor, action).is_ok()
    }

    /// The caller's roles in this round. Judge and chair are who holds a seat here, whatever else was granted.
    fn standing(&self, actor: &Actor) -> Standing {
        let mut standing = actor.roles_in(Some(self.contest.id), None);
        standing
            .roles
            .retain(|role| !matches!(role, Role::Judge | Role::JuryChair));
        if let Some(seat) = actor.user().and_then(|user| self.seat(user)) {
            standing.roles.insert(Role::Judge);
            if seat.chair {
                standing.roles.insert(Role::JuryChair);
            }
        }
        standing
    }

    /// The time on the contest's own clock.
    pub(super) fn now(&self, ctx: &Ctx) -> Timestamp {
        self.contest.now(ctx.now())
    }

    /// A person's seat on this jury.
    pub(super) fn seat(&self, person: UserId) -> Option<&Juror> {
        self.seats.iter().find(|seat| seat.person == person)
    }

    /// The label of a person's seat.
    pub(super) fn seat_label(&self, person: UserId) -> SeatLabel {
        self.seat(person)
            .map_or_else(|| SeatLabel(String::new()), |seat| seat.label.clone())
    }

    /// Whether the caller chairs this jury.
    pub(super) fn chairs(&self, actor: &Actor) -> bool {
        actor
            .user()
            .and_then(|user| self.seat(user))
            .is_some_and(|seat| seat.chair)
    }

    /// The round in the contest's plan.
    ///
    /// # Errors
    /// `NotFound(Round)` where the plan no longer has it.
    pub(super) fn plan(&self) -> Result<&RoundPlan> {
        self.contest
            .setup
            .rounds
            .iter()
            .find(|plan| plan.code == self.round.code)
            .ok_or(NO_ROUND)
    }

    /// Whether no round follows.
    pub(super) fn is_last(&self) -> bool {
        self.contest
            .setup
            .rounds
            .last()
            .is_some_and(|plan| plan.code == self.round.code)
    }

    /// What was frozen at the opening.
    ///
    /// # Errors
    /// `Rule(RoundState)` before the opening.
    pub(super) fn frozen(&self) -> Result<&Frozen> {
        let state = self.round.state;
        self.frozen
            .as_ref()
            .ok_or(Error::Rule(Violation::RoundState { state }))
    }

    /// The tally the round was locked with.
    ///
    /// # Errors
    /// `Internal` where the stored one is not readable.
    pub(super) fn locked_tally(&self) -> Result<Option<Tally<EntryId>>> {
        locked_tally(&self.round)
    }

    /// The name of a category of the contest.
    pub(super) fn category_name(&self, code: Option<&str>) -> String {
        category_name(&self.contest, code)
    }

    /// The entry that judges know by this label.
    ///
    /// # Errors
    /// `NotFound(Entry)`, also where it left the round.
    pub(super) async fn entry(&self, db: &impl Conn, label: &EntryLabel) -> Result<RoundEntryRow> {
        let found = store::judging::round_entries_where(db, &[self.round.id], Some(label))
            .await
            .fault()?;
        let here = |entry: &RoundEntryRow| super::sheet::takes_part(self.round.state, entry.state);
        found.into_iter().find(here).ok_or(Error::NotFound(Kind::Entry))
    }
}

/// The tally a round was locked with; `None` before.
///
/// # Errors
/// `Internal` where the stored one is not readable.
pub(crate) fn locked_tally(round: &RoundRow) -> Result<Option<Tally<EntryId>>> {
    let stored = round.tally.clone().filter(|_| round.state.is_locked());
    stored
        .map(|tally| serde_json::from_value(tally).map_err(|cause| internal(&cause)))
        .transpose()
}

/// What was frozen when the round opened.
pub(super) fn frozen(round: &RoundRow) -> Option<Frozen> {
    let (rubric, policy) = round.rubric.clone().zip(round.policy.clone())?;
    Some(Frozen {
        rubric,
        policy,
        hash: round.frozen_hash.clone()?,
    })
}

/// The name of a category of a contest.
pub(super) fn category_name(contest: &ContestRow, code: Option<&str>) -> String {
    let known = contest
        .setup
        .categories
        .iter()
        .find(|category| Some(category.code.as_str()) == code);
    known.map(|category| category.name.clone()).unwrap_or_default()
}
