//! Entries that share text with one, as advice: candidates by fingerprints, then compared exactly.

use std::collections::BTreeMap;

use contract::register::SimilarEntry;
use contract::{Error, Result};
use rules::account::{Action, Actor, Denied, Role};
use rules::entry::EntryContent;
use rules::id::{ContestId, EntryId};
use rules::register::{Passage, TrigramSet, fingerprints, passages};

use super::index::{catch_up, text_of};
use crate::actor::in_contest;
use crate::ctx::Ctx;
use crate::entry::case::{Case, unit_tree};
use crate::error::Fault;

/// Candidates compared.
const COMPARED: u64 = 12;
/// Similar entries shown.
const SHOWN: usize = 5;
/// Passages shown of each.
const PASSAGES: usize = 4;
/// Longest passage shown, in characters.
const PASSAGE_MAX: usize = 600;
/// Least share shown, in percent: below it stand phrases everybody uses.
const LEAST_PERCENT: u32 = 5;

/// Similar entries, those with the most in common first.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, id: EntryId) -> Result<Vec<SimilarEntry>> {
    let db = ctx.store.read();
    let case = Case::load(db, id).await?;
    let tree = unit_tree(db).await?;
    if !case.desk(actor, &tree)?.organiser {
        return Err(Error::Denied(Denied::NotYourRole));
    }
    let contest = case.contest.id;
    in_contest(actor, Action::SeeEligibilityDesk, contest, case.contest.phase)?;
    catch_up(ctx, contest).await?;
    let Some(content) = submitted(ctx, id, case.entry.revision).await? else {
        return Ok(Vec::new());
    };
    let text = text_of(&content);
    let found = store::register::candidates(db, contest, id, &fingerprints(&text), COMPARED)
        .await
        .fault()?;
    let ids: Vec<EntryId> = found.into_iter().map(|row| EntryId(row.entry_id)).collect();
    let entries = store::entry::find_all(db, &ids).await.fault()?;
    let contests = store::contest::by_ids(db, entries.iter().map(|entry| entry.contest))
        .await
        .fault()?;
    let names: BTreeMap<ContestId, String> = contests.into_iter().map(|row| (row.id, row.name)).collect();

    let own = TrigramSet::of(&text);
    let mut similar = Vec::new();
    for entry in entries {
        // what an author is still changing is nobody's business yet
        let Some(content) = submitted(ctx, entry.id, entry.revision).await? else {
            continue;
        };
        let other_text = text_of(&content);
        let other = TrigramSet::of(&other_text);
        let overlap = own.overlap(&other);
        if overlap.containment_percent() < LEAST_PERCENT {
            continue;
        }
        let organises = actor.roles_in(Some(entry.contest), None).has(Role::Organiser);
        similar.push(SimilarEntry {
            entry: organises.then_some(entry.id),
            code: entry.code.unwrap_or_default(),
            title: content.title,
            contest_name: names.get(&entry.contest).cloned().unwrap_or_default(),
            overlap,
            likeness: overlap.likeness(),
            passages: passages(&own, &other, PASSAGES)
                .into_iter()
                .map(shortened)
                .collect(),
        });
    }
    similar.sort_by(|a, b| {
        let percent = |one: &SimilarEntry| one.overlap.containment_percent();
        percent(b).cmp(&percent(a)).then_with(|| a.code.cmp(&b.code))
    });
    similar.truncate(SHOWN);
    Ok(similar)
}

async fn submitted(ctx: &Ctx, id: EntryId, revision: i64) -> Result<Option<EntryContent>> {
    let row = store::entry::revision(ctx.store.read(), id, revision)
        .await
        .fault()?;
    Ok(row.map(|row| row.content))
}

fn shortened(passage: Passage) -> Passage {
    let cut = |text: String| {
        if text.chars().count() <= PASSAGE_MAX {
            return text;
        }
        let kept: String = text.chars().take(PASSAGE_MAX).collect();
        format!("{}…", kept.trim_end())
    };
    Passage {
        first: cut(passage.first),
        second: cut(passage.second),
        ..passage
    }
}
