//! Documents as PDF: one function, [`render`], over a typesetting library that nothing else of the product knows.
//!
//! A [`Paper`] is data. The templates are fixed and embedded, and what people typed reaches them as JSON strings, never
//! as markup. The same paper gives the same bytes: no clock, no random number, no font of the machine. Documents are in
//! Vietnamese whatever the language of the screens, in the form of NĐ 30/2020 (domain.md 2.4), and PDF/A-2a.

mod markdown;
mod paper;
mod press;
mod qr;
mod text;
mod words;
mod world;

use std::sync::LazyLock;

use chrono::{Datelike, Timelike};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use paper::{
    Block, FileLine, Moment, Paper, Person, Receipt, Run, Slip, SlipLine, Statement, StatementPart,
};
pub use press::Press;
pub use qr::qr_svg;
pub use words::{answer_part, maturity_name, scope_name, section_name, timeliness_name};

use world::PaperWorld;

/// Most bytes of data in one paper: an entry may hold 140,000 characters, a slip some hundred lines.
pub const DATA_MAX: usize = 4 * 1024 * 1024;

/// Why a paper was not made. None of it can be the reader's fault, so none of it is told to them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the paper's data cannot be written as JSON: {0}")]
    Data(#[from] serde_json::Error),
    #[error("the paper holds {0} bytes of data, {DATA_MAX} are allowed")]
    TooLarge(usize),
    #[error("the template does not compile: {0}")]
    Template(String),
    #[error("no PDF could be written: {0}")]
    Export(String),
    #[error("the paper took too long")]
    Time,
    #[error("the printing thread failed: {0}")]
    Thread(String),
}

/// Calls after which remembered layouts that were not used again are forgotten.
const REMEMBERED: usize = 2;

static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_2a]).expect("one standard alone never contradicts itself")
});

/// Typesets a paper. Takes some tens of milliseconds of a core: callers on async threads use [`Press`].
///
/// # Errors
/// [`Error`].
pub fn render(paper: &Paper) -> Result<Vec<u8>, Error> {
    let data = text::printable(serde_json::to_value(paper)?);
    let data = serde_json::to_vec(&data)?;
    if data.len() > DATA_MAX {
        return Err(Error::TooLarge(data.len()));
    }
    let world = PaperWorld::new(paper.template(), data);
    let document = typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|errors| Error::Template(messages(&errors)))?;
    let options = PdfOptions {
        ident: Smart::Custom(paper.identity()),
        creator: Smart::Custom(None),
        timestamp: timestamp(paper.made()),
        standards: STANDARDS.clone(),
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| Error::Export(messages(&errors)))?;
    typst::comemo::evict(REMEMBERED);
    Ok(pdf)
}

fn timestamp(at: rules::time::Timestamp) -> Option<Timestamp> {
    let part = |number: u32| u8::try_from(number).ok();
    let moment = Datetime::from_ymd_hms(
        at.year(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )?;
    Some(Timestamp::new_utc(moment))
}

fn messages(errors: &[typst::diag::SourceDiagnostic]) -> String {
    let texts: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    texts.join("; ")
}
