//! Signed documents of a contest: filed by the organiser with the decision, public once it is published.

use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, Role};
use rules::contest::ContestPhase;
use rules::id::{ContestId, DocumentId, UserId};
use store::contest::ContestRow;
use store::entry::Document;

use super::Uploads;
use super::blob::Blob;
use super::incoming::Incoming;
use crate::actor::{in_contest, signed_in};
use crate::error::Fault;

/// A signed document as filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    pub id: DocumentId,
    pub file_name: String,
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// Lower-case hex.
    pub sha256: String,
}

/// A signed document on its way. Dropping it leaves nothing behind.
pub struct DocumentUpload {
    uploads: Uploads,
    contest: ContestId,
    actor: Actor,
    user: UserId,
    file_name: String,
    incoming: Incoming,
}

impl Uploads {
    /// Begins the upload of a signed decision (PDF, JPEG or PNG) by the contest's organiser.
    ///
    /// # Errors
    /// `NotFound(Contest)`, `Denied`, `Rule(FileTooLarge)`. No byte was read then.
    pub async fn begin_document(
        &self,
        actor: &Actor,
        contest: ContestId,
        file_name: String,
        declared_len: Option<u64>,
    ) -> Result<DocumentUpload> {
        let user = signed_in(actor)?.id;
        self.may_file(actor, contest).await?;
        let incoming =
            Incoming::begin(self.blobs.clone(), self.ctx.config.upload_limit, declared_len).await?;
        Ok(DocumentUpload {
            uploads: self.clone(),
            contest,
            actor: actor.clone(),
            user,
            file_name,
            incoming,
        })
    }

    /// A document and its bytes: everybody's once the result is published, before that the organiser's and leader's.
    ///
    /// # Errors
    /// `NotFound(Attachment)`.
    pub async fn open_document(&self, actor: &Actor, id: DocumentId) -> Result<(StoredDocument, Blob)> {
        let absent = Error::NotFound(Kind::Attachment);
        let db = self.ctx.store.read();
        let document = store::entry::document(db, id)
            .await
            .fault()?
            .ok_or(absent.clone())?;
        let contest = self.contest(document.contest).await?.ok_or(absent.clone())?;
        let standing = actor.roles_in(Some(contest.id), None);
        let public = contest.phase == ContestPhase::Published;
        if !public && !standing.has(Role::Organiser) && !standing.has(Role::Leader) {
            return Err(absent);
        }
        let file = self.bytes(&document.storage_key).await?;
        Ok((stored(document), file))
    }

    async fn may_file(&self, actor: &Actor, contest: ContestId) -> Result<ContestRow> {
        let contest = self
            .contest(contest)
            .await?
            .ok_or(Error::NotFound(Kind::Contest))?;
        in_contest(actor, Action::RecordDecision, contest.id, contest.phase)?;
        Ok(contest)
    }

    async fn contest(&self, id: ContestId) -> Result<Option<ContestRow>> {
        store::contest::by_id(self.ctx.store.read(), id).await.fault()
    }
}

impl DocumentUpload {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// `Rule(FileTooLarge)` as soon as the limit is passed.
    pub async fn write(&mut self, chunk: &[u8]) -> Result<()> {
        self.incoming.write(chunk).await
    }

    /// Ends the upload. The document counts only once a decision names it.
    ///
    /// # Errors
    /// `Rule(FileEmpty | FileType)`, or what changed meanwhile.
    pub async fn finish(self) -> Result<StoredDocument> {
        let ctx = &self.uploads.ctx;
        let kept = self
            .incoming
            .keep(&self.file_name, "document", super::media::Media::suits_decision)
            .await?;
        let contest = self.uploads.may_file(&self.actor, self.contest).await?;
        let document = Document {
            id: ctx.id(),
            contest: self.contest,
            file_name: kept.file_name,
            media_type: kept.media.mime().to_owned(),
            size: kept.size,
            sha256: kept.sha256.to_string(),
            storage_key: kept.storage_key,
            uploaded_by: self.user,
            uploaded_at: contest.now(ctx.now()),
        };
        let tx = ctx.store.write(Some(self.contest)).await.fault()?;
        store::entry::insert_document(tx.conn(), &document)
            .await
            .fault()?;
        ctx.commit(tx).await?;
        Ok(stored(document))
    }
}

fn stored(document: Document) -> StoredDocument {
    StoredDocument {
        id: document.id,
        file_name: document.file_name,
        media_type: document.media_type,
        size: document.size,
        sha256: document.sha256,
    }
}
