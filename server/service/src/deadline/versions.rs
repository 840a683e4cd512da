//! The submissions of an entry, for its authors and its desks, and two of them compared.

use std::collections::BTreeMap;

use contract::deadline::{Comparison, VersionLine, VersionsView};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::entry::AttachmentInfo;
use rules::id::{EntryId, UserId};
use rules::visibility::state_for_author;
use store::Conn;

use super::compare::{Version, compare, compare_answers};
use crate::actor::{in_contest, signed_in};
use crate::ctx::Ctx;
use crate::entry::case::{Case, unit_tree};
use crate::entry::form::form_of;
use crate::error::{Fault, internal};

/// The page. What an author has not submitted yet is in no version. A comparison with a version that is not there is
/// none.
pub(super) async fn view(
    ctx: &Ctx,
    actor: &Actor,
    id: EntryId,
    wanted: Option<(i64, i64)>,
) -> Result<VersionsView> {
    let me = signed_in(actor)?.id;
    let db = ctx.store.read();
    let case = Case::load(db, id).await?;
    let own = case.is_written_by(me);
    let organiser = if own {
        false
    } else {
        case.desk(actor, &unit_tree(db).await?)?.organiser
    };
    in_contest(actor, Action::SeeVersions, case.contest.id, case.contest.phase)?;
    let revisions = store::entry::revision_lines(db, id).await.fault()?;
    let Some(code) = case.entry.code.clone().filter(|_| !revisions.is_empty()) else {
        return Err(Error::NotFound(Kind::Entry));
    };
    let people = store::account::people_by_ids(db, revisions.iter().map(|line| line.submitted_by))
        .await
        .fault()?;
    let people: BTreeMap<UserId, String> = people
        .into_iter()
        .map(|person| (person.id, person.full_name))
        .collect();
    let mut files: BTreeMap<i64, Vec<AttachmentInfo>> = BTreeMap::new();
    for (revision, file) in store::entry::files_by_revision(db, id).await.fault()? {
        files.entry(revision).or_default().push(file.info);
    }
    let comparison = match wanted {
        Some((one, other)) if one != other => {
            comparison(db, &case, &files, one.min(other), one.max(other)).await?
        }
        _ => None,
    };
    let title = store::entry::revision(db, id, case.entry.revision)
        .await
        .fault()?;
    let versions = revisions.into_iter().map(|line| VersionLine {
        revision: line.revision,
        submitted_at: line.submitted_at,
        submitted_by: people.get(&line.submitted_by).cloned().unwrap_or_default(),
        timeliness: line.timeliness,
        content_hash: line.content_hash,
        files: files.get(&line.revision).cloned().unwrap_or_default(),
    });
    let (contest, entry) = (&case.contest, &case.entry);
    Ok(VersionsView {
        entry: id,
        contest_slug: contest.slug.clone(),
        contest_name: contest.name.clone(),
        code,
        title: title.map(|revision| revision.content.title).unwrap_or_default(),
        state: if organiser {
            entry.state
        } else {
            state_for_author(entry.state, contest.phase)
        },
        zone: contest.setup.timetable.zone.clone(),
        versions: versions.collect(),
        comparison,
        own,
    })
}

async fn comparison(
    db: &impl Conn,
    case: &Case,
    files: &BTreeMap<i64, Vec<AttachmentInfo>>,
    older: i64,
    newer: i64,
) -> Result<Option<Comparison>> {
    let before = store::entry::revision(db, case.entry.id, older).await.fault()?;
    let after = store::entry::revision(db, case.entry.id, newer).await.fault()?;
    let (Some(before), Some(after)) = (before, after) else {
        return Ok(None);
    };
    let mut lines = Vec::with_capacity(2);
    for content in [&before.content, &after.content] {
        let form = form_of(db, &case.contest, content.form_version).await?;
        lines.push(form.lines(content));
    }
    let newer_lines = lines.pop().unwrap_or_default();
    let answers = compare_answers(lines.pop().unwrap_or_default(), newer_lines);
    let version = |revision: store::entry::Revision, number: i64| Version {
        content: revision.content,
        files: files.get(&number).cloned().unwrap_or_default(),
    };
    let (before, after) = (version(before, older), version(after, newer));
    let categories = case.contest.setup.categories.clone();
    // long texts take a while to compare
    let changes = tokio::task::spawn_blocking(move || compare(&before, &after, &categories))
        .await
        .map_err(|panic| internal(&panic))?;
    Ok(Some(Comparison {
        older,
        newer,
        changes,
        answers,
    }))
}
