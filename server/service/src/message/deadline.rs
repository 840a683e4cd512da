//! Reminders: entries not handed in and units without entries, two days before their deadline, once a reader and
//! deadline.

use std::collections::BTreeMap;

use contract::Result;
use contract::contest::NextDeadline;
use rules::contest::{CoAuthorConsent, ContestPhase, Extensions, UnitTree};
use rules::entry::EntryState;
use rules::id::{EntryId, UnitId, UserId};
use rules::message::{MessageBody, NearEntry, REMIND_WITHIN, is_near, lacks_entries};
use rules::time::Timestamp;
use store::contest::ContestRow;
use store::deadline::Extension;
use store::message::NearDraft;

use super::compose::{Draft, Reader, coordinators};
use crate::ctx::Ctx;
use crate::entry::case::unit_tree;
use crate::entry::deadline::{above, longest};
use crate::error::Fault;

/// Entries named in one reminder.
const NAMED_MAX: usize = 10;

/// Open contests.
pub(super) async fn open_contests(ctx: &Ctx) -> Result<Vec<ContestRow>> {
    store::contest::in_phases(ctx.store.read(), &[ContestPhase::Open])
        .await
        .fault()
}

/// The reminders of a contest that are due now; those sent before are among them and are not stored twice.
pub(super) async fn reminders(ctx: &Ctx, contest: &ContestRow) -> Result<Vec<Draft>> {
    let now = contest.now(ctx.now());
    let mut drafts = of_authors(ctx, contest, now).await?;
    drafts.extend(of_units(ctx, contest, now).await?);
    Ok(drafts)
}

async fn of_authors(ctx: &Ctx, contest: &ContestRow, now: Timestamp) -> Result<Vec<Draft>> {
    let timetable = &contest.setup.timetable;
    // no entry's deadline is earlier than everybody's
    let first = timetable.submission_deadline().map(|(_, at)| at);
    if first.is_none_or(|first| now < first - REMIND_WITHIN) {
        return Ok(Vec::new());
    }
    let db = ctx.store.read();
    let agreed_only = contest.setup.eligibility.co_author_consent == CoAuthorConsent::Required;
    let drafts = store::message::near_drafts(db, contest.id, agreed_only)
        .await
        .fault()?;
    let ids: Vec<EntryId> = drafts.iter().map(|draft| draft.entry).collect();
    let extended = store::deadline::in_force(db, contest.id, &ids).await.fault()?;
    let tree = unit_tree(db).await?;
    let mut by_reader: BTreeMap<(Timestamp, UserId), (NextDeadline, Vec<NearEntry>)> = BTreeMap::new();
    for draft in drafts {
        let Some(deadline) = crate::entry::submission_deadline(
            timetable,
            draft.state,
            draft.due_at,
            extensions_of(&extended, &tree, &draft),
        ) else {
            continue;
        };
        if !is_near(now, deadline.at) || is_fresh(&draft, deadline.at) {
            continue;
        }
        let near = NearEntry {
            entry: draft.entry,
            title: draft.title,
        };
        for writer in draft.writers {
            let (_, entries) = by_reader
                .entry((deadline.at, writer))
                .or_insert_with(|| (deadline.clone(), Vec::new()));
            if entries.len() < NAMED_MAX && !entries.contains(&near) {
                entries.push(near.clone());
            }
        }
    }
    Ok(by_reader
        .into_iter()
        .map(|((_, reader), (deadline, entries))| Draft {
            reader: Reader::Person(reader, None),
            once: format!("near:{}", deadline.at.timestamp_micros()),
            entry: match &entries[..] {
                [one] => Some(one.entry),
                _ => None,
            },
            body: MessageBody::DeadlineNear {
                entries,
                milestone: deadline.milestone,
                deadline: deadline.at,
            },
            at: now,
        })
        .collect())
}

fn extensions_of(rows: &[Extension], tree: &UnitTree, draft: &NearDraft) -> Extensions {
    let units = match draft.unit {
        Some(unit) if !rows.is_empty() => above(tree, unit),
        _ => Vec::new(),
    };
    store::deadline::extensions(rows, draft.entry, &units)
}

/// Begun with the deadline in view: whoever began it then knows.
fn is_fresh(draft: &NearDraft, deadline: Timestamp) -> bool {
    draft.state == EntryState::Draft && is_near(draft.created_at, deadline)
}

async fn of_units(ctx: &Ctx, contest: &ContestRow, now: Timestamp) -> Result<Vec<Draft>> {
    let eligibility = &contest.setup.eligibility;
    let timetable = &contest.setup.timetable;
    // no unit's deadline is earlier than everybody's
    let first = timetable.forward_deadline().map(|(_, at)| at);
    if !eligibility.unit_screening || first.is_none_or(|first| now < first - REMIND_WITHIN) {
        return Ok(Vec::new());
    }
    let db = ctx.store.read();
    let tree = unit_tree(db).await?;
    let grants = store::account::grants_in(db, contest.id).await.fault()?;
    let counts = store::contest::quota_counts(db, contest.id).await.fault()?;
    let extended = store::deadline::in_force(db, contest.id, &[]).await.fault()?;
    let mut units: Vec<UnitId> = grants.iter().filter_map(|row| row.grant.unit).collect();
    units.sort_unstable();
    units.dedup();
    let mut drafts = Vec::new();
    for unit in units {
        let Some(node) = tree.get(unit) else { continue };
        let until = longest(&extended, &tree, unit, &[]);
        let Some(next) = rules::contest::forwarding(timetable, until) else {
            continue;
        };
        let (milestone, deadline) = (next.milestone, next.at);
        if !is_near(now, deadline) {
            continue;
        }
        let forwarded: u32 = counts
            .iter()
            .filter(|(from, _)| tree.is_within(*from, unit))
            .map(|(_, count)| count)
            .sum();
        if !lacks_entries(forwarded, eligibility.min_quota) {
            continue;
        }
        let own: Vec<_> = grants
            .iter()
            .filter(|row| row.grant.unit == Some(unit))
            .cloned()
            .collect();
        drafts.extend(coordinators(&own, &tree, unit).map(|person| Draft {
            reader: Reader::Person(person, None),
            once: format!("near:{}:{unit}", deadline.timestamp_micros()),
            entry: None,
            body: MessageBody::ForwardDeadlineNear {
                unit,
                unit_name: node.name.clone(),
                forwarded,
                needed: eligibility.min_quota.max(1),
                milestone,
                deadline,
            },
            at: now,
        }));
    }
    Ok(drafts)
}
