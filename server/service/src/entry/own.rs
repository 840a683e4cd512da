//! The author's list: own entries, and contests one may enter.

use std::collections::BTreeMap;

use contract::Result;
use contract::contest::{ContestCard, NextDeadline};
use contract::entry::{OwnEntriesView, OwnEntryLine};
use rules::account::{Action, Actor};
use rules::contest::{CoAuthorConsent, ContestPhase, ContestSetup, Extensions};
use rules::entry::EntryState;
use rules::id::{ContestId, EntryId};
use store::Conn;
use store::contest::ContestRow;
use store::entry::EntryLine;

use super::case::unit_tree;
use super::deadline;
use crate::actor::{anywhere, signed_in};
use crate::ctx::Ctx;
use crate::error::Fault;

/// Entries somebody wrote alone or with others, last changed first.
pub(super) async fn view(ctx: &Ctx, actor: &Actor) -> Result<OwnEntriesView> {
    anywhere(actor, Action::SeeOwnEntries)?;
    let me = signed_in(actor)?;
    let db = ctx.store.read();
    // who accepted to join while the entry was taken up again stands in the copy only
    let copies = store::author::copies_agreed_to(db, me.id).await.fault()?;
    let joined: Vec<EntryId> = copies
        .into_iter()
        .filter(|(_, content)| content.authors.iter().any(|author| author.user == Some(me.id)))
        .map(|(id, _)| id)
        .collect();
    let mut lines = store::entry::of_person(db, me.id, &joined).await.fault()?;
    let contests = store::contest::by_ids(db, lines.iter().map(|line| line.contest))
        .await
        .fault()?;
    let contests: BTreeMap<ContestId, ContestRow> = contests.into_iter().map(|row| (row.id, row)).collect();
    // an invitation is no entry of one's own yet
    let not_agreed = store::author::not_agreed_to(db, me.id).await.fault()?;
    lines.retain(|line| {
        let asked = contests
            .get(&line.contest)
            .is_some_and(|contest| contest.setup.eligibility.co_author_consent == CoAuthorConsent::Required);
        !asked || !not_agreed.contains(&line.id)
    });
    let ids: Vec<_> = lines.iter().map(|line| line.id).collect();
    let extended = store::deadline::of_entries(db, &ids).await.fault()?;
    let entries = lines
        .into_iter()
        .filter_map(|line| {
            let extensions = store::deadline::extensions(&extended, line.id, &[]);
            contests
                .get(&line.contest)
                .map(|contest| own_line(line, contest, extensions))
        })
        .collect();
    Ok(OwnEntriesView {
        now: ctx.now(),
        entries,
        open_contests: open_contests(ctx, db, actor).await?,
        key: ctx.key(),
    })
}

fn own_line(line: EntryLine, contest: &ContestRow, extensions: Extensions) -> OwnEntryLine {
    let timetable = &contest.setup.timetable;
    let open = contest.phase == ContestPhase::Open && line.state.is_editable();
    OwnEntryLine {
        entry: line.id,
        code: line.code,
        title: line.title,
        contest_slug: contest.slug.clone(),
        contest_name: contest.name.clone(),
        state: rules::visibility::state_for_author(line.state, contest.phase),
        updated_at: line.updated_at,
        submitted_at: line.submitted_at,
        zone: timetable.zone.clone(),
        // a list has contests of several clocks: what is left is counted in real time
        deadline: deadline::submission(timetable, line.state, line.due_at, extensions)
            .filter(|_| open)
            .map(|deadline| NextDeadline {
                at: contest.real(deadline.at),
                ..deadline
            }),
        prize: line
            .prize_code
            .filter(|_| contest.phase == ContestPhase::Published)
            .and_then(|code| prize_name(&contest.setup, &code)),
    }
}

/// Open contests the person's unit may enter, as long as there is time.
async fn open_contests(ctx: &Ctx, db: &impl Conn, actor: &Actor) -> Result<Vec<ContestCard>> {
    let unit = signed_in(actor)?.unit;
    let tree = unit_tree(db).await?;
    let mut open = store::contest::in_phases(db, &[ContestPhase::Open])
        .await
        .fault()?;
    open.retain(|contest| {
        let setup = &contest.setup;
        let deadline = deadline::submission(&setup.timetable, EntryState::Draft, None, Extensions::default());
        let in_time = deadline::in_time(deadline.as_ref(), &setup.timetable, contest.now(ctx.now())).is_ok();
        in_time && setup.eligibility.admits(unit, &tree)
    });
    crate::contest::cards(ctx, open).await
}

/// The name of a prize tier.
pub(super) fn prize_name(setup: &ContestSetup, code: &str) -> Option<String> {
    setup
        .prizes
        .iter()
        .find(|tier| tier.code == code)
        .map(|tier| tier.name.clone())
}
