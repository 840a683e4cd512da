//! The organiser's overview: how many messages of which kind, and how far each has come.

use std::collections::BTreeMap;

use contract::message::{DeliveriesView, DeliveryLine, KindLine, ResendMail};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::id::{EntryId, UserId};
use rules::message::{DeliveryState, MessageKind, Reach};
use store::message::{DeliveryRow, KindTally};

use super::inbox::pages;
use crate::actor::signed_in;
use crate::contest::{allowed, for_action};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Messages on a page.
const PAGE: u32 = 50;

/// The overview of a contest.
pub(super) async fn view(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    reach: Option<Reach>,
    page: u32,
) -> Result<DeliveriesView> {
    let db = ctx.store.read();
    let contest = for_action(ctx, actor, slug, Action::SeeDeliveries).await?;
    let tallies = store::message::kinds(db, contest.id).await.fault()?;
    let total: u64 = tallies
        .iter()
        .filter(|tally| reach.is_none_or(|reach| reach == Reach::of(tally.state)))
        .map(|tally| tally.count)
        .sum();
    let pages = pages(total, PAGE);
    let page = page.clamp(1, pages);
    let offset = u64::from(page - 1) * u64::from(PAGE);
    let rows = store::message::deliveries(db, contest.id, reach, offset, PAGE.into())
        .await
        .fault()?;
    Ok(DeliveriesView {
        lines: lines(ctx, rows).await?,
        kinds: kinds(&tallies),
        reach,
        contest: contest.id,
        contest_slug: contest.slug,
        contest_name: contest.name,
        zone: contest.setup.timetable.zone,
        total,
        page,
        pages,
        key: ctx.key(),
    })
}

/// Puts mails that did not go out into the queue again.
pub(super) async fn resend(ctx: &Ctx, actor: &Actor, command: ResendMail) -> Result<u64> {
    let me = signed_in(actor)?.id;
    let tx = match ctx
        .begin::<u64>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(count) => return Ok(count),
        Begun::New(tx) => tx,
    };
    let contest = store::contest::by_id(tx.conn(), command.contest).await.fault()?;
    let contest = contest.ok_or(Error::NotFound(Kind::Contest))?;
    allowed(actor, Action::ResendMail, &contest)?;
    let count = store::message::requeue(tx.conn(), contest.id, command.delivery, ctx.now())
        .await
        .fault()?;
    ctx.finish(tx, command.key, me, &count).await?;
    Ok(count)
}

fn kinds(tallies: &[KindTally]) -> Vec<KindLine> {
    MessageKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let own = || tallies.iter().filter(move |tally| tally.kind == kind);
            let mails = |state| {
                own()
                    .filter(|tally| tally.state == Some(state))
                    .map(|tally| tally.count)
                    .sum()
            };
            let messages: u64 = own().map(|tally| tally.count).sum();
            (messages > 0).then(|| KindLine {
                kind,
                messages,
                read: own().map(|tally| tally.read).sum(),
                queued: mails(DeliveryState::Queued),
                sent: mails(DeliveryState::Sent),
                failed: mails(DeliveryState::Failed),
                given_up: mails(DeliveryState::GivenUp),
            })
        })
        .collect()
}

/// The rows with the names of readers and the codes of entries, two queries however many rows.
async fn lines(ctx: &Ctx, rows: Vec<DeliveryRow>) -> Result<Vec<DeliveryLine>> {
    let db = ctx.store.read();
    let readers = rows.iter().filter_map(|row| row.reader);
    let people = store::account::people_by_ids(db, readers).await.fault()?;
    let names: BTreeMap<UserId, String> = people.into_iter().map(|row| (row.id, row.full_name)).collect();
    let ids: Vec<EntryId> = rows.iter().filter_map(|row| row.entry).collect();
    let entries = store::entry::find_all(db, &ids).await.fault()?;
    let codes: BTreeMap<EntryId, Option<String>> =
        entries.into_iter().map(|entry| (entry.id, entry.code)).collect();
    Ok(rows
        .into_iter()
        .map(|row| DeliveryLine {
            delivery: row.delivery,
            kind: row.kind,
            reader: row.reader.and_then(|reader| names.get(&reader).cloned()),
            address: row.address,
            entry: row.entry,
            entry_code: row.entry.and_then(|entry| codes.get(&entry).cloned().flatten()),
            at: row.at,
            reach: Reach::of(row.state),
            attempts: row.attempts,
            sent_at: row.sent_at,
            next_attempt_at: row
                .next_attempt_at
                .filter(|_| row.state == Some(DeliveryState::Failed)),
            failure: row.failure,
        })
        .collect())
}
