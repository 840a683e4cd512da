//! The pieces of an upload, and what happens when the last one is in.

use std::io::Read;
use std::time::Duration;

use bytes::Bytes;
use contract::entry::NewAttachment;
use contract::error::FieldProblem;
use contract::{Error, Result};
use futures::{Stream, StreamExt};
use rules::Violation;
use rules::account::Actor;
use rules::id::UploadId;
use store::upload::Upload as Row;

use super::checksum::Checksum;
use super::incoming::{Arrived, Kept};
use super::media::HEAD;
use super::resumable::{ABSENT, Standing};
use super::slot::Held;
use super::{Uploads, off_thread};
use crate::error::internal;

/// Bytes gathered before they go to disk together.
const BLOCK: usize = 256 * 1024;

/// Bytes after which what arrived is synced and noted, also in the middle of a piece: a crash costs no more than these.
const SYNC_EVERY: u64 = 16 * 1024 * 1024;

/// How long a body may bring nothing before the turn is given up: another process cannot ask for it.
const SILENCE: Duration = Duration::from_secs(2 * 60);

/// A piece as its headers say it.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Where it goes on.
    pub offset: u64,
    /// Its length, where the client says it.
    pub length: Option<u64>,
    pub checksum: Option<Checksum>,
}

/// Why the reading of a piece ended.
enum End {
    /// All of it came.
    Whole,
    /// The connection broke, or somebody else wants the turn.
    Broken,
    /// Nothing came for long.
    Silent,
    /// More came than was declared.
    Overrun,
}

impl Uploads {
    /// Takes a piece and, with the last one, finishes: the file is checked and added to its entry. What arrived before
    /// the line dropped stays; a piece with a checksum counts only as a whole.
    ///
    /// # Errors
    /// `NotFound(Attachment)` for everybody but who began it; `Rule(UploadOffset | UploadOverrun | UploadChecksum |
    /// UploadExpired | UploadBusy)`; with the last piece what adding a file may answer. A file whose content will not
    /// do is forgotten at once.
    pub async fn append<S>(&self, actor: &Actor, id: UploadId, piece: Piece, body: S) -> Result<Standing>
    where
        S: Stream<Item = std::io::Result<Bytes>> + Send + Unpin,
    {
        let (row, held) = self.turn(actor, id).await?;
        let end = piece.offset.checked_add(piece.length.unwrap_or_default());
        if row.attachment.is_some() {
            // the finishing request again, whose answer was lost
            return if end == Some(row.size) {
                Ok(Standing::of(&row))
            } else {
                Err(Violation::UploadOffset { expected: row.size }.into())
            };
        }
        let Some(mut held) = held else {
            return Err(Violation::UploadBusy.into());
        };
        let expected = held.growing.as_ref().ok_or(ABSENT)?.written;
        if piece.offset != expected {
            return Err(Violation::UploadOffset { expected }.into());
        }
        if end.is_none_or(|end| end > row.size) {
            return Err(Violation::UploadOverrun { size: row.size }.into());
        }
        let (back, ended) = self.read_in(&row, held, &piece, body).await?;
        held = back;
        if matches!(ended, End::Overrun) {
            return Err(Violation::UploadOverrun { size: row.size }.into());
        }
        if let Some(checksum) = piece.checksum {
            let whole = matches!(ended, End::Whole);
            let verified;
            (held, verified) = off_thread(move || {
                let growing = held.growing.as_mut();
                let verified = match growing {
                    Some(growing) if whole => growing.verify(&checksum)?,
                    Some(growing) => {
                        growing.settle()?;
                        false
                    }
                    None => false,
                };
                Ok((held, verified))
            })
            .await?;
            if whole && !verified {
                return Err(Violation::UploadChecksum.into());
            }
        }
        self.record(&row, &mut held).await?;
        match ended {
            End::Whole => self.whole(actor, row, held).await,
            End::Silent => Err(Violation::UploadBusy.into()),
            _ => Err(Error::field("file", FieldProblem::Malformed)),
        }
    }

    /// Reads a piece to disk, block by block.
    async fn read_in<S>(&self, row: &Row, mut held: Held, piece: &Piece, mut body: S) -> Result<(Held, End)>
    where
        S: Stream<Item = std::io::Result<Bytes>> + Send + Unpin,
    {
        let mut asked = held.asked();
        let Some(growing) = held.growing.as_mut() else {
            return Err(ABSENT);
        };
        let start = growing.mark();
        if let Some(checksum) = &piece.checksum {
            growing.expect(checksum);
        }
        let mut arrived = growing.written;
        let mut block = Vec::with_capacity(BLOCK);
        let end = loop {
            let next = tokio::select! {
                biased;
                () = Held::asked_to_stop(&mut asked) => break End::Broken,
                next = tokio::time::timeout(SILENCE, body.next()) => next,
            };
            let Ok(next) = next else {
                tracing::debug!("an upload fell silent");
                break End::Silent;
            };
            match next {
                None => break End::Whole,
                Some(Err(error)) => {
                    tracing::debug!(%error, "an upload broke off");
                    break End::Broken;
                }
                Some(Ok(bytes)) => {
                    arrived = arrived.saturating_add(bytes.len() as u64);
                    if arrived > row.size {
                        break End::Overrun;
                    }
                    block.extend_from_slice(&bytes);
                }
            }
            if block.len() >= BLOCK {
                (held, block) = write(held, block).await?;
                if held
                    .growing
                    .as_ref()
                    .is_some_and(|growing| growing.written - growing.recorded >= SYNC_EVERY)
                {
                    self.record(row, &mut held).await?;
                }
            }
        };
        if matches!(end, End::Overrun) {
            // a client that lies about its length has said nothing to keep
            held = off_thread(move || {
                if let Some(growing) = held.growing.as_mut() {
                    growing.back_to(start)?;
                }
                Ok(held)
            })
            .await?;
            self.record(row, &mut held).await?;
        } else if !block.is_empty() {
            (held, _) = write(held, block).await?;
        }
        Ok((held, end))
    }

    /// Finishes an upload that has all its bytes; otherwise says where it stands.
    pub(super) async fn whole(&self, actor: &Actor, mut row: Row, mut held: Held) -> Result<Standing> {
        let Some(growing) = held.growing.as_ref() else {
            return Err(ABSENT);
        };
        row.received = growing.written;
        if growing.written < row.size {
            return Ok(Standing::of(&row));
        }
        let path = self.piece_path(row.id);
        let (read, sha256) = (path.clone(), growing.hash());
        let head = off_thread(move || {
            let mut head = Vec::with_capacity(HEAD);
            std::fs::File::open(read)?
                .take(HEAD as u64)
                .read_to_end(&mut head)?;
            Ok(head)
        })
        .await?;
        let arrived = Arrived {
            path: &path,
            head,
            size: row.size,
            sha256,
        };
        let kept: Result<Kept> = arrived
            .keep(&self.blobs, &row.file_name, "attachment", |media| {
                media.suits(row.kind)
            })
            .await;
        let kept = match kept {
            Ok(kept) => kept,
            Err(refusal) => {
                if matches!(refusal, Error::Rule(_)) {
                    // these bytes will not do tomorrow either
                    self.discard(row.id).await?;
                    held.growing.take();
                }
                return Err(refusal);
            }
        };
        let new = NewAttachment {
            key: row.key,
            entry: row.entry,
            kind: row.kind,
            file_name: row.file_name.clone(),
        };
        let added = self.add(actor, new, kept, row.created_at, Some(row.id)).await?;
        held.growing.take();
        self.slots.forget(row.id);
        self.drop_pieces(vec![row.id]).await?;
        row.attachment = Some(added.attachment.id);
        Ok(Standing::of(&row))
    }
}

/// Writes a block where it may block, and gives its room back.
async fn write(mut held: Held, mut block: Vec<u8>) -> Result<(Held, Vec<u8>)> {
    let done = tokio::task::spawn_blocking(move || {
        let written = match held.growing.as_mut() {
            Some(growing) => growing.write(&block),
            None => Ok(()),
        };
        block.clear();
        (held, block, written)
    })
    .await;
    let (held, block, written) = done.map_err(|panic| internal(&panic))?;
    written.map_err(|error| internal(&error))?;
    Ok((held, block))
}
