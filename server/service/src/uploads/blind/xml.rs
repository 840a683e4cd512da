//! XML of office documents: names taken out, words read.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

/// Attributes that name people, by local name.
const PEOPLE: [&str; 7] = [
    "author",
    "initials",
    "displayName",
    "userId",
    "userName",
    "providerId",
    "lastModifiedBy",
];
/// Elements whose text names people, by local name.
const NAMING: [&str; 4] = ["author", "creator", "initial-creator", "sender-name"];
/// Elements that are nothing but a person: their `name` goes too.
const PERSON: [&str; 2] = ["cmAuthor", "author"];
/// Where a file lay on its maker's disk.
const PATHS: (&str, &str) = ("absPath", "url");
/// Elements that end a line.
const LINES: [&str; 6] = ["p", "h", "si", "br", "tab", "row"];

/// The same document without the names of people who commented on it or changed it. `None` for no XML.
pub fn without_people(text: &str) -> Option<Vec<u8>> {
    let mut reader = Reader::from_str(text);
    let mut writer = Writer::new(Vec::with_capacity(text.len()));
    // how many elements that name people are open
    let mut naming = 0_usize;
    loop {
        let event = reader.read_event().ok()?;
        match event {
            Event::Eof => return Some(writer.into_inner()),
            Event::Start(element) => {
                naming += usize::from(is(NAMING.as_slice(), &element));
                writer.write_event(Event::Start(anonymous(&element)?)).ok()?;
            }
            Event::Empty(element) => {
                writer.write_event(Event::Empty(anonymous(&element)?)).ok()?;
            }
            Event::End(element) => {
                if NAMING.contains(&element.local_name().as_ref()) {
                    naming = naming.saturating_sub(1);
                }
                writer.write_event(Event::End(element)).ok()?;
            }
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if naming > 0 => {}
            // comments are notes of the maker, never of the reader
            Event::Comment(_) => {}
            other => writer.write_event(other).ok()?,
        }
    }
}

fn is(names: &[&str], element: &BytesStart<'_>) -> bool {
    names.contains(&element.local_name().as_ref())
}

fn anonymous(element: &BytesStart<'_>) -> Option<BytesStart<'static>> {
    let mut kept = element.to_owned();
    kept.clear_attributes();
    let local = element.local_name();
    for attribute in element.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key.local_name();
        let name: &str = name.as_ref();
        let telling = PEOPLE.contains(&name)
            || (name == "name" && PERSON.contains(&local.as_ref()))
            || (local.as_ref(), name) == PATHS;
        if telling {
            kept.push_attribute((attribute.key.as_ref(), ""));
        } else {
            kept.push_attribute(attribute);
        }
    }
    Some(kept)
}

/// The words of a document, a line a paragraph. What cannot be read ends it.
pub fn words(text: &str) -> String {
    let mut reader = Reader::from_str(text);
    let mut words = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Text(text)) => words.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) => words.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => match &*reference.xml10_content() {
                "amp" => words.push('&'),
                "lt" => words.push('<'),
                "gt" => words.push('>'),
                "quot" => words.push('"'),
                "apos" => words.push('\''),
                _ => words.extend(reference.resolve_char_ref().ok().flatten()),
            },
            Ok(Event::End(element)) if LINES.contains(&element.local_name().as_ref()) => words.push('\n'),
            Ok(Event::Empty(element)) if is(LINES.as_slice(), &element) => words.push(' '),
            Ok(Event::Eof) | Err(_) => return words,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_go_and_the_rest_stays() {
        let text = r#"<w:document xmlns:w="w"><w:ins w:author="Nguyễn Văn An" w:date="2023"><w:r><w:t xml:space="preserve">chữ &amp; số </w:t></w:r></w:ins><!-- An --></w:document>"#;
        let clean = String::from_utf8(without_people(text).expect("XML")).expect("UTF-8");
        assert_eq!(
            clean,
            r#"<w:document xmlns:w="w"><w:ins w:author="" w:date="2023"><w:r><w:t xml:space="preserve">chữ &amp; số </w:t></w:r></w:ins></w:document>"#
        );
        let comments = "<comments><authors><author>Nguyễn Văn An</author></authors><t>ý kiến</t></comments>";
        let clean = String::from_utf8(without_people(comments).expect("XML")).expect("UTF-8");
        assert_eq!(
            clean,
            "<comments><authors><author></author></authors><t>ý kiến</t></comments>"
        );
        assert_eq!(without_people("<a><b></a>"), None);
    }

    #[test]
    fn words_come_out_by_paragraphs() {
        let text = "<w:body><w:p><w:r><w:t>Nguy</w:t></w:r><w:r><w:t>ễn &amp; B</w:t></w:r></w:p><w:p><w:t>hai</w:t></w:p></w:body>";
        assert_eq!(words(text), "Nguyễn & B\nhai\n");
    }
}
