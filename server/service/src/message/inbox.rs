//! A page of one's own messages.

use std::collections::BTreeMap;

use contract::Result;
use contract::message::{InboxQuery, InboxView, MailStatus, MessageLine};
use rules::account::{Action, Actor};
use rules::id::{ContestId, MessageId};
use rules::message::DeliveryState;
use store::contest::ContestRow;
use store::message::MailRow;

use crate::actor::{anywhere, signed_in};
use crate::ctx::Ctx;
use crate::error::Fault;

/// Messages on a page.
const PAGE: u32 = 20;

/// The page asked for; one behind the end is the last one.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, query: InboxQuery) -> Result<InboxView> {
    anywhere(actor, Action::SeeOwnMessages)?;
    let me = signed_in(actor)?.id;
    let db = ctx.store.read();
    let now = ctx.now();
    let wanted = query.page.max(1);
    let load = async |page: u32| {
        let offset = u64::from(page - 1) * u64::from(PAGE);
        store::message::inbox(db, me, query.unread, offset, PAGE.into())
            .await
            .fault()
    };
    let (mut rows, total) = load(wanted).await?;
    let pages = pages(total, PAGE);
    let page = wanted.min(pages);
    if page != wanted {
        rows = load(page).await?.0;
    }
    let ids: Vec<MessageId> = rows.iter().map(|row| row.id).collect();
    let mails = store::message::mails_of(db, &ids).await.fault()?;
    let contests = store::contest::by_ids(db, rows.iter().map(|row| row.contest))
        .await
        .fault()?;
    let contests: BTreeMap<ContestId, ContestRow> = contests.into_iter().map(|row| (row.id, row)).collect();
    let messages = rows
        .into_iter()
        .filter_map(|row| {
            let contest = contests.get(&row.contest)?;
            let mail = mails.iter().find(|mail| mail.message == row.id).map(status);
            Some(MessageLine {
                id: row.id,
                body: row.body,
                entry: row.entry,
                contest_slug: contest.slug.clone(),
                contest_name: contest.name.clone(),
                zone: contest.setup.timetable.zone.clone(),
                at: row.at,
                read: row.read,
                mail,
            })
        })
        .collect();
    Ok(InboxView {
        messages,
        total,
        unread: store::message::unread(db, me).await.fault()?,
        page,
        pages,
        unread_only: query.unread,
        now,
    })
}

/// Pages of a list; an empty one has one.
pub(super) fn pages(total: u64, size: u32) -> u32 {
    u32::try_from(total.div_ceil(u64::from(size)))
        .unwrap_or(u32::MAX)
        .max(1)
}

fn status(mail: &MailRow) -> MailStatus {
    match (mail.state, mail.sent_at) {
        (DeliveryState::Sent, Some(at)) => MailStatus::Sent { at },
        (DeliveryState::GivenUp, _) => MailStatus::NotSent,
        _ => MailStatus::Waiting,
    }
}
