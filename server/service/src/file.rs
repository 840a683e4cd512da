//! Files of entries besides their bytes: what is on its way, and copies of the medium that come by hand.

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::file::{DraftFiles, FileService, MediumView, PendingUpload, PromiseCopy, ReceiveCopy};
use rules::account::{Action, Actor, may};
use rules::contest::Category;
use rules::entry::AttachmentInfo;
use rules::event::Event;
use rules::id::{EntryId, UserId};
use rules::time::Timestamp;
use store::Conn;

use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::entry::case::{Case, contest_of, unit_tree};
use crate::entry::draft::open_to_edit;
use crate::error::Fault;
use crate::uploads::FILES_MAX;

/// The service of files of entries.
pub struct Files {
    ctx: Arc<Ctx>,
}

impl Files {
    /// The service on its surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self { ctx }
    }
}

#[async_trait]
impl FileService for Files {
    async fn promise_copy(&self, actor: &Actor, command: PromiseCopy) -> Result<()> {
        let ctx = &self.ctx;
        let me = signed_in(actor)?.id;
        let contest = contest_of(ctx, command.entry).await?;
        let tx = match ctx.begin::<()>(Some(contest), command.key, me, &command).await? {
            Begun::Repeat(()) => return Ok(()),
            Begun::New(tx) => tx,
        };
        let case = open_to_edit(tx.conn(), actor, command.entry).await?;
        store::entry::promise_copy(tx.conn(), case.entry.id, command.promised)
            .await
            .fault()?;
        ctx.finish(tx, command.key, me, &()).await
    }

    async fn receive_copy(&self, actor: &Actor, command: ReceiveCopy) -> Result<()> {
        let ctx = &self.ctx;
        let me = signed_in(actor)?.id;
        let contest = contest_of(ctx, command.entry).await?;
        let mut tx = match ctx.begin::<()>(Some(contest), command.key, me, &command).await? {
            Begun::Repeat(()) => return Ok(()),
            Begun::New(tx) => tx,
        };
        let mut case = Case::load(tx.conn(), command.entry).await?;
        let tree = unit_tree(tx.conn()).await?;
        case.desk(actor, &tree)?;
        in_contest(actor, Action::DecideEligibility, contest, case.contest.phase)?;
        case.at_version(command.expected)?;
        let now = case.now(ctx);
        store::entry::receive_copy(tx.conn(), command.entry, command.received.then_some(now))
            .await
            .fault()?;
        case.entry.updated_at = now;
        case.save(tx.conn()).await?;
        let event = Event::MediumReceived {
            entry: command.entry,
            received: command.received,
        };
        tx.record(contest, Some(me), now, event).fault()?;
        ctx.finish(tx, command.key, me, &()).await
    }
}

/// What the author's page says of files besides those attached.
pub(crate) async fn draft_files(
    db: &impl Conn,
    entry: EntryId,
    person: UserId,
    now: Timestamp,
) -> Result<DraftFiles> {
    let pending = store::upload::unfinished(db, entry, person, now, u64::from(FILES_MAX))
        .await
        .fault()?;
    Ok(DraftFiles {
        pending: pending
            .into_iter()
            .map(|row| PendingUpload {
                upload: row.id,
                kind: row.kind,
                file_name: row.file_name,
                size: row.size,
                received: row.received,
                expires_at: row.expires_at,
            })
            .collect(),
        infected: store::entry::infected_names(db, entry).await.fault()?,
        copy: store::entry::copy(db, entry).await.fault()?,
    })
}

/// The medium as the organiser's desk shows it.
pub(crate) async fn medium(
    db: &impl Conn,
    actor: &Actor,
    case: &Case,
    files: &[AttachmentInfo],
) -> Result<MediumView> {
    let standing = actor.roles_in(Some(case.contest.id), None);
    Ok(MediumView {
        required: category(case).is_some_and(|category| category.medium_required),
        attached: files.iter().any(|file| file.kind.is_medium()),
        copy: store::entry::copy(db, case.entry.id).await.fault()?,
        can_receive: may(Action::DecideEligibility, &standing, Some(case.contest.phase)).is_ok(),
    })
}

/// The category of an entry.
pub(crate) fn category(case: &Case) -> Option<&Category> {
    let code = case.entry.content.category.as_ref()?;
    let categories = &case.contest.setup.categories;
    categories.iter().find(|category| category.code == *code)
}
