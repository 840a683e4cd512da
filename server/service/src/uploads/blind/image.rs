//! Pictures without what cameras and editors write into them: place, device, author, comments, previews.

use contract::paper::WhyOriginal;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

const BROKEN: WhyOriginal = WhyOriginal::Broken;

/// What a PNG needs to look the same: image, palette, transparency, colours, resolution, animation.
const PNG_KEPT: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD",
    b"pHYs", b"cICP", b"acTL", b"fcTL", b"fdAT",
];

/// What a WebP needs to look the same.
const WEBP_KEPT: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// A JPEG without application data and comments but colour profile and, of EXIF, which side is up.
pub fn jpeg(bytes: Vec<u8>) -> Result<Vec<u8>, WhyOriginal> {
    let mut image = Jpeg::from_bytes(Bytes::from(bytes)).map_err(|_| BROKEN)?;
    let upright = image.exif().and_then(|exif| orientation(&exif));
    image.segments_mut().retain(|segment| match segment.marker() {
        // JFIF, ICC profile, Adobe's colour transform
        markers::APP0 | markers::APP2 | markers::APP14 => is_about_colour(segment),
        markers::APP1..=markers::APP15 | markers::COM => false,
        _ => true,
    });
    if let Some(value) = upright {
        image.set_exif(Some(Bytes::from(only_orientation(value))));
    }
    let mut bytes = image.encoder().bytes().to_vec();
    // telephones hang previews, films and second pictures with data of their own behind the end
    let end = end_of_jpeg(&bytes).ok_or(BROKEN)?;
    bytes.truncate(end);
    Ok(bytes)
}

/// Where the picture ends, its end marker included. `None` where a segment goes beyond the file.
fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        // between markers lies packed picture data; a marker is 0xFF and neither stuffing, fill nor restart
        let Some(found) = bytes.get(at..)?.iter().position(|byte| *byte == 0xFF) else {
            return Some(bytes.len());
        };
        at += found + 1;
        match bytes.get(at).copied() {
            None => return Some(bytes.len()),
            Some(0xFF) => {}
            Some(0 | 1 | markers::RST0..=markers::RST7) => at += 1,
            Some(markers::EOI) => return Some(at + 1),
            Some(_) => {
                let length = [*bytes.get(at + 1)?, *bytes.get(at + 2)?];
                at += 1 + usize::from(u16::from_be_bytes(length));
            }
        }
    }
}

fn is_about_colour(segment: &JpegSegment) -> bool {
    let contents = segment.contents();
    contents.starts_with(b"JFIF\0")
        || contents.starts_with(b"ICC_PROFILE\0")
        || contents.starts_with(b"Adobe")
}

/// A PNG with the parts a picture is made of.
pub fn png(bytes: Vec<u8>) -> Result<Vec<u8>, WhyOriginal> {
    let mut image = Png::from_bytes(Bytes::from(bytes)).map_err(|_| BROKEN)?;
    image
        .chunks_mut()
        .retain(|chunk| PNG_KEPT.iter().any(|kept| **kept == chunk.kind()));
    Ok(image.encoder().bytes().to_vec())
}

/// A WebP with the parts a picture is made of.
pub fn webp(bytes: Vec<u8>) -> Result<Vec<u8>, WhyOriginal> {
    let mut image = WebP::from_bytes(Bytes::from(bytes)).map_err(|_| BROKEN)?;
    image
        .chunks_mut()
        .retain(|chunk| WEBP_KEPT.iter().any(|kept| **kept == chunk.id()));
    Ok(image.encoder().bytes().to_vec())
}

/// EXIF's orientation, where it is not the usual one.
fn orientation(exif: &Bytes) -> Option<u16> {
    let read = exif::Reader::new().read_raw(exif.to_vec()).ok()?;
    let field = read.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
    let value = u16::try_from(field.value.get_uint(0)?).ok()?;
    (2..=8).contains(&value).then_some(value)
}

/// EXIF that says nothing but the orientation: a big-endian TIFF with one directory of one entry.
fn only_orientation(value: u16) -> Vec<u8> {
    let mut tiff = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    tiff.extend_from_slice(&value.to_be_bytes());
    tiff.extend_from_slice(&[0; 6]);
    tiff
}

#[cfg(test)]
mod tests {
    use super::*;
    use img_parts::png::PngChunk;

    fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
        let length = u16::try_from(contents.len() + 2).expect("a short segment");
        [&[0xFF, marker], &length.to_be_bytes()[..], contents].concat()
    }

    /// EXIF with orientation 6 and an artist.
    fn exif_of(artist: &[u8; 12]) -> Vec<u8> {
        let mut tiff = b"MM\0\x2A\0\0\0\x08\0\x02".to_vec();
        tiff.extend_from_slice(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        tiff.extend_from_slice(b"\x01\x3B\0\x02\0\0\0\x0C\0\0\0\x26");
        tiff.extend_from_slice(&[0; 4]);
        tiff.extend_from_slice(artist);
        tiff
    }

    #[test]
    fn a_photograph_loses_its_story_and_stays_upright() {
        let exif = [b"Exif\0\0".as_slice(), &exif_of(b"Nguyen Van A")].concat();
        let photograph = [
            &[0xFF, 0xD8][..],
            &segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            &segment(0xE1, &exif),
            &segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>Nguyen Van A</x>"),
            &segment(0xED, b"Photoshop 3.0\0Nguyen Van A"),
            &segment(0xFE, b"Nguyen Van A"),
            &segment(0xDB, &[0; 65]),
            &segment(0xDA, &[1, 1, 0, 0, 63, 0]),
            &[1, 2, 3, 0xFF, 0xD9],
            b"Nguyen Van A behind the end",
        ]
        .concat();
        let stripped = jpeg(photograph).expect("a JPEG");
        assert!(!contains(&stripped, b"Nguyen Van A"), "{stripped:?}");
        let read = Jpeg::from_bytes(Bytes::from(stripped.clone())).expect("still a JPEG");
        assert_eq!(orientation(&read.exif().expect("the orientation")), Some(6));
        assert!(contains(&stripped, &[0xDB, 0, 67]) && contains(&stripped, &[1, 2, 3, 0xFF, 0xD9]));
        assert!(contains(&stripped, b"JFIF"));
        assert_eq!(jpeg(b"not a picture".to_vec()), Err(BROKEN));
    }

    #[test]
    fn a_png_keeps_its_pixels_only() {
        let pixels = include_bytes!("../../../demo/picture.png").to_vec();
        let mut image = Png::from_bytes(Bytes::from(pixels)).expect("a PNG");
        let clean = png(image.clone().encoder().bytes().to_vec()).expect("a PNG");
        for (kind, contents) in [
            (b"tEXt", &b"Author\0Nguyen Van A"[..]),
            (b"eXIf", b"MM\0\x2ANguyen Van A"),
            (b"tIME", b"\x07\xE7\x01\x01\0\0\0"),
            (b"xxPr", b"Nguyen Van A"),
        ] {
            let chunk = PngChunk::new(*kind, Bytes::from_static(contents));
            image.chunks_mut().insert(1, chunk);
        }
        let told = image.encoder().bytes().to_vec();
        assert!(contains(&told, b"Nguyen Van A"));
        assert_eq!(png(told), Ok(clean));
        assert_eq!(png(b"\x89PNG broken".to_vec()), Err(BROKEN));
    }

    fn contains(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }
}
