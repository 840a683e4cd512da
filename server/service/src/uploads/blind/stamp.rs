//! The blind code on every page of a PDF, so that a printed or saved page is still known by it (2.2).

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// Name of the font among a page's resources.
const FONT: &str = "BlindCode";
/// Size of the letters and distance from the page's corner, in points.
const SIZE: f32 = 10.0;
const MARGIN: f32 = 18.0;
/// Deepest tree of pages walked up for what a page inherits.
const DEPTH_MAX: usize = 32;
/// A page that says nothing is an A4 page.
const A4: [f32; 4] = [0.0, 0.0, 595.0, 842.0];

/// The PDF with `code` in the upper left corner of every page; `None` where it cannot be written.
pub fn stamp(bytes: &[u8], code: &str) -> Option<Vec<u8>> {
    // letters outside ASCII would need a font in the file, and codes have none
    let plain = code
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if code.is_empty() || !plain {
        return None;
    }
    let mut document = Document::load_mem(bytes).ok()?;
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica-Bold",
    });
    let before = document.add_object(Stream::new(dictionary! {}, b"q\n".to_vec()));
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    for page in pages {
        let after = mark(&document, page, code).into_bytes();
        let after = document.add_object(Stream::new(dictionary! {}, after));
        let resources = resources(&document, page, font);
        let mut contents = vec![Object::Reference(before)];
        contents.extend(
            document
                .get_page_contents(page)
                .into_iter()
                .map(Object::Reference),
        );
        contents.push(Object::Reference(after));
        let page = document.get_object_mut(page).and_then(Object::as_dict_mut).ok()?;
        page.set("Contents", contents);
        page.set("Resources", resources);
    }
    let mut stamped = Vec::new();
    document.save_to(&mut stamped).ok()?;
    Some(stamped)
}

/// What draws the code, whatever the page's own content left behind. Turned pages get it upright.
fn mark(document: &Document, page: ObjectId, code: &str) -> String {
    let [left, bottom, right, top] = area(document, page);
    let (near, far) = (MARGIN, MARGIN + SIZE);
    let turned = inherited(document, page, b"Rotate").and_then(|turned| turned.as_i64().ok());
    let place = match turned.unwrap_or_default().rem_euclid(360) {
        90 => format!("0 1 -1 0 {} {}", left + far, bottom + near),
        180 => format!("-1 0 0 -1 {} {}", right - near, bottom + far),
        270 => format!("0 -1 1 0 {} {}", right - far, top - near),
        _ => format!("1 0 0 1 {} {}", left + near, top - far),
    };
    let width = code.len() as f32 * SIZE * 0.75 + 6.0;
    format!(
        "\nQ\nq {place} cm 1 1 1 rg -3 -3 {width} {} re f 0 g BT /{FONT} {SIZE} Tf ({code}) Tj ET Q\n",
        SIZE + 4.0
    )
}

/// The page's rectangle: what is shown of it where that is less than the sheet.
fn area(document: &Document, page: ObjectId) -> [f32; 4] {
    let read = |key: &[u8]| -> Option<[f32; 4]> {
        let sides = inherited(document, page, key)?;
        let sides: Vec<f32> = sides
            .as_array()
            .ok()?
            .iter()
            .filter_map(|side| resolved(document, side).as_float().ok())
            .collect();
        let [a, b, c, d] = sides[..] else { return None };
        Some([a.min(c), b.min(d), a.max(c), b.max(d)])
    };
    read(b"CropBox").or_else(|| read(b"MediaBox")).unwrap_or(A4)
}

/// The page's own resources with the code's font among them.
fn resources(document: &Document, page: ObjectId, font: ObjectId) -> Dictionary {
    let dictionary = |object: &Object| resolved(document, object).as_dict().ok().cloned();
    let own = inherited(document, page, b"Resources").and_then(|object| dictionary(&object));
    let mut own = own.unwrap_or_default();
    let mut fonts = own.get(b"Font").ok().and_then(dictionary).unwrap_or_default();
    fonts.set(FONT, font);
    own.set("Font", fonts);
    own
}

/// What a page or the nearest page tree above it says.
fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut at = document.get_dictionary(page).ok()?;
    for _ in 0..DEPTH_MAX {
        if let Ok(found) = at.get(key) {
            return Some(resolved(document, found).clone());
        }
        let above = at.get(b"Parent").and_then(Object::as_reference).ok()?;
        at = document.get_dictionary(above).ok()?;
    }
    None
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pages that inherit everything, the second one turned.
    fn two_pages() -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman",
        });
        let pages = document.new_object_id();
        let kids: Vec<Object> = ["Trang mot", "Trang hai"]
            .into_iter()
            .enumerate()
            .map(|(at, text)| {
                // leaves the coordinates moved, as many programs do
                let content = format!("2 0 0 2 50 50 cm BT /F1 12 Tf 72 300 Td ({text}) Tj ET");
                let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
                let page = dictionary! {
                    "Type" => "Page", "Parent" => pages, "Contents" => content, "Rotate" => (at as i64) * 90,
                };
                Object::Reference(document.add_object(page))
            })
            .collect();
        let tree = dictionary! {
            "Type" => "Pages", "Kids" => kids, "Count" => 2,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        };
        document.objects.insert(pages, Object::Dictionary(tree));
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("written");
        bytes
    }

    #[test]
    fn every_page_carries_the_code_and_keeps_its_words() {
        let stamped = stamp(&two_pages(), "SL-07").expect("a PDF");
        let document = Document::load_mem(&stamped).expect("still a PDF");
        for (page, words) in [(1, "Trang mot"), (2, "Trang hai")] {
            let text = document.extract_text(&[page]).expect("its words");
            assert!(
                text.contains("SL-07") && text.contains(words),
                "page {page}: {text}"
            );
        }
        let turned = document.get_pages()[&2];
        assert!(mark(&document, turned, "X").contains("0 1 -1 0 28 18 cm"));
    }

    #[test]
    fn what_is_no_code_or_no_pdf_is_left_alone() {
        assert_eq!(stamp(&two_pages(), ") Tj (x"), None);
        assert_eq!(stamp(b"%PDF-1.7 nothing", "SL-07"), None);
    }
}
