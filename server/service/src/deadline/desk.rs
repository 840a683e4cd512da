//! The organiser's page of extensions: who may be given more time, and what was given.

use std::collections::BTreeMap;

use contract::deadline::{CandidateLine, ExtensionDeskView, ExtensionLine, ExtensionQuery, ExtensionTarget};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, Role, may};
use rules::contest::{Extensions, UnitTree};
use rules::entry::EntryState;
use rules::id::{ContestId, EntryId, UnitId, UserId};
use store::Conn;
use store::contest::ContestRow;
use store::deadline::Extension;
use store::entry::{Entry, EntryLine};

use crate::actor::in_contest;
use crate::ctx::Ctx;
use crate::entry::case::unit_tree;
use crate::entry::{deadline, units};
use crate::error::Fault;

/// Longest search text looked at, in characters.
const QUERY_MAX: usize = 200;

/// The page. Drafts are found by title, code and author; their content is never read here.
pub(super) async fn view(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    query: ExtensionQuery,
) -> Result<ExtensionDeskView> {
    let db = ctx.store.read();
    let contest = store::contest::by_slug(db, slug).await.fault()?;
    let organises = |contest: &ContestRow| actor.roles_in(Some(contest.id), None).has(Role::Organiser);
    let contest = contest
        .filter(|contest| contest.phase.is_public() || organises(contest))
        .ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::SeeExtensions, contest.id, contest.phase)?;
    let tree = unit_tree(db).await?;

    let text: String = query.query.chars().take(QUERY_MAX).collect();
    let lines = if text.trim().is_empty() {
        Vec::new()
    } else {
        store::deadline::candidates(db, contest.id, &text).await.fault()?
    };
    let units = coordinated(db, &contest, &tree).await?;
    let rows = store::deadline::of_contest(db, contest.id).await.fault()?;
    let extensions = listed(db, rows, &tree).await?;
    let chosen = chosen(db, contest.id, &query, &units).await?;
    let timetable = &contest.setup.timetable;
    let screens = contest.setup.eligibility.unit_screening;
    let standing = actor.roles_in(Some(contest.id), None);
    Ok(ExtensionDeskView {
        contest: contest.id,
        phase: contest.phase,
        now: contest.now(ctx.now()),
        zone: timetable.zone.clone(),
        submission: deadline::submission(timetable, EntryState::Draft, None, Extensions::default()),
        forwarding: deadline::forward(timetable, None).filter(|_| screens),
        found: found(db, lines, &tree).await?,
        chosen,
        units,
        extensions,
        can_extend: may(Action::GrantExtension, &standing, Some(contest.phase)).is_ok(),
        key: ctx.key(),
        contest_slug: contest.slug,
        contest_name: contest.name,
    })
}

async fn found(db: &impl Conn, lines: Vec<EntryLine>, tree: &UnitTree) -> Result<Vec<CandidateLine>> {
    let ids: Vec<EntryId> = lines.iter().map(|line| line.id).collect();
    let mut authors: BTreeMap<EntryId, Vec<String>> = BTreeMap::new();
    for author in store::entry::authors(db, &ids).await.fault()? {
        authors.entry(author.entry).or_default().push(author.full_name);
    }
    let lines = lines.into_iter().map(|line| CandidateLine {
        entry: line.id,
        code: line.code,
        title: line.title,
        authors: authors.remove(&line.id).unwrap_or_default(),
        unit_name: units::name(tree, line.unit),
        state: line.state,
    });
    Ok(lines.collect())
}

/// Units that forward in the contest: those with a coordinator.
async fn coordinated(db: &impl Conn, contest: &ContestRow, tree: &UnitTree) -> Result<Vec<(UnitId, String)>> {
    if !contest.setup.eligibility.unit_screening {
        return Ok(Vec::new());
    }
    let grants = store::account::grants_in(db, contest.id).await.fault()?;
    let mut units: Vec<(UnitId, String)> = grants
        .into_iter()
        .filter(|row| row.grant.role == Role::UnitCoordinator)
        .filter_map(|row| row.grant.unit)
        .filter_map(|unit| Some((unit, units::name(tree, Some(unit))?)))
        .collect();
    units.sort_by(|a, b| rules::text::compare(&a.1, &b.1).then(a.0.cmp(&b.0)));
    units.dedup();
    Ok(units)
}

/// Whom the form is about; somebody of another contest is nobody.
async fn chosen(
    db: &impl Conn,
    contest: ContestId,
    query: &ExtensionQuery,
    units: &[(UnitId, String)],
) -> Result<Option<(ExtensionTarget, String)>> {
    if let Some(id) = query.entry {
        let entry = store::entry::find(db, id).await.fault()?;
        let entry = entry.filter(|entry| entry.contest == contest);
        return Ok(entry.map(|entry| (ExtensionTarget::Entry(id), name_of(&entry))));
    }
    let unit = query
        .unit
        .and_then(|unit| units.iter().find(|(known, _)| *known == unit));
    Ok(unit.map(|(id, name)| (ExtensionTarget::Unit(*id), name.clone())))
}

async fn listed(db: &impl Conn, rows: Vec<Extension>, tree: &UnitTree) -> Result<Vec<ExtensionLine>> {
    let ids: Vec<EntryId> = rows.iter().filter_map(|row| row.entry).collect();
    let entries = store::entry::find_all(db, &ids).await.fault()?;
    let entries: BTreeMap<EntryId, String> = entries.iter().map(|entry| (entry.id, name_of(entry))).collect();
    let people = store::account::people_by_ids(db, rows.iter().map(|row| row.given_by))
        .await
        .fault()?;
    let people: BTreeMap<UserId, String> = people
        .into_iter()
        .map(|person| (person.id, person.full_name))
        .collect();
    let line = |row: Extension| {
        let (target, name) = match (row.entry, row.unit) {
            (Some(entry), _) => (ExtensionTarget::Entry(entry), entries.get(&entry)?.clone()),
            (None, Some(unit)) => (ExtensionTarget::Unit(unit), units::name(tree, Some(unit))?),
            (None, None) => return None,
        };
        Some(ExtensionLine {
            extension: row.id,
            target,
            name,
            until: row.until,
            reason: row.reason,
            given_by: people.get(&row.given_by).cloned().unwrap_or_default(),
            given_at: row.given_at,
            ended_at: row.ended_at,
        })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}

/// Code, where there is one, and title.
fn name_of(entry: &Entry) -> String {
    match &entry.code {
        Some(code) => format!("{code} – {}", entry.content.title),
        None => entry.content.title.clone(),
    }
}
