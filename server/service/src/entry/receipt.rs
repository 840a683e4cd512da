//! The receipt and status page, for the authors only.

use contract::entry::ReceiptView;
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, may};
use rules::contest::ContestPhase;
use rules::entry::{EntryStep, ReceiptToken};
use rules::id::EntryId;
use rules::points::Points;
use store::Conn;

use super::case::{Case, unit_tree};
use super::deadline::{self, Extended};
use super::draft::handed_in;
use super::track::track;
use super::{own::prize_name, units};
use crate::ctx::Ctx;
use crate::error::Fault;

/// The receipt of the last submission. Points, comments and prize appear with the decision.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, id: EntryId) -> Result<ReceiptView> {
    let db = ctx.store.read();
    let case = Case::load(db, id).await?;
    case.authors_only(actor)?;
    let (contest, entry) = (&case.contest, &case.entry);
    let submitted = store::entry::revision(db, id, entry.revision).await.fault()?;
    let (Some(submitted), Some(code)) = (submitted, entry.code.clone()) else {
        return Err(Error::NotFound(Kind::Entry));
    };
    let setup = &contest.setup;
    let published = contest.phase == ContestPhase::Published;
    let (average, comments) = if published {
        (
            average(db, &case).await?,
            store::entry::comments_on(db, id).await.fault()?,
        )
    } else {
        (None, Vec::new())
    };
    let category = setup
        .categories
        .iter()
        .find(|category| Some(&category.code) == submitted.content.category.as_ref());
    let standing = actor.roles_in(Some(contest.id), None);
    let now = case.now(ctx);
    let extended = Extended::load(db, contest.id, id, entry.unit).await?;
    let deadline = deadline::submission(&setup.timetable, entry.state, entry.due_at, extended.times());
    let copy = store::entry::working_copy(db, id).await.fault()?;
    let revising = copy.is_some() && case.may_take_up() && contest.phase == ContestPhase::Open;
    let status_path = ReceiptToken::new(&code, &submitted.content_hash).path();
    Ok(ReceiptView {
        entry: id,
        code,
        title: submitted.content.title,
        contest_slug: contest.slug.clone(),
        contest_name: contest.name.clone(),
        category_name: category.map(|category| category.name.clone()).unwrap_or_default(),
        authors: submitted.content.authors,
        unit_name: units::name(&unit_tree(db).await?, entry.unit),
        state: rules::visibility::state_for_author(entry.state, contest.phase),
        version: entry.version,
        submitted_at: submitted.submitted_at,
        zone: setup.timetable.zone.clone(),
        revision: submitted.revision,
        timeliness: submitted.timeliness,
        status_path,
        content_hash: submitted.content_hash,
        attachments: handed_in(db, id).await?,
        can_take_up: case.may_take_up()
            && copy.is_none()
            && may(Action::TakeUpEntry, &standing, Some(contest.phase)).is_ok()
            && deadline::in_time(deadline.as_ref(), &setup.timetable, now).is_ok(),
        revising,
        copy_version: copy.filter(|_| revising).map(|copy| copy.version),
        deadline: deadline.filter(|_| contest.phase == ContestPhase::Open && case.may_take_up()),
        extensions: extended.notes(now),
        now,
        track: track(db, &case, false).await?,
        prize: entry
            .prize_code
            .as_ref()
            .filter(|_| published)
            .and_then(|code| prize_name(setup, code)),
        average,
        comments,
        can_withdraw: may(Action::WithdrawEntry, &standing, Some(contest.phase)).is_ok()
            && entry.state.after(EntryStep::Withdraw).is_ok(),
        key: ctx.key(),
    })
}

/// The entry's average in the last round it took part in.
async fn average(db: &impl Conn, case: &Case) -> Result<Option<Points>> {
    let rounds = store::contest::rounds(db, case.contest.id).await.fault()?;
    for round in rounds.iter().rev() {
        let tally = crate::judging::locked_tally(round)?;
        let row = tally
            .into_iter()
            .flat_map(|tally| tally.rows)
            .find(|row| row.entry == case.entry.id);
        if let Some(row) = row {
            return Ok(row.rounded);
        }
    }
    Ok(None)
}
