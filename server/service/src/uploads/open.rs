//! Handing out files to those who may read the entry they belong to.

use contract::paper::CopyState;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, Role, may};
use rules::entry::{AttachmentInfo, Scan};
use rules::event::EntryLabel;
use rules::id::{AttachmentId, RoundId};
use rules::judging::ScorecardState;
use store::contest::ContestRow;
use store::entry::BlindFile;

use super::Uploads;
use super::blob::{Blob, Blobs};
use crate::actor::{in_contest, signed_in};
use crate::ctx::Ctx;
use crate::entry::case::{Case, unit_tree};
use crate::error::{Fault, internal};

/// What is answered wherever the viewer may not know whether there is such a file.
pub(crate) const ABSENT: Error = Error::NotFound(Kind::Attachment);

impl Uploads {
    /// A file with its name and bytes: for the entry's authors and, once a submission had it, its unit's coordinator and
    /// the organiser. What an author adds later is theirs until they submit again.
    ///
    /// # Errors
    /// `NotFound(Attachment)` for everybody else; `Denied(SignInRequired)`.
    pub async fn open(&self, actor: &Actor, id: AttachmentId) -> Result<(AttachmentInfo, Blob)> {
        let me = signed_in(actor)?.id;
        let db = self.ctx.store.read();
        let submitted = store::entry::submitted_file(db, id).await.fault()?;
        let handed_in = submitted.is_some();
        let file = match submitted {
            Some(file) => file,
            None => store::entry::attachment(db, id).await.fault()?.ok_or(ABSENT)?,
        };
        let case = Case::load_to_write(db, file.entry).await?;
        if file.info.scan == Scan::Infected {
            return Err(ABSENT);
        }
        if !case.is_written_by(me) {
            if !handed_in || case.desk(actor, &unit_tree(db).await?).is_err() {
                return Err(ABSENT);
            }
            scanned(&file.info)?;
        }
        in_contest(
            actor,
            Action::DownloadAttachment,
            case.contest.id,
            case.contest.phase,
        )?;
        Ok((file.info, self.bytes(&file.storage_key).await?))
    }

    /// A file of the entry called `label` in a round, for a judge of that round who is not recused from it. Its own name
    /// might tell who wrote it and is replaced; in a blind contest judges get the blind copy. Where none can be made they
    /// get the original: the organiser saw which files those are before opening the round.
    ///
    /// # Errors
    /// `NotFound(Attachment)` for everybody else; `Denied` outside the judging.
    pub async fn open_blind(
        &self,
        actor: &Actor,
        round: RoundId,
        label: &EntryLabel,
        id: AttachmentId,
    ) -> Result<(AttachmentInfo, Blob)> {
        let (contest, blind) = blind_entry(&self.ctx, actor, round, label).await?;
        let (number, file) = (1..)
            .zip(blind.files)
            .find(|(_, file)| file.info.id == id)
            .ok_or(ABSENT)?;
        scanned(&file.info)?;
        let mut info = file.info.clone();
        info.file_name = blind_name(label, number, &info.file_name);
        if !contest.setup.eligibility.blind {
            return Ok((info, self.bytes(&file.storage_key).await?));
        }
        let copy = self.blind_copy(&file).await?;
        match copy.state {
            CopyState::Missing => Err(ABSENT),
            CopyState::Original(_) => Ok((info, self.bytes(&file.storage_key).await?)),
            CopyState::Stripped => {
                let path = self.with_code(&info.media_type, &copy, &label.0).await?;
                let bytes = Blobs::open_file(&path).await.map_err(|error| internal(&error))?;
                info.size = bytes.1;
                Ok((info, bytes.0))
            }
        }
    }

    /// The bytes behind a storage key, for those who tell a missing file from a broken disk.
    pub(crate) async fn stored(&self, key: &str) -> std::io::Result<Blob> {
        self.blobs.open(key).await
    }

    /// The bytes behind a storage key.
    pub(crate) async fn bytes(&self, key: &str) -> Result<Blob> {
        self.blobs.open(key).await.map_err(|error| internal(&error))
    }
}

/// Only its authors may open a file the scanner has not looked at yet.
fn scanned(file: &AttachmentInfo) -> Result<()> {
    match file.scan {
        Scan::Clean => Ok(()),
        Scan::Held => Err(Violation::FileHeld.into()),
        Scan::Infected => Err(ABSENT),
    }
}

/// The entry called `label` in a round with its contest, for a judge of that round who is not recused from it.
///
/// # Errors
/// `NotFound(Attachment)` for everybody else; `Denied` outside the judging.
pub(crate) async fn blind_entry(
    ctx: &Ctx,
    actor: &Actor,
    round: RoundId,
    label: &EntryLabel,
) -> Result<(ContestRow, BlindFile)> {
    let me = signed_in(actor)?.id;
    let db = ctx.store.read();
    let blind = store::entry::blind_files(db, round, &label.0, me)
        .await
        .fault()?
        .ok_or(ABSENT)?;
    if blind.card == Some(ScorecardState::Recused) {
        return Err(ABSENT);
    }
    let contest = store::entry::contest_of(db, blind.entry)
        .await
        .fault()?
        .ok_or(ABSENT)?;
    let contest = store::contest::by_id(db, contest).await.fault()?.ok_or(ABSENT)?;
    // the seat just found makes a judge of the caller
    let mut standing = actor.roles_in(Some(contest.id), None);
    standing.roles.insert(Role::Judge);
    may(Action::SeeBlindEntry, &standing, Some(contest.phase))?;
    Ok((contest, blind))
}

/// The name a judge sees, as in the judge's view of the entry: label and number of the file, with its extension.
fn blind_name(label: &EntryLabel, number: usize, file_name: &str) -> String {
    let extension = file_name
        .rsplit_once('.')
        .map_or("bin", |(_, extension)| extension);
    format!("{}-{number}.{extension}", label.0)
}
