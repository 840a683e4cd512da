//! PDF without what its makers wrote about it: the information dictionary, XMP, earlier versions, names in comments and
//! signatures.

use contract::paper::WhyOriginal;
use lopdf::{Dictionary, Document, LoadOptions, Object};

use super::Stripped;

/// Most bytes one stream may unpack to while a file is read.
const UNPACKED_MAX: usize = 64 * 1024 * 1024;
/// Most pages whose words are read.
const PAGES_MAX: usize = 300;

/// Keys of any dictionary that tell about the makers: XMP, what editors keep for themselves.
const TELLING: [&[u8]; 3] = [b"Metadata", b"PieceInfo", b"LastModified"];
/// Keys of a signature that tell who signed, with the certificate.
const SIGNER: [&[u8]; 7] = [
    b"Name",
    b"Location",
    b"Reason",
    b"ContactInfo",
    b"Cert",
    b"Prop_Build",
    b"M",
];

/// A PDF without its metadata, and its words.
pub fn strip(bytes: &[u8]) -> Result<Stripped, WhyOriginal> {
    let options = LoadOptions {
        max_decompressed_size: Some(UNPACKED_MAX),
        ..LoadOptions::default()
    };
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|_| {
        if bytes.windows(8).any(|window| window == b"/Encrypt") {
            WhyOriginal::Protected
        } else {
            WhyOriginal::Broken
        }
    })?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(WhyOriginal::Protected);
    }
    let pages: Vec<u32> = document.get_pages().into_keys().take(PAGES_MAX).collect();
    if pages.is_empty() {
        return Err(WhyOriginal::Broken);
    }
    let words: Vec<String> = document
        .extract_text_chunks_with_limit(&pages, UNPACKED_MAX)
        .into_iter()
        .flatten()
        .collect();
    let text = words.concat();
    document.trailer.remove(b"Info");
    document.trailer.remove(b"ID");
    for object in document.objects.values_mut() {
        clean(object, 0);
    }
    // what nothing names any more was metadata or an earlier version
    document.prune_objects();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|_| WhyOriginal::Broken)?;
    Ok(Stripped {
        bytes,
        text: (!text.trim().is_empty()).then_some(text),
    })
}

/// Deepest nesting of a value looked into; readers refuse deeper ones.
const DEPTH_MAX: usize = 64;

fn clean(object: &mut Object, depth: usize) {
    if depth > DEPTH_MAX {
        return;
    }
    match object {
        Object::Array(items) => items.iter_mut().for_each(|item| clean(item, depth + 1)),
        Object::Dictionary(fields) => clean_fields(fields, depth),
        Object::Stream(stream) => clean_fields(&mut stream.dict, depth),
        _ => {}
    }
}

fn clean_fields(fields: &mut Dictionary, depth: usize) {
    for key in TELLING {
        fields.remove(key);
    }
    if fields.has(b"ByteRange") {
        for key in SIGNER {
            fields.remove(key);
        }
        fields.set("Contents", Object::string_literal(""));
    }
    // a comment's title is who wrote it; a form field's is its name
    let is_comment = fields.has(b"Rect")
        && fields
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind != b"Widget");
    if is_comment {
        fields.remove(b"T");
    }
    for (_, value) in fields.iter_mut() {
        clean(value, depth + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    /// A page saying `text`, made by `author`.
    fn sample(text: &str, author: &str) -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman",
        });
        let content = format!("BT /F1 12 Tf 72 700 Td ({text}) Tj ET");
        let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
        let comment = document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Text", "T" => Object::string_literal(author),
            "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        });
        let pages = document.new_object_id();
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
            "Annots" => vec![comment.into()],
        });
        document.objects.insert(
            pages,
            Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
        );
        let xmp = format!("<rdf><dc:creator>{author}</dc:creator></rdf>").into_bytes();
        let xmp = document.add_object(Stream::new(
            dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
            xmp,
        ));
        let catalog =
            document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "Metadata" => xmp });
        let info = document.add_object(dictionary! {
            "Author" => Object::string_literal(author), "Title" => Object::string_literal(author),
        });
        document.trailer.set("Root", catalog);
        document.trailer.set("Info", info);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("written");
        bytes
    }

    #[test]
    fn a_pdf_forgets_its_author_and_keeps_its_page() {
        let bytes = sample("Noi dung giai phap", "Nguyen Van An");
        let holds = |bytes: &[u8], part: &str| bytes.windows(part.len()).any(|at| at == part.as_bytes());
        assert!(holds(&bytes, "Nguyen Van An"));
        let stripped = strip(&bytes).expect("a PDF");
        assert!(!holds(&stripped.bytes, "Nguyen Van An"));
        assert!(
            stripped
                .text
                .is_some_and(|text| text.contains("Noi dung giai phap"))
        );
        let again = Document::load_mem(&stripped.bytes).expect("still a PDF");
        assert_eq!(again.get_pages().len(), 1);
        assert!(
            again
                .extract_text(&[1])
                .expect("its words")
                .contains("Noi dung giai phap")
        );
    }

    #[test]
    fn what_cannot_be_taken_apart_stays_whole() {
        assert_eq!(strip(b"%PDF-1.7 nothing").err(), Some(WhyOriginal::Broken));
        let locked = b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>";
        assert_eq!(strip(locked).err(), Some(WhyOriginal::Protected));
    }
}
