//! Every unit of a contest and its quota, so that the organiser can remind those below it in time.

use std::collections::{BTreeMap, BTreeSet};

use contract::unit::{UnitSort, UnitStandingLine, UnitsFilter, UnitsView};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, Role};
use rules::contest::UnitTree;
use rules::entry::EntryState;
use rules::id::{EntryId, SlipId, UnitId, UserId};
use rules::unit::{Quota, QuotaStanding, slip_code};
use store::Conn;
use store::contest::ContestRow;
use store::unit::{OrderRow, SlipHead, UnitCount};

use super::super::case::unit_tree;
use super::super::{deadline, units};
use super::order::{can_go, quota};
use crate::actor::in_contest;
use crate::ctx::Ctx;
use crate::error::Fault;

/// Units on a page.
const PAGE_SIZE: u32 = 100;
/// Longest search text looked at, in characters.
const QUERY_MAX: usize = 100;

/// A page of units. The number of queries does not grow with the units: everything is counted in the database.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, slug: &str, filter: UnitsFilter) -> Result<UnitsView> {
    let db = ctx.store.read();
    let contest = store::contest::by_slug(db, slug).await.fault()?;
    let organises = |contest: &ContestRow| actor.roles_in(Some(contest.id), None).has(Role::Organiser);
    let contest = contest
        .filter(|contest| contest.phase.is_public() || organises(contest))
        .ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::SeeEligibilityDesk, contest.id, contest.phase)?;
    let quota = quota(&contest);
    let mut lines = lines(db, &contest, quota).await?;
    let all = lines.len();
    let below = lines.iter().filter(|line| line.missing > 0).count();
    let words: String = filter.query.chars().take(QUERY_MAX).collect();
    let words = rules::text::fold(&words);
    lines.retain(|line| {
        let name = rules::text::fold(&line.name);
        (!filter.below || line.missing > 0) && words.split_whitespace().all(|word| name.contains(word))
    });
    sort(&mut lines, filter.sort, filter.descending);
    let total = lines.len();
    let page = filter.page.max(1);
    let skip = (page as usize - 1).saturating_mul(PAGE_SIZE as usize);
    let units = lines.into_iter().skip(skip).take(PAGE_SIZE as usize).collect();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(UnitsView {
        contest: contest.id,
        phase: contest.phase,
        units,
        total: count(total),
        page,
        page_size: PAGE_SIZE,
        below: count(below),
        all: count(all),
        quota,
        screening: contest.setup.eligibility.unit_screening,
        deadline: deadline::forward(&contest.setup.timetable, None),
        now: contest.now(ctx.now()),
        zone: contest.setup.timetable.zone.clone(),
        contest_slug: contest.slug,
        contest_name: contest.name,
    })
}

/// Units asked to take part: those with a coordinator in the contest, those named as eligible and without one, and
/// whichever has begun an entry. A unit without any of its own above it stands for itself; entries below count for the
/// unit above.
async fn lines(db: &impl Conn, contest: &ContestRow, quota: Quota) -> Result<Vec<UnitStandingLine>> {
    let tree = unit_tree(db).await?;
    let counts = store::unit::unit_counts(db, contest.id).await.fault()?;
    let movable: Vec<EntryState> = EntryState::ALL
        .into_iter()
        .filter(|state| can_go(*state))
        .collect();
    let movable = store::unit::entries_in(db, contest.id, &movable).await.fault()?;
    let movable: BTreeSet<EntryId> = movable.into_iter().collect();
    let orders = store::unit::orders_in(db, contest.id).await.fault()?;
    let slips = store::unit::slips_in(db, contest.id).await.fault()?;
    let grants = store::account::grants_in(db, contest.id).await.fault()?;
    let mut coordinators: BTreeMap<UnitId, Vec<UserId>> = BTreeMap::new();
    for row in grants {
        let here = row.grant.role == Role::UnitCoordinator;
        if let Some(unit) = row.grant.unit.filter(|_| here) {
            coordinators.entry(unit).or_default().push(row.person);
        }
    }
    let forwarding = coordinators.keys().copied().collect();
    let mut asked = tree.asked(&forwarding, &contest.setup.eligibility.units);
    // a unit that writes without a coordinator must not stay unseen
    let covered = |unit: UnitId| tree.ancestors(unit).iter().any(|above| asked.contains(above));
    let strays: BTreeSet<UnitId> = counts
        .iter()
        .map(|count| count.unit)
        .filter(|unit| !covered(*unit))
        .collect();
    asked.extend(strays);
    let people: BTreeSet<UserId> = coordinators.values().flatten().copied().collect();
    let names: BTreeMap<UserId, String> = store::account::people_by_ids(db, people)
        .await
        .fault()?
        .into_iter()
        .map(|person| (person.id, person.full_name))
        .collect();
    let sources = Sources {
        tree: &tree,
        counts: &counts,
        orders: &orders,
        movable: &movable,
        slips: &slips,
        code: &contest.code,
        quota,
    };
    let lines = asked.into_iter().filter_map(|unit| {
        let mut line = sources.line(unit)?;
        let ours = coordinators.get(&unit).into_iter().flatten();
        line.coordinators = ours.filter_map(|person| names.get(person).cloned()).collect();
        line.coordinators.sort_by(|a, b| rules::text::compare(a, b));
        Some(line)
    });
    Ok(lines.collect())
}

struct Sources<'a> {
    tree: &'a UnitTree,
    counts: &'a [UnitCount],
    orders: &'a [OrderRow],
    /// Entries that can still be forwarded; others have left the lists that name them.
    movable: &'a BTreeSet<EntryId>,
    slips: &'a [SlipHead],
    code: &'a str,
    quota: Quota,
}

impl Sources<'_> {
    fn line(&self, unit: UnitId) -> Option<UnitStandingLine> {
        let name = units::name(self.tree, Some(unit))?;
        let ours = || {
            self.counts
                .iter()
                .filter(|count| self.tree.is_within(count.unit, unit))
        };
        let sum = |wanted: fn(EntryState) -> bool| -> u32 {
            ours()
                .filter(|count| wanted(count.state))
                .map(|count| count.count)
                .sum()
        };
        let forwarded = sum(EntryState::is_forwarded);
        let order = self.orders.iter().find(|row| row.unit == unit);
        let slips: Vec<(SlipId, String)> = self
            .slips
            .iter()
            .filter(|slip| slip.unit == unit)
            .map(|slip| (slip.id, slip_code(self.code, slip.number)))
            .collect();
        let missing = match self.quota.standing(forwarded) {
            QuotaStanding::Below { missing } => missing,
            _ => 0,
        };
        let saved = order.map(|row| row.saved_at);
        let changed = ours().map(|count| count.changed_at).max();
        let list = order.map(|row| row.order.among(self.movable)).unwrap_or_default();
        let count = |entries: &[EntryId]| u32::try_from(entries.len()).unwrap_or(u32::MAX);
        Some(UnitStandingLine {
            unit,
            name,
            drafts: sum(|state| state == EntryState::Draft),
            submitted: sum(at_unit),
            listed: count(&list.selected),
            reserves: count(&list.reserves),
            forwarded,
            missing,
            last_activity: changed.max(saved),
            coordinators: Vec::new(),
            slips,
        })
    }
}

fn at_unit(state: EntryState) -> bool {
    state.is_received() && !state.is_forwarded()
}

fn sort(lines: &mut [UnitStandingLine], by: UnitSort, descending: bool) {
    lines.sort_by(|a, b| {
        let order = match by {
            UnitSort::Name => rules::text::compare(&a.name, &b.name),
            UnitSort::Drafts => a.drafts.cmp(&b.drafts),
            UnitSort::Submitted => a.submitted.cmp(&b.submitted),
            UnitSort::Listed => a.listed.cmp(&b.listed),
            UnitSort::Forwarded => a.forwarded.cmp(&b.forwarded),
            UnitSort::LastActivity => a.last_activity.cmp(&b.last_activity),
        };
        let order = if descending { order.reverse() } else { order };
        // equals always by name, so a page is the same each time
        order
            .then_with(|| rules::text::compare(&a.name, &b.name))
            .then(a.unit.cmp(&b.unit))
    });
}
