//! The receipt of a submission, for its authors: what was received, when, and the hashes that prove it.

use contract::{Error, Kind, Result};
use papers::{FileLine, Moment, Paper, Person, Receipt, qr_svg, timeliness_name};
use rules::account::{Action, Actor};
use rules::contest::Timeliness;
use rules::entry::{AttachmentInfo, Author, ReceiptToken};
use rules::id::EntryId;
use rules::text::{Locale, format_integer};
use store::entry::Revision;

use super::{Printed, Printing};
use crate::actor::anywhere;
use crate::entry::case::{Case, unit_tree};
use crate::entry::deadline::extended_until;
use crate::error::Fault;

impl Printing {
    /// The receipt of an entry's last submission.
    ///
    /// # Errors
    /// `NotFound(Entry)` for all but its authors, and before the first submission.
    pub async fn receipt(&self, actor: &Actor, entry: EntryId) -> Result<Printed> {
        let db = self.ctx.store.read();
        let (case, code, submitted) = self.submitted(actor, entry).await?;
        let (contest, content) = (&case.contest, submitted.content);
        let zone = &contest.setup.timetable.zone;
        let categories = &contest.setup.categories;
        let category = categories
            .iter()
            .find(|category| Some(&category.code) == content.category.as_ref());
        let tree = unit_tree(db).await?;
        let unit = case.entry.unit.and_then(|unit| tree.get(unit));
        let files = store::entry::handed_in(db, &[entry]).await.fault()?;
        let until = match submitted.timeliness {
            Timeliness::Extended => {
                extended_until(db, contest.id, entry, case.entry.unit, submitted.submitted_at).await?
            }
            Timeliness::InTime | Timeliness::InGrace => None,
        };
        let status_url = self.status_url(&code, &submitted.content_hash);
        let receipt = Receipt {
            contest: contest.name.clone(),
            title: content.title,
            category: category.map(|category| category.name.clone()).unwrap_or_default(),
            authors: content.authors.into_iter().map(person).collect(),
            unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            received: Moment::exact(submitted.submitted_at, zone),
            timeliness: timeliness_name(submitted.timeliness),
            extended_until: until.map(|until| Moment::exact(until, zone)),
            revision: submitted.revision,
            declaration: content.declaration,
            files: files.into_iter().map(|file| file.info).map(file_line).collect(),
            content_hash: submitted.content_hash,
            made: submitted.submitted_at,
            qr: qr_svg(&status_url).unwrap_or_default(),
            status_url,
            code,
        };
        let file_name = format!("{}-bien-nhan.pdf", receipt.code);
        self.print(file_name, Paper::Receipt(receipt)).await
    }

    /// The QR code of an entry's receipt, SVG: it opens the address that shows anybody that the receipt exists.
    ///
    /// # Errors
    /// As for [`Printing::receipt`].
    pub async fn receipt_qr(&self, actor: &Actor, entry: EntryId) -> Result<String> {
        let (_, code, submitted) = self.submitted(actor, entry).await?;
        let url = self.status_url(&code, &submitted.content_hash);
        qr_svg(&url).ok_or(Error::NotFound(Kind::Entry))
    }

    /// The last submission of an entry with its code, for its authors.
    async fn submitted(&self, actor: &Actor, entry: EntryId) -> Result<(Case, String, Revision)> {
        anywhere(actor, Action::SeeOwnEntries)?;
        let db = self.ctx.store.read();
        let case = Case::load(db, entry).await?;
        case.authors_only(actor)?;
        let submitted = store::entry::revision(db, entry, case.entry.revision)
            .await
            .fault()?;
        match (case.entry.code.clone(), submitted) {
            (Some(code), Some(submitted)) => Ok((case, code, submitted)),
            _ => Err(Error::NotFound(Kind::Entry)),
        }
    }

    /// Where anybody who has the receipt can check it.
    fn status_url(&self, code: &str, content_hash: &str) -> String {
        let path = ReceiptToken::new(code, content_hash).path();
        format!("{}{path}", self.ctx.config.public_url)
    }
}

/// An author as printed.
pub(super) fn person(author: Author) -> Person {
    let stated = author.share != rules::points::Points::ZERO;
    Person {
        share: if stated {
            format!("{}%", author.share.format(Locale::Vi, 0))
        } else {
            String::new()
        },
        full_name: author.full_name,
        position: author.position,
        unit: author.unit_name,
    }
}

/// A file as printed.
pub(super) fn file_line(file: AttachmentInfo) -> FileLine {
    FileLine {
        size: format_integer(i64::try_from(file.size).unwrap_or(i64::MAX), Locale::Vi),
        name: file.file_name,
        sha256: file.sha256,
    }
}
