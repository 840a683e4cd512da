//! What the QR code of a receipt opens: for its authors the way to the entry, for everybody else that such a receipt
//! exists.

use contract::deadline::ReceiptStatusView;
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::entry::ReceiptToken;

use crate::actor::in_contest;
use crate::ctx::Ctx;
use crate::entry::case::Case;
use crate::error::Fault;

const ABSENT: Error = Error::NotFound(Kind::Page);

/// The status. A code without the right digits of a submission's hash is not found, whether or not it exists.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, token: &str) -> Result<ReceiptStatusView> {
    let token = ReceiptToken::parse(token).ok_or(ABSENT)?;
    let db = ctx.store.read();
    let found = store::entry::revisions_by_code(db, &token.code).await.fault()?;
    let found = found
        .into_iter()
        .find(|found| found.line.content_hash.starts_with(&token.check))
        .ok_or(ABSENT)?;
    let case = Case::load(db, found.entry).await.map_err(|_| ABSENT)?;
    in_contest(actor, Action::CheckReceipt, case.contest.id, case.contest.phase).map_err(|_| ABSENT)?;
    let own = actor.user().is_some_and(|user| case.is_written_by(user));
    Ok(ReceiptStatusView {
        contest_slug: case.contest.slug,
        contest_name: case.contest.name,
        code: token.code,
        revision: found.line.revision,
        replaced: found.line.revision < case.entry.revision,
        submitted_at: found.line.submitted_at,
        zone: case.contest.setup.timetable.zone,
        timeliness: found.line.timeliness,
        content_hash: found.line.content_hash,
        entry: own.then_some(found.entry),
    })
}
