//! Adding a file to an entry.

use contract::Result;
use contract::entry::NewAttachment;
use rules::Violation;
use rules::account::Actor;
use rules::contest::{upload_may_begin, upload_may_finish};
use rules::entry::AttachmentInfo;
use rules::event::Event;
use rules::id::{UploadId, Version};
use rules::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::Conn;
use store::entry::Attachment;

use super::Uploads;
use super::incoming::{Incoming, Kept};
use crate::actor::signed_in;
use crate::ctx::Begun;
use crate::entry::case::{Case, contest_of};
use crate::entry::deadline::{self, Extended};
use crate::entry::draft::{files, open_to_edit};
use crate::error::Fault;

/// Most files of one entry.
pub const FILES_MAX: u32 = 20;

/// A file on its way to an entry. Dropping it leaves nothing behind.
pub struct Upload {
    uploads: Uploads,
    actor: Actor,
    new: NewAttachment,
    incoming: Incoming,
    started_at: Timestamp,
}

/// A file added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    pub attachment: AttachmentInfo,
    /// The entry's version with the file.
    pub version: Version,
}

impl Uploads {
    /// Begins an upload: an author of the entry, while it may be changed, with room for one more file and a declared
    /// length (where there is one) within the limit.
    ///
    /// # Errors
    /// `NotFound` for others; `Denied` outside the phase; a rule's refusal. No byte was read then.
    pub async fn begin(
        &self,
        actor: &Actor,
        new: NewAttachment,
        declared_len: Option<u64>,
    ) -> Result<Upload> {
        let db = self.ctx.store.read();
        let started_at = self.ctx.now();
        let case = room_for_one(db, actor, &new).await?;
        may_begin(db, &case, started_at).await?;
        let incoming =
            Incoming::begin(self.blobs.clone(), self.ctx.config.upload_limit, declared_len).await?;
        Ok(Upload {
            uploads: self.clone(),
            actor: actor.clone(),
            new,
            incoming,
            started_at,
        })
    }
}

impl Upload {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// `Rule(FileTooLarge)` as soon as the limit is passed; what was written is gone then.
    pub async fn write(&mut self, chunk: &[u8]) -> Result<()> {
        self.incoming.write(chunk).await
    }

    /// Ends the upload: keeps the bytes, then stores the row and its event.
    ///
    /// # Errors
    /// `Rule(FileEmpty | FileType | TooManyFiles | EntryStep)`, or what changed meanwhile. No row is stored then.
    pub async fn finish(self) -> Result<Uploaded> {
        let Upload {
            uploads,
            actor,
            new,
            incoming,
            started_at,
        } = self;
        let kept = incoming
            .keep(&new.file_name, "attachment", |media| media.suits(new.kind))
            .await?;
        uploads.add(&actor, new, kept, started_at, None).await
    }
}

impl Uploads {
    /// Adds a file whose bytes are kept to its entry, once: the same key again answers the same. `started_at` is when
    /// its first byte was announced; `pieces` is the upload it came by, where it came in pieces.
    pub(super) async fn add(
        &self,
        actor: &Actor,
        new: NewAttachment,
        kept: Kept,
        started_at: Timestamp,
        pieces: Option<UploadId>,
    ) -> Result<Uploaded> {
        let ctx = &self.ctx;
        let arrived = ctx.now();
        let me = signed_in(actor)?.id;
        let contest = contest_of(ctx, new.entry).await?;
        let mut tx = match ctx
            .begin::<Uploaded>(
                Some(contest),
                new.key,
                me,
                &(new.entry, &kept.file_name, kept.sha256.to_string()),
            )
            .await?
        {
            Begun::Repeat(uploaded) => return Ok(uploaded),
            Begun::New(tx) => tx,
        };
        let case = room_for_one(tx.conn(), actor, &new).await?;
        let now = case.contest.now(arrived);
        let started_at = case.contest.now(started_at);
        uploads_end(tx.conn(), &case, Some(started_at), now).await?;
        let attachment = AttachmentInfo {
            id: ctx.id(),
            kind: new.kind,
            file_name: kept.file_name,
            media_type: kept.media.mime().to_owned(),
            size: kept.size,
            sha256: kept.sha256.to_string(),
            uploaded_at: now,
            scan: self.first_scan(),
        };
        let row = Attachment {
            entry: new.entry,
            info: attachment.clone(),
            storage_key: kept.storage_key,
        };
        store::entry::insert_attachment(tx.conn(), &row).await.fault()?;
        if let Some(pieces) = pieces {
            store::upload::finish(tx.conn(), pieces, attachment.id)
                .await
                .fault()?;
        }
        // an upload starts from no version: somebody may be saving a step in the meantime
        let version = store::entry::touch(tx.conn(), new.entry, now).await.fault()?;
        let event = Event::AttachmentAdded {
            entry: new.entry,
            attachment: attachment.id,
            sha256: attachment.sha256.clone(),
            size: attachment.size,
        };
        tx.record(contest, Some(me), now, event).fault()?;
        let uploaded = Uploaded { attachment, version };
        ctx.finish(tx, new.key, me, &uploaded).await?;
        Ok(uploaded)
    }
}

/// Refuses an upload that begins after the deadline; `now` by the server's clock.
pub(super) async fn may_begin(db: &impl Conn, case: &Case, now: Timestamp) -> Result<()> {
    uploads_end(db, case, None, case.contest.now(now)).await
}

/// Refuses an upload that begins after the deadline (`started_at` is `None`), or that was begun in time and would end
/// after the grace.
async fn uploads_end(
    db: &impl Conn,
    case: &Case,
    started_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    let (entry, timetable) = (&case.entry, &case.contest.setup.timetable);
    let extended = Extended::load(db, case.contest.id, entry.id, entry.unit).await?;
    let deadline = deadline::submission(timetable, entry.state, entry.due_at, extended.times());
    let taken = match started_at {
        None => upload_may_begin(deadline.as_ref(), now),
        Some(started_at) => upload_may_finish(started_at, deadline.as_ref(), now),
    };
    match deadline {
        Some(deadline) if !taken => Err(Violation::UploadsEnded {
            deadline: deadline.at,
            grace_until: deadline.grace_until(),
            zone: timetable.zone.clone(),
            now,
        }
        .into()),
        _ => Ok(()),
    }
}

/// The entry, where the caller may add a file to it now.
pub(super) async fn room_for_one(db: &impl Conn, actor: &Actor, new: &NewAttachment) -> Result<Case> {
    let case = open_to_edit(db, actor, new.entry).await?;
    if !case.contest.setup.eligibility.takes(new.kind) {
        return Err(Violation::FileKind { kind: new.kind }.into());
    }
    if files(db, new.entry).await?.len() >= FILES_MAX as usize {
        return Err(Violation::TooManyFiles { max: FILES_MAX }.into());
    }
    Ok(case)
}
