//! Uploads in pieces (tus 1.0): beginning one, where it stands, ending it before its time. The pieces are in
//! [`super::piece`].
//!
//! The offset lives in the database and the bytes in the data folder, so a dropped line, a reload of the page or a
//! restart of the server goes on where it stopped. Who may, the state, the phase, the number of files and the limit are
//! asked when it begins and again when the last byte is in.

use contract::entry::NewAttachment;
use contract::error::FieldProblem;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::Actor;
use rules::id::{EntryId, UploadId};
use rules::time::Timestamp;
use store::upload::Upload as Row;

use super::growing::Growing;
use super::media::Media;
use super::slot::Held;
use super::upload::{FILES_MAX, may_begin, room_for_one};
use super::{Uploads, off_thread};
use crate::actor::signed_in;
use crate::error::{Fault, internal};

/// How long an upload is kept after its last piece.
const KEPT: chrono::Duration = chrono::Duration::days(3);

/// Longest file name taken down, in characters; what is kept in the end is shorter and cleaner.
const NAME_MAX: usize = 1_000;

pub(super) const ABSENT: Error = Error::NotFound(Kind::Attachment);

/// Where an upload stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub id: UploadId,
    pub entry: EntryId,
    /// Bytes that are safe.
    pub offset: u64,
    /// Declared length.
    pub size: u64,
    pub expires_at: Timestamp,
    /// The file belongs to the entry now.
    pub finished: bool,
}

impl Standing {
    pub(super) fn of(row: &Row) -> Self {
        let finished = row.attachment.is_some();
        Self {
            id: row.id,
            entry: row.entry,
            offset: if finished { row.size } else { row.received },
            size: row.size,
            expires_at: row.expires_at,
            finished,
        }
    }
}

impl Uploads {
    /// Begins an upload of `size` bytes. The same key begins it once.
    ///
    /// # Errors
    /// `NotFound` and `Denied` as for every change of an entry; `Rule(FileTooLarge | FileEmpty | FileType |
    /// TooManyFiles)`; `Invalid(key)` where the key belongs to another upload.
    pub async fn begin_pieces(&self, actor: &Actor, new: NewAttachment, size: u64) -> Result<Standing> {
        let me = signed_in(actor)?.id;
        let ctx = &self.ctx;
        let tx = ctx.store.write(None).await.fault()?;
        if let Some(begun) = store::upload::by_key(tx.conn(), new.key).await.fault()? {
            let same = begun.person == me
                && begun.entry == new.entry
                && begun.kind == new.kind
                && begun.size == size;
            return if same {
                Ok(Standing::of(&begun))
            } else {
                Err(Error::field("key", FieldProblem::Taken))
            };
        }
        let now = ctx.now();
        let case = room_for_one(tx.conn(), actor, &new).await?;
        may_begin(tx.conn(), &case, now).await?;
        let limit = ctx.config.upload_limit;
        if size > limit {
            return Err(Violation::FileTooLarge { limit }.into());
        }
        if size == 0 {
            return Err(Violation::FileEmpty.into());
        }
        if new.file_name.chars().count() > NAME_MAX {
            return Err(Error::field(
                "filename",
                FieldProblem::TooLong { max: NAME_MAX as u32 },
            ));
        }
        // said before gigabytes travel: no type with this ending would do
        Media::may_be_called(&new.file_name, new.kind).map_err(|found| Violation::FileType { found })?;
        let open = store::upload::unfinished(tx.conn(), new.entry, me, now, u64::from(FILES_MAX))
            .await
            .fault()?;
        if open.len() >= FILES_MAX as usize {
            return Err(Violation::TooManyFiles { max: FILES_MAX }.into());
        }
        let row = Row {
            id: ctx.id(),
            person: me,
            entry: new.entry,
            key: new.key,
            kind: new.kind,
            // PostgreSQL keeps no NUL, and no file is ever called so
            file_name: new.file_name.replace('\0', ""),
            size,
            received: 0,
            created_at: now,
            expires_at: now + KEPT,
            attachment: None,
        };
        store::upload::insert(tx.conn(), &row)
            .await
            .or_taken("key", "key")?;
        ctx.commit(tx).await?;
        Ok(Standing::of(&row))
    }

    /// Where an upload stands, by what is on disk; while another process writes to it, by what that one noted. An upload
    /// that has all its bytes is finished now, should that have failed before.
    ///
    /// # Errors
    /// `NotFound(Attachment)` for everybody but who began it; `Rule(UploadExpired | UploadBusy)`; what finishing may
    /// answer.
    pub async fn standing(&self, actor: &Actor, id: UploadId) -> Result<Standing> {
        let (row, held) = self.turn(actor, id).await?;
        let Some(mut held) = held else {
            // all its bytes are in, and the other process has not decided yet whether they will do
            let undecided = row.attachment.is_none() && row.received >= row.size;
            return if undecided {
                Err(Violation::UploadBusy.into())
            } else {
                Ok(Standing::of(&row))
            };
        };
        self.record(&row, &mut held).await?;
        self.whole(actor, row, held).await
    }

    /// Ends an upload before its time and forgets its bytes. A finished one is a file of the entry and is removed there.
    ///
    /// # Errors
    /// `NotFound(Attachment)` for everybody but who began it, and where it is finished; `Rule(UploadBusy)`.
    pub async fn terminate(&self, actor: &Actor, id: UploadId) -> Result<()> {
        self.owned(actor, id).await?;
        let mut held = self.slots.take(id, self.ctx.now()).await?;
        if self.owned(actor, id).await?.attachment.is_some() {
            return Err(ABSENT);
        }
        let locked;
        (held, locked) = self.lock(held, id).await?;
        if !locked {
            return Err(Violation::UploadBusy.into());
        }
        held.growing.take();
        self.discard(id).await
    }

    /// The caller's own unfinished uploads to an entry, to be gone on with.
    ///
    /// # Errors
    /// `Denied(SignInRequired)`.
    pub async fn unfinished(&self, actor: &Actor, entry: EntryId) -> Result<Vec<Row>> {
        let me = signed_in(actor)?.id;
        let db = self.ctx.store.read();
        store::upload::unfinished(db, entry, me, self.ctx.now(), u64::from(FILES_MAX))
            .await
            .fault()
    }

    /// The row of an upload, for who began it.
    pub(super) async fn owned(&self, actor: &Actor, id: UploadId) -> Result<Row> {
        let me = signed_in(actor)?.id;
        let row = store::upload::find(self.ctx.store.read(), id).await.fault()?;
        row.filter(|row| row.person == me).ok_or(ABSENT)
    }

    /// The turn at an upload, with its row as it is then and its bytes in order. No turn where it is finished, and where
    /// another process writes to it; the row is what that one noted then.
    pub(super) async fn turn(&self, actor: &Actor, id: UploadId) -> Result<(Row, Option<Held>)> {
        self.owned(actor, id).await?;
        let now = self.ctx.now();
        let mut held = self.slots.take(id, now).await?;
        let row = self.owned(actor, id).await?;
        if row.attachment.is_some() {
            return Ok((row, None));
        }
        if row.expires_at <= now {
            return Err(Violation::UploadExpired.into());
        }
        let locked;
        (held, locked) = self.lock(held, id).await?;
        if !locked {
            return Ok((row, None));
        }
        // until it let go of the file, another process may have gone on with the upload or brought it to its end
        let row = self.owned(actor, id).await;
        let over = match &row {
            Ok(row) => row.attachment.is_some(),
            Err(error) => *error == ABSENT,
        };
        if over {
            // the lock made the file anew
            held.growing.take();
            self.drop_pieces(vec![id]).await?;
            return row.map(|row| (row, None));
        }
        let row = row?;
        let (path, recorded) = (self.piece_path(id), row.received);
        held = off_thread(move || {
            if held.growing.as_ref().is_none_or(|kept| kept.recorded != recorded) {
                *held.growing = Some(Growing::open(&path, recorded)?);
            }
            if let Some(growing) = held.growing.as_mut() {
                growing.settle()?;
            }
            Ok(held)
        })
        .await?;
        Ok((row, Some(held)))
    }

    /// Keeps other processes from an upload for as long as the turn is held; false where one of them has it.
    async fn lock(&self, mut held: Held, id: UploadId) -> Result<(Held, bool)> {
        let path = self.piece_path(id);
        off_thread(move || {
            let locked = held.lock(&path)?;
            Ok((held, locked))
        })
        .await
    }

    /// Syncs what is written and then notes it in the database.
    pub(super) async fn record(&self, row: &Row, held: &mut Held) -> Result<()> {
        let Some(growing) = held.growing.as_mut() else {
            return Err(ABSENT);
        };
        if growing.recorded == growing.written || !growing.is_verified() {
            return Ok(());
        }
        growing.sync().map_err(|error| internal(&error))?;
        let tx = self.ctx.store.write(None).await.fault()?;
        store::upload::advance(tx.conn(), row.id, growing.written, self.ctx.now() + KEPT)
            .await
            .fault()?;
        self.ctx.commit(tx).await?;
        growing.noted();
        Ok(())
    }

    /// Forgets an upload, row and bytes.
    pub(super) async fn discard(&self, id: UploadId) -> Result<()> {
        let tx = self.ctx.store.write(None).await.fault()?;
        store::upload::remove(tx.conn(), &[id]).await.fault()?;
        self.ctx.commit(tx).await?;
        self.slots.forget(id);
        self.drop_pieces(vec![id]).await
    }

    /// Removes the bytes of uploads; no matter if they are gone already.
    pub(super) async fn drop_pieces(&self, ids: Vec<UploadId>) -> Result<()> {
        let paths: Vec<_> = ids.into_iter().map(|id| self.piece_path(id)).collect();
        off_thread(move || {
            for path in paths {
                match std::fs::remove_file(path) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            Ok(())
        })
        .await
    }

    pub(super) fn piece_path(&self, id: UploadId) -> std::path::PathBuf {
        self.blobs.incoming().join(piece_name(id))
    }
}

/// The file an upload grows in.
pub(super) fn piece_name(id: UploadId) -> String {
    format!("tus-{id}")
}
