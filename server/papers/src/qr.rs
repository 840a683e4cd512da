//! QR codes.

use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;

/// A QR code as an SVG image of its own, black on white with the quiet zone the standard asks for. `None` for more text
/// than a code holds (some 1,600 bytes).
pub fn qr_svg(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).build().ok()?;
    Some(SvgBuilder::default().to_str(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_an_image_without_styles_and_the_same_each_time() {
        let svg = qr_svg("https://sangkien.example/receipts/T-2025-001-0a1b2c3d").expect("it fits");
        assert!(svg.starts_with("<svg "), "{svg}");
        assert!(!svg.contains("style") && !svg.contains("script"), "{svg}");
        assert_eq!(
            Some(svg),
            qr_svg("https://sangkien.example/receipts/T-2025-001-0a1b2c3d")
        );
        assert_eq!(qr_svg(&"x".repeat(5000)), None);
    }
}
