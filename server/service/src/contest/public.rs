//! What everybody may read.

use std::sync::Arc;

use contract::contest::{HomeView, PublicContestView, PublicRound};
use contract::results::ResultsService;
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::contest::{ContestPhase, ExclusionReason, Extensions, UnitNode, UnitTree};
use rules::time::Timestamp;
use rules::visibility::Audience;
use store::contest::{ContestRow, SeatRow};

use super::card::{card, cards};
use crate::account::unit_names;
use crate::actor::in_contest;
use crate::ctx::Ctx;
use crate::error::Fault;
use crate::live::progress;
use crate::results::Results;

/// Published contests on the home page.
const PUBLISHED: usize = 12;

/// The home page.
pub(super) async fn home(ctx: &Ctx) -> Result<HomeView> {
    let phases: Vec<ContestPhase> = ContestPhase::ALL
        .into_iter()
        .filter(|phase| phase.is_public())
        .collect();
    let rows = store::contest::in_phases(ctx.store.read(), &phases)
        .await
        .fault()?;
    let (mut published, running): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| row.phase == ContestPhase::Published);
    published.sort_by_key(|row| std::cmp::Reverse(row.published_at));
    published.truncate(PUBLISHED);
    let split = running.len();
    let mut running = cards(ctx, running.into_iter().chain(published).collect()).await?;
    let published = running.split_off(split);
    Ok(HomeView {
        now: ctx.now(),
        running,
        published,
    })
}

/// The contest page.
pub(super) async fn contest(ctx: &Arc<Ctx>, actor: &Actor, slug: &str) -> Result<PublicContestView> {
    let db = ctx.store.read();
    let row = store::contest::by_slug(db, slug)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Contest))?;
    // a draft has no public page, not even for its organiser
    in_contest(actor, Action::SeePublicContest, row.id, row.phase)
        .map_err(|_| Error::NotFound(Kind::Contest))?;
    let units = store::account::units(db).await.fault()?;
    let now = row.now(ctx.now());
    let (can_enter, sign_in_to_enter) = entering(actor, &row, &units, now);
    let result = match row.phase {
        ContestPhase::Published => Some(Results::new(ctx.clone()).result(actor, row.slug.clone()).await?),
        _ => None,
    };
    let card = card(ctx, row.clone()).await?;
    let names = unit_names(&units);
    let rounds = rounds(ctx, &row).await?;
    let setup = row.setup;
    Ok(PublicContestView {
        card,
        now,
        unit_screening: setup.eligibility.unit_screening,
        groups: setup.eligibility.groups,
        group_max: setup.eligibility.group_max,
        min_quota: setup.eligibility.min_quota,
        eligible_units: setup
            .eligibility
            .units
            .iter()
            .filter_map(|unit| names.get(unit).cloned())
            .collect(),
        plan: setup.plan,
        categories: setup.categories,
        timetable: setup.timetable,
        rounds,
        prizes: setup.prizes,
        progress: progress(ctx, row.id, Audience::Public).await?,
        result,
        can_enter,
        sign_in_to_enter,
    })
}

async fn rounds(ctx: &Ctx, row: &ContestRow) -> Result<Vec<PublicRound>> {
    let db = ctx.store.read();
    let stored = store::contest::rounds(db, row.id).await.fault()?;
    let seats: Vec<SeatRow> = store::contest::seats_of(db, stored.iter().map(|round| round.id))
        .await
        .fault()?;
    let judges = |code: &str| {
        let round = stored.iter().find(|round| round.code == code);
        round.map_or(0, |round| {
            seats.iter().filter(|seat| seat.round == round.id).count() as u32
        })
    };
    Ok(row
        .setup
        .rounds
        .iter()
        .map(|plan| PublicRound {
            name: plan.name.clone(),
            jury_source: plan.jury_source.clone(),
            judges: judges(&plan.code),
            criteria: plan
                .rubric
                .criteria
                .iter()
                .map(|item| (item.name.clone(), item.max))
                .collect(),
            advance_top: plan.advance.as_ref().and_then(|rule| rule.top_n),
        })
        .collect())
}

/// Whether the viewer may start an entry now, and whether signing in is all that is missing.
fn entering(actor: &Actor, row: &ContestRow, units: &[UnitNode], now: Timestamp) -> (bool, bool) {
    let deadline = rules::contest::submission(&row.setup.timetable, None, Extensions::default());
    let in_time = deadline.is_none_or(|deadline| now <= deadline.last());
    if row.phase != ContestPhase::Open || !in_time {
        return (false, false);
    }
    let Some(person) = actor.person() else {
        return (false, true);
    };
    let roles = actor.roles_in(Some(row.id), None).roles;
    let excluded = roles
        .into_iter()
        .any(|role| ExclusionReason::of_role(role).is_some());
    let tree = UnitTree::new(units.iter().cloned());
    let admitted = row.setup.eligibility.admits(person.unit, &tree);
    (
        !excluded && admitted && in_contest(actor, Action::StartEntry, row.id, row.phase).is_ok(),
        false,
    )
}
