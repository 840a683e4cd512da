//! The blind code in the header of every page of a DOCX (2.2). The document's own headers give way to it: they are where
//! bodies print their names.

use std::io::{Cursor, Read, Write};

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Largest part rewritten, in bytes.
const PART_MAX: u64 = 64 * 1024 * 1024;
const PART: &str = "word/header_blind_code.xml";
const RELATION: &str = "rIdBlindCode";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const NO_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#;
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The document with `code` in its header; `None` where it cannot be written.
pub fn stamp(bytes: &[u8], code: &str) -> Option<Vec<u8>> {
    let plain = code
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if code.is_empty() || !plain {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let put = |writer: &mut ZipWriter<_>, name: &str, text: &[u8]| {
        writer.start_file(name, packed).ok()?;
        writer.write_all(text).ok()
    };
    let mut related = false;
    for index in 0..archive.len() {
        let raw = archive.by_index_raw(index).ok()?;
        let name = raw.name().to_owned();
        let made: fn(&str) -> Option<Vec<u8>> = match name.as_str() {
            "word/document.xml" => with_reference,
            "[Content_Types].xml" => with_type,
            RELATIONS => {
                related = true;
                with_relation
            }
            _ => {
                writer.raw_copy_file(raw).ok()?;
                continue;
            }
        };
        drop(raw);
        let mut text = String::new();
        let part = archive.by_index(index).ok()?;
        part.take(PART_MAX).read_to_string(&mut text).ok()?;
        put(&mut writer, &name, &made(&text)?)?;
    }
    if !related {
        put(&mut writer, RELATIONS, &with_relation(NO_RELATIONS)?)?;
    }
    let header = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{code}</w:t></w:r></w:p></w:hdr>"#
    );
    put(&mut writer, PART, header.as_bytes())?;
    Some(writer.finish().ok()?.into_inner())
}

fn with_type(text: &str) -> Option<Vec<u8>> {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
    before_end(
        text,
        "</Types>",
        &format!(r#"<Override PartName="/{PART}" ContentType="{kind}"/>"#),
    )
}

fn with_relation(text: &str) -> Option<Vec<u8>> {
    let target = PART.strip_prefix("word/")?;
    let relation = format!(r#"<Relationship Id="{RELATION}" Type="{OFFICE}/header" Target="{target}"/>"#);
    before_end(text, "</Relationships>", &relation)
}

fn before_end(text: &str, end: &str, added: &str) -> Option<Vec<u8>> {
    let at = text.rfind(end)?;
    Some(format!("{}{added}{}", &text[..at], &text[at..]).into_bytes())
}

/// Every section refers to the code's header and to no other; a document without sections gets one.
fn with_reference(text: &str) -> Option<Vec<u8>> {
    let mut reader = Reader::from_str(text);
    let mut writer = Writer::new(Vec::with_capacity(text.len() + 512));
    let mut sections = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return (sections > 0).then(|| writer.into_inner()),
            Event::Empty(element) if local(&element) == "headerReference" => {}
            Event::Start(element) if local(&element) == "sectPr" => {
                sections += 1;
                let prefix = prefix(&element);
                writer.write_event(Event::Start(element)).ok()?;
                references(&mut writer, &prefix)?;
            }
            Event::Empty(element) if local(&element) == "sectPr" => {
                sections += 1;
                section(&mut writer, &prefix(&element), Some(element))?;
            }
            Event::End(element) if element.local_name().as_ref() == "body" && sections == 0 => {
                sections += 1;
                let name = element.name();
                let name: &str = name.as_ref();
                let prefix = name.strip_suffix("body").unwrap_or_default().to_owned();
                section(&mut writer, &prefix, None)?;
                writer.write_event(Event::End(element)).ok()?;
            }
            other => writer.write_event(other).ok()?,
        }
    }
}

fn section(writer: &mut Writer<Vec<u8>>, prefix: &str, element: Option<BytesStart<'_>>) -> Option<()> {
    let name = format!("{prefix}sectPr");
    let start = element.unwrap_or_else(|| BytesStart::new(name.clone()));
    writer.write_event(Event::Start(start)).ok()?;
    references(writer, prefix)?;
    writer.write_event(Event::End(BytesEnd::new(name))).ok()
}

fn references(writer: &mut Writer<Vec<u8>>, prefix: &str) -> Option<()> {
    for kind in ["default", "first", "even"] {
        let mut reference = BytesStart::new(format!("{prefix}headerReference"));
        reference.push_attribute(("xmlns:r", OFFICE));
        reference.push_attribute((format!("{prefix}type").as_str(), kind));
        reference.push_attribute(("r:id", RELATION));
        writer.write_event(Event::Empty(reference)).ok()?;
    }
    Some(())
}

fn local(element: &BytesStart<'_>) -> String {
    let name = element.local_name();
    let name: &str = name.as_ref();
    name.to_owned()
}

/// `w:` of `w:sectPr`.
fn prefix(element: &BytesStart<'_>) -> String {
    let name = element.name();
    let name: &str = name.as_ref();
    name.strip_suffix("sectPr").unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPES: &str =
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>"#;

    fn docx(document: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("[Content_Types].xml", TYPES), ("word/document.xml", document)] {
            writer
                .start_file(name, SimpleFileOptions::default())
                .expect("a part");
            writer.write_all(text.as_bytes()).expect("its bytes");
        }
        writer.finish().expect("a container").into_inner()
    }

    fn read(bytes: &[u8], name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a container");
        let mut text = String::new();
        let mut part = archive.by_name(name).expect("the part");
        part.read_to_string(&mut text).expect("text");
        text
    }

    #[test]
    fn every_section_has_the_code_for_its_header_and_no_other() {
        let document = r#"<w:document xmlns:w="x"><w:body><w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId7"/><w:pgSz/></w:sectPr></w:pPr></w:p><w:sectPr/></w:body></w:document>"#;
        let stamped = stamp(&docx(document), "SL-07").expect("a document");
        let text = read(&stamped, "word/document.xml");
        assert_eq!(text.matches("rIdBlindCode").count(), 6, "{text}");
        assert!(!text.contains("rId7") && text.contains("<w:pgSz/>"), "{text}");
        assert!(read(&stamped, PART).contains("<w:t>SL-07</w:t>"));
        assert!(read(&stamped, RELATIONS).contains("header_blind_code.xml"));
        assert!(read(&stamped, "[Content_Types].xml").contains("/word/header_blind_code.xml"));
    }

    #[test]
    fn a_document_without_sections_gets_one() {
        let document = r#"<w:document xmlns:w="x"><w:body><w:p/></w:body></w:document>"#;
        let stamped = stamp(&docx(document), "SL-07").expect("a document");
        assert!(read(&stamped, "word/document.xml").contains("<w:sectPr><w:headerReference"));
        assert_eq!(stamp(b"no container", "SL-07"), None);
        assert_eq!(stamp(&docx(document), "<x>"), None);
    }
}
