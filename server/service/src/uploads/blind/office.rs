//! Office documents, which are ZIP containers: properties emptied, people taken out of comments and tracked changes,
//! pictures stripped, everything else copied as it is.

use std::io::{Cursor, Read, Write};

use contract::paper::WhyOriginal;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{Stripped, image, xml};

const BROKEN: WhyOriginal = WhyOriginal::Broken;
/// Most parts of a document.
const PARTS_MAX: usize = 10_000;
/// Largest part unpacked, and all of them together, in bytes.
const UNPACKED_MAX: u64 = 256 * 1024 * 1024;

const CORE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>"#;
const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"#;
const CUSTOM: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>"#;
const META: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>"#;

/// Whether a media type is a document kept as a container.
pub fn is_office(media_type: &str) -> bool {
    media_type.starts_with("application/vnd.openxmlformats-officedocument.")
        || media_type == "application/vnd.oasis.opendocument.text"
}

/// What becomes of a part.
enum Part {
    Replaced(&'static str),
    /// Names taken out; `true` where it holds words to read.
    Xml(bool),
    Jpeg,
    Png,
    Kept,
}

fn part(name: &str) -> Part {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    match (name, ending.as_deref()) {
        ("docProps/core.xml", _) => Part::Replaced(CORE),
        ("docProps/app.xml", _) => Part::Replaced(APP),
        ("docProps/custom.xml", _) => Part::Replaced(CUSTOM),
        ("meta.xml", _) => Part::Replaced(META),
        ("content.xml" | "word/document.xml" | "xl/sharedStrings.xml", _) => Part::Xml(true),
        (_, Some("xml")) => {
            let read = [
                "word/header",
                "word/footer",
                "word/footnotes",
                "word/endnotes",
                "word/comments",
                "ppt/slides/slide",
                "ppt/notesSlides/",
            ];
            Part::Xml(read.iter().any(|start| name.starts_with(start)))
        }
        (_, Some("jpg" | "jpeg")) => Part::Jpeg,
        (_, Some("png")) => Part::Png,
        _ => Part::Kept,
    }
}

/// A document without its properties, and its words.
pub fn strip(bytes: Vec<u8>) -> Result<Stripped, WhyOriginal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    if archive.len() > PARTS_MAX {
        return Err(WhyOriginal::Large);
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut left = UNPACKED_MAX;
    let mut text = String::new();
    for index in 0..archive.len() {
        let raw = archive.by_index_raw(index).map_err(|_| BROKEN)?;
        if raw.encrypted() {
            return Err(WhyOriginal::Protected);
        }
        let name = raw.name().to_owned();
        let contents = match part(&name) {
            Part::Kept => {
                writer.raw_copy_file(raw).map_err(|_| BROKEN)?;
                continue;
            }
            Part::Replaced(contents) => contents.as_bytes().to_vec(),
            made => {
                drop(raw);
                let contents = unpack(&mut archive, index, &mut left)?;
                match made {
                    Part::Jpeg => image::jpeg(contents.clone()).unwrap_or(contents),
                    Part::Png => image::png(contents.clone()).unwrap_or(contents),
                    Part::Xml(read) => {
                        let source = String::from_utf8(contents).map_err(|_| BROKEN)?;
                        if read {
                            text.push_str(&xml::words(&source));
                            text.push('\n');
                        }
                        xml::without_people(&source).ok_or(BROKEN)?
                    }
                    Part::Kept | Part::Replaced(_) => contents,
                }
            }
        };
        writer.start_file(name, packed).map_err(|_| BROKEN)?;
        writer.write_all(&contents).map_err(|_| BROKEN)?;
    }
    let bytes = writer.finish().map_err(|_| BROKEN)?.into_inner();
    Ok(Stripped {
        bytes,
        text: (!text.trim().is_empty()).then_some(text),
    })
}

/// A part's bytes, counted against what may be unpacked of the whole.
fn unpack(
    archive: &mut ZipArchive<Cursor<Vec<u8>>>,
    index: usize,
    left: &mut u64,
) -> Result<Vec<u8>, WhyOriginal> {
    let file = archive.by_index(index).map_err(|_| BROKEN)?;
    let mut contents = Vec::new();
    file.take(left.saturating_add(1))
        .read_to_end(&mut contents)
        .map_err(|_| BROKEN)?;
    *left = left
        .checked_sub(contents.len() as u64)
        .ok_or(WhyOriginal::Large)?;
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, contents) in parts {
            writer.start_file(*name, packed).expect("a part");
            writer.write_all(contents.as_bytes()).expect("its bytes");
        }
        writer.finish().expect("a container").into_inner()
    }

    fn read(bytes: &[u8], name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(bytes.to_vec())).expect("a container");
        let mut text = String::new();
        let mut part = archive.by_name(name).expect("the part");
        part.read_to_string(&mut text).expect("text");
        text
    }

    #[test]
    fn a_document_forgets_who_wrote_it() {
        let docx = container(&[
            ("[Content_Types].xml", "<Types/>"),
            (
                "docProps/core.xml",
                "<x><dc:creator>Nguyễn Văn An</dc:creator></x>",
            ),
            ("docProps/app.xml", "<x><Company>UBND xã Phú Mỹ</Company></x>"),
            ("docProps/custom.xml", "<x>Nguyễn Văn An</x>"),
            (
                "word/document.xml",
                r#"<w:document><w:p><w:ins w:author="Nguyễn Văn An"><w:t>Nội dung</w:t></w:ins></w:p></w:document>"#,
            ),
            (
                "word/comments.xml",
                r#"<w:comments><w:comment w:author="Nguyễn Văn An" w:initials="NVA"><w:t>ý kiến</w:t></w:comment></w:comments>"#,
            ),
            (
                "word/people.xml",
                r#"<w15:people><w15:person w15:author="Nguyễn Văn An"><w15:presenceInfo w15:userId="an@example.vn"/></w15:person></w15:people>"#,
            ),
            ("word/theme/theme1.bin", "as it was"),
        ]);
        let stripped = strip(docx).expect("a document");
        for name in [
            "docProps/core.xml",
            "docProps/app.xml",
            "docProps/custom.xml",
            "word/document.xml",
            "word/comments.xml",
            "word/people.xml",
        ] {
            let text = read(&stripped.bytes, name);
            for word in ["Nguyễn Văn An", "Phú Mỹ", "NVA", "an@example.vn"] {
                assert!(!text.contains(word), "{word} in {name}: {text}");
            }
        }
        assert!(read(&stripped.bytes, "word/document.xml").contains("Nội dung"));
        assert_eq!(read(&stripped.bytes, "word/theme/theme1.bin"), "as it was");
        let text = stripped.text.expect("words");
        assert!(text.contains("Nội dung") && text.contains("ý kiến"), "{text}");
    }

    #[test]
    fn an_open_document_forgets_too() {
        let odt = container(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            (
                "meta.xml",
                "<m><meta:initial-creator>Nguyễn Văn An</meta:initial-creator></m>",
            ),
            (
                "content.xml",
                "<c><text:p>Nội dung<office:annotation><dc:creator>Nguyễn Văn An</dc:creator></office:annotation></text:p></c>",
            ),
        ]);
        let stripped = strip(odt).expect("a document");
        for name in ["meta.xml", "content.xml"] {
            assert!(!read(&stripped.bytes, name).contains("Nguyễn"), "{name}");
        }
        assert!(stripped.text.expect("words").contains("Nội dung"));
    }

    #[test]
    fn broken_containers_are_left_alone() {
        assert_eq!(strip(b"PK nothing".to_vec()).err(), Some(BROKEN));
        let bad = container(&[("word/document.xml", "<w:document><w:p></w:document>")]);
        assert_eq!(strip(bad).err(), Some(BROKEN));
    }
}
