//! Types of files that may be uploaded, recognised by content (2.3: the name proves nothing).

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rules::entry::AttachmentKind;
use zip::ZipArchive;

use super::name::extension_of;

/// A type on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Jpeg,
    Png,
    Webp,
    Mp4,
    Webm,
    Mov,
    Zip,
    SevenZip,
}

/// Recognises a type by the first bytes.
type Matcher = fn(&[u8]) -> bool;

/// Bytes from the start of a file that [`Media::detect`] wants.
pub const HEAD: usize = 4096;

impl Media {
    const ALL: [Media; 13] = [
        Media::Pdf,
        Media::Docx,
        Media::Xlsx,
        Media::Pptx,
        Media::Odt,
        Media::Jpeg,
        Media::Png,
        Media::Webp,
        Media::Mp4,
        Media::Webm,
        Media::Mov,
        Media::Zip,
        Media::SevenZip,
    ];

    /// The media type as sent.
    pub fn mime(self) -> &'static str {
        match self {
            Media::Pdf => "application/pdf",
            Media::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Media::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Media::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Media::Odt => "application/vnd.oasis.opendocument.text",
            Media::Jpeg => "image/jpeg",
            Media::Png => "image/png",
            Media::Webp => "image/webp",
            Media::Mp4 => "video/mp4",
            Media::Webm => "video/webm",
            Media::Mov => "video/quicktime",
            Media::Zip => "application/zip",
            Media::SevenZip => "application/x-7z-compressed",
        }
    }

    /// The usual extension.
    pub fn extension(self) -> &'static str {
        self.extensions()[0]
    }

    /// Whether a name with this lower-case extension may hold the type.
    pub fn accepts_extension(self, extension: &str) -> bool {
        self.extensions().contains(&extension)
    }

    fn extensions(self) -> &'static [&'static str] {
        match self {
            Media::Pdf => &["pdf"],
            Media::Docx => &["docx"],
            Media::Xlsx => &["xlsx"],
            Media::Pptx => &["pptx"],
            Media::Odt => &["odt"],
            Media::Jpeg => &["jpg", "jpeg"],
            Media::Png => &["png"],
            Media::Webp => &["webp"],
            Media::Mp4 => &["mp4", "m4v"],
            Media::Webm => &["webm"],
            Media::Mov => &["mov"],
            Media::Zip => &["zip"],
            Media::SevenZip => &["7z"],
        }
    }

    /// Whether an attachment of `kind` may be of this type.
    pub fn suits(self, kind: AttachmentKind) -> bool {
        match kind {
            AttachmentKind::StatementFile => matches!(self, Media::Pdf | Media::Docx),
            AttachmentKind::Image => matches!(self, Media::Jpeg | Media::Png | Media::Webp),
            AttachmentKind::Video => matches!(self, Media::Mp4 | Media::Webm | Media::Mov),
            AttachmentKind::Software => matches!(self, Media::Zip | Media::SevenZip),
            AttachmentKind::Other => true,
        }
    }

    /// Whether it is a ZIP container.
    pub fn is_zip(self) -> bool {
        matches!(
            self,
            Media::Docx | Media::Xlsx | Media::Pptx | Media::Odt | Media::Zip
        )
    }

    /// Whether a file of this name may turn out to be an attachment of `kind`: the ending is that of a type taken, or
    /// there is none. For a refusal before the bytes come; what counts in the end is the content.
    ///
    /// # Errors
    /// What the ending says instead, for the message.
    pub fn may_be_called(name: &str, kind: AttachmentKind) -> Result<(), String> {
        let Some(extension) = extension_of(name) else {
            return Ok(());
        };
        let named = |media: &&Media| media.accepts_extension(&extension);
        if Media::ALL.iter().filter(named).any(|media| media.suits(kind)) {
            return Ok(());
        }
        Err(Media::ALL
            .iter()
            .find(named)
            .map_or_else(|| format!(".{extension}"), |media| media.mime().to_owned()))
    }

    /// Whether a signed decision may be filed as this type: the document itself or its scan.
    pub fn suits_decision(self) -> bool {
        matches!(self, Media::Pdf | Media::Jpeg | Media::Png)
    }

    /// The type of the file at `path`, whose first [`HEAD`] bytes are `head`. Reads the directory of a ZIP container,
    /// so it blocks.
    ///
    /// # Errors
    /// What was found instead, as a media type for the message.
    pub fn detect(head: &[u8], path: &Path) -> Result<Media, String> {
        use infer::{archive, image, video};
        let simple: [(Matcher, Media); 9] = [
            (image::is_png, Media::Png),
            (image::is_jpeg, Media::Jpeg),
            (image::is_webp, Media::Webp),
            (video::is_webm, Media::Webm),
            (video::is_mp4, Media::Mp4),
            (video::is_m4v, Media::Mp4),
            (video::is_mov, Media::Mov),
            (archive::is_7z, Media::SevenZip),
            (archive::is_pdf, Media::Pdf),
        ];
        // A container first: a ZIP of source code may well begin with a file that mentions "%PDF".
        if archive::is_zip(head) {
            return container(path);
        }
        match simple.into_iter().find(|(is, _)| is(head)) {
            Some((_, media)) => Ok(media),
            None => Err(found(head)),
        }
    }
}

/// What a refused file is, as far as it can be told. The matcher of old Office files parses their whole structure, so it
/// is left out: hostile bytes need not reach it for a message.
fn found(head: &[u8]) -> String {
    const OLD_OFFICE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if head.starts_with(&OLD_OFFICE) {
        return "application/x-ole-storage".into();
    }
    match infer::get(head) {
        Some(kind) => kind.mime_type().into(),
        None if std::str::from_utf8(head).is_ok() => "text/plain".into(),
        None => "application/octet-stream".into(),
    }
}

/// The type of a ZIP container by what lies in it.
fn container(path: &Path) -> Result<Media, String> {
    let broken = || Media::Zip.mime().to_owned();
    let file = File::open(path).map_err(|_| broken())?;
    let mut archive = ZipArchive::new(file).map_err(|_| broken())?;
    if let Some(kind) = open_document(&mut archive) {
        return if kind == Media::Odt.mime() {
            Ok(Media::Odt)
        } else {
            Err(kind)
        };
    }
    if archive.index_for_name("[Content_Types].xml").is_none() {
        return Ok(Media::Zip);
    }
    let office = [
        ("word/document.xml", Media::Docx),
        ("xl/workbook.xml", Media::Xlsx),
        ("ppt/presentation.xml", Media::Pptx),
    ];
    let Some((_, media)) = office
        .into_iter()
        .find(|(part, _)| archive.index_for_name(part).is_some())
    else {
        return Ok(Media::Zip);
    };
    if archive.file_names().any(|name| name.ends_with("vbaProject.bin")) {
        return Err("application/vnd.ms-office.vbaProject".into());
    }
    Ok(media)
}

/// The media type an OpenDocument or EPUB container states about itself, stored uncompressed by its standard.
fn open_document(archive: &mut ZipArchive<File>) -> Option<String> {
    let mut text = String::new();
    archive
        .by_name("mimetype")
        .ok()?
        .take(100)
        .read_to_string(&mut text)
        .ok()?;
    let plain = text
        .trim()
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/.-+".contains(&byte));
    Some(if plain && !text.trim().is_empty() {
        text.trim().to_owned()
    } else {
        Media::Zip.mime().to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_refused_before_the_bytes_come() {
        use AttachmentKind::{Image, Other, Software, StatementFile, Video};
        let ask = Media::may_be_called;
        assert_eq!(ask("Thuyết minh.PDF", StatementFile), Ok(()));
        assert_eq!(ask("Phương án 1.2", Other), Ok(()));
        assert_eq!(ask("không đuôi", Video), Ok(()));
        assert_eq!(ask("phim.m4v", Video), Ok(()));
        assert_eq!(ask("chạy.exe", Other), Err(".exe".into()));
        assert_eq!(ask("trang.html", Other), Err(".html".into()));
        assert_eq!(ask("ảnh.png", StatementFile), Err("image/png".into()));
        assert_eq!(ask("phim.mp4", Image), Err("video/mp4".into()));
        assert_eq!(ask("../../mã.zip", Software), Ok(()));
    }
}
