//! Reminders: entries not handed in and units without entries, two days before their deadline, once a reader and
//! deadline.

use std::collections::{BTreeMap, BTreeSet};

use contract::Result;
use contract::contest::NextDeadline;
use rules::contest::{CoAuthorConsent, Extensions, UnitTree};
use rules::entry::EntryState;
use rules::id::{EntryId, UnitId, UserId};
use rules::message::{MessageBody, NearEntry, REMIND_WITHIN, is_near, lacks_entries};
use rules::time::Timestamp;
use store::contest::ContestRow;
use store::deadline::Extension;
use store::message::NearDraft;

use super::compose::{CHUNK, Draft, Reader, coordinators, reader};
use crate::ctx::Ctx;
use crate::entry::case::unit_tree;
use crate::entry::deadline::{above, longest};
use crate::error::Fault;

/// Entries named in one reminder.
const NAMED_MAX: usize = 10;

/// What a reader is reminded of at one deadline.
type Near = BTreeMap<(Timestamp, UserId), (NextDeadline, Vec<NearEntry>)>;

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
    let mut by_reader = Near::new();
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
    let typed = typed_addresses(ctx, &by_reader).await?;
    Ok(by_reader
        .into_iter()
        .map(|((at, reader), (deadline, entries))| Draft {
            reader: Reader::Person(reader, typed.get(&(at, reader)).cloned()),
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

/// The addresses typed beside the names of readers whose accounts have none. What somebody else typed is used only where
/// the reminder names no entry but theirs: the mail tells nobody of an entry who could not know it.
async fn typed_addresses(ctx: &Ctx, near: &Near) -> Result<BTreeMap<(Timestamp, UserId), String>> {
    let db = ctx.store.read();
    let readers: BTreeSet<UserId> = near.keys().map(|(_, reader)| *reader).collect();
    let readers: Vec<UserId> = readers.into_iter().collect();
    let mut unreached = BTreeSet::new();
    for part in readers.chunks(CHUNK) {
        let rows = store::account::people_by_ids(db, part.iter().copied())
            .await
            .fault()?;
        unreached.extend(
            rows.into_iter()
                .filter(|row| row.email.is_none())
                .map(|row| row.id),
        );
    }
    let named: BTreeSet<EntryId> = near
        .iter()
        .filter(|((_, reader), _)| unreached.contains(reader))
        .flat_map(|(_, (_, entries))| entries.iter().map(|near| near.entry))
        .collect();
    let named: Vec<EntryId> = named.into_iter().collect();
    // by entry and reader, and whether the entry is the reader's own
    let mut typed: BTreeMap<(EntryId, UserId), (String, bool)> = BTreeMap::new();
    for part in named.chunks(CHUNK) {
        for entry in store::entry::find_all(db, part).await.fault()? {
            for author in &entry.content.authors {
                if let Some(Reader::Person(user, Some(address))) = reader(author) {
                    typed.insert((entry.id, user), (address, entry.created_by == user));
                }
            }
        }
    }
    Ok(near
        .iter()
        .filter_map(|(key, (_, entries))| {
            let alone = entries.len() == 1;
            let (address, _) = entries
                .iter()
                .filter_map(|near| typed.get(&(near.entry, key.1)))
                .find(|(_, own)| *own || alone)?;
            Some((*key, address.clone()))
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
