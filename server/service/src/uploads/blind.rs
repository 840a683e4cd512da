//! Blind copies of files: what judges get instead of an original, without the data hidden in it (2.2: metadata
//! stripped). A copy follows from the original's bytes alone, so it is made once, kept beside the blobs under their hash
//! and may be thrown away at any time.

mod header;
mod image;
mod office;
mod pdf;
mod stamp;
mod xml;

use std::fs;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use contract::Result;
use contract::paper::{CopyState, WhyOriginal};
use serde::{Deserialize, Serialize};
use store::entry::Attachment;
use tokio::io::AsyncReadExt;
use tokio::sync::Semaphore;

use super::{Uploads, off_thread};
use crate::error::internal;
use crate::secret::hex;

/// Raised whenever copies are made otherwise, so that old ones are left behind.
const MAKE: &str = "1";
/// Largest file taken apart, in bytes: it is held in memory.
const SIZE_MAX: u64 = 128 * 1024 * 1024;
/// Most text kept of a file, in bytes.
const TEXT_MAX: usize = 2 * 1024 * 1024;
/// Copies made at once.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A file taken apart.
struct Stripped {
    bytes: Vec<u8>,
    /// The words in it; `None` where there are none to read, or they could not be read.
    text: Option<String>,
}

/// What is remembered of a copy.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Note {
    state: CopyState,
    text: Option<String>,
}

/// What judges get of a file.
#[derive(Clone, Debug)]
pub(crate) struct BlindCopy {
    pub state: CopyState,
    /// Where the copy lies, if one was made.
    pub path: PathBuf,
    /// The words in it, where they can be read.
    pub text: Option<String>,
}

/// Whether a type holds words that a copy's note should know.
pub(crate) fn holds_words(media_type: &str) -> bool {
    media_type == "application/pdf" || office::is_office(media_type)
}

impl Uploads {
    /// The blind copy of a file, made now where it was not yet.
    ///
    /// # Errors
    /// `Internal`: the disk cannot be read or written.
    pub(crate) async fn blind_copy(&self, file: &Attachment) -> Result<BlindCopy> {
        let place = self.place(&file.info.sha256);
        let known = {
            let place = place.clone();
            off_thread(move || known(&place)).await?
        };
        if let Some(copy) = known {
            return Ok(copy);
        }
        let _turn = TURNS.acquire().await.map_err(|error| internal(&error))?;
        let original = match self.original(file).await {
            Ok(original) => original,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(BlindCopy {
                    state: CopyState::Missing,
                    path: place,
                    text: None,
                });
            }
            Err(error) => return Err(internal(&error)),
        };
        let (media_type, blobs) = (file.info.media_type.clone(), self.blobs.clone());
        off_thread(move || {
            let stripped = match original {
                None => Err(WhyOriginal::Large),
                Some(bytes) => strip(&media_type, bytes),
            };
            let note = match stripped {
                Ok(stripped) => {
                    keep(&blobs, &place, "copy", &stripped.bytes)?;
                    Note {
                        state: CopyState::Stripped,
                        text: stripped.text.map(|text| shortened(text, TEXT_MAX)),
                    }
                }
                Err(why) => Note {
                    state: CopyState::Original(why),
                    text: None,
                },
            };
            // the note last: where it is, all is there
            keep(&blobs, &place, "json", &serde_json::to_vec(&note)?)?;
            Ok(of_note(note, &place))
        })
        .await
    }

    /// Where the blind copy lies with `code` on its pages, made now where it was not yet: of a PDF or DOCX. The copy as it is
    /// for every other type, and where the code cannot be written.
    ///
    /// # Errors
    /// `Internal`: the disk cannot be read or written.
    pub(crate) async fn with_code(&self, media_type: &str, copy: &BlindCopy, code: &str) -> Result<PathBuf> {
        let stamp: fn(&[u8], &str) -> Option<Vec<u8>> = match media_type {
            "application/pdf" => stamp::stamp,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => header::stamp,
            _ => return Ok(copy.path.clone()),
        };
        let code = code.to_owned();
        let (plain, blobs) = (copy.path.clone(), self.blobs.clone());
        // as hex, so that the code may have any letters
        let ending = format!("{}.code", hex(code.as_bytes()));
        let marked = plain.with_extension(&ending);
        let _turn = TURNS.acquire().await.map_err(|error| internal(&error))?;
        off_thread(move || {
            if marked.exists() {
                return Ok(marked);
            }
            let bytes = fs::read(&plain)?;
            // files are hostile: a library that gives up on one leaves the copy without its code
            let work = || stamp(&bytes, &code);
            match catch_unwind(AssertUnwindSafe(work)).unwrap_or(None) {
                Some(stamped) => {
                    keep(&blobs, &plain, &ending, &stamped)?;
                    Ok(marked)
                }
                None => Ok(plain),
            }
        })
        .await
    }

    /// The bytes of a file; `None` for one too large to be taken apart.
    async fn original(&self, file: &Attachment) -> io::Result<Option<Vec<u8>>> {
        let mut blob = self.blobs.open(&file.storage_key).await?;
        if file.info.size > SIZE_MAX {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        blob.read_to_end(&mut bytes).await?;
        Ok(Some(bytes))
    }

    /// Path of a copy without its ending.
    fn place(&self, sha256: &str) -> PathBuf {
        let folder = self.ctx.config.data_dir.join("blind").join(MAKE);
        folder.join(sha256.get(..2).unwrap_or_default()).join(sha256)
    }
}

fn known(place: &Path) -> io::Result<Option<BlindCopy>> {
    match fs::read(place.with_extension("json")) {
        // an unreadable note is written anew
        Ok(bytes) => {
            let note = serde_json::from_slice::<Note>(&bytes).ok();
            Ok(note.map(|note| of_note(note, place)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn of_note(note: Note, place: &Path) -> BlindCopy {
    BlindCopy {
        path: place.with_extension("copy"),
        state: note.state,
        text: note.text,
    }
}

/// Writes beside and renames, so that a reader never sees half a file.
fn keep(blobs: &super::blob::Blobs, place: &Path, ending: &str, bytes: &[u8]) -> io::Result<()> {
    let target = place.with_extension(ending);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let (mut file, path) = blobs.temporary()?;
    file.write_all(bytes)?;
    path.persist(&target).map_err(|error| error.error)
}

fn shortened(mut text: String, max: usize) -> String {
    let end = (0..=max.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or_default());
    text
}

/// Takes a file apart by its type, which was decided by content when it came in. Files are hostile: a library that gives
/// up on one leaves the original.
fn strip(media_type: &str, bytes: Vec<u8>) -> std::result::Result<Stripped, WhyOriginal> {
    let work = || match media_type {
        "image/jpeg" => image::jpeg(bytes).map(picture),
        "image/png" => image::png(bytes).map(picture),
        "image/webp" => image::webp(bytes).map(picture),
        "application/pdf" => pdf::strip(&bytes),
        office if office::is_office(office) => office::strip(bytes),
        _ => Err(WhyOriginal::Media),
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(WhyOriginal::Broken))
}

fn picture(bytes: Vec<u8>) -> Stripped {
    Stripped { bytes, text: None }
}
