//! Names of uploaded files: what a person sees, made harmless. On disk a file is called by its hash, never by this.

use rules::text::one_line;

use super::media::Media;

/// Longest name kept, in characters, extension included.
pub const NAME_MAX: usize = 200;

/// The name promises another type than the content has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch;

/// The name as kept: NFC, the last path part, without NUL, control, zero-width and direction-turning characters, with an
/// extension of the content's type, at most [`NAME_MAX`] characters. `fallback` names a file whose name has nothing left.
///
/// # Errors
/// [`Mismatch`] where the extension is that of another type.
pub fn safe_name(typed: &str, media: Media, fallback: &str) -> Result<String, Mismatch> {
    let harmless = harmless(typed);
    let (stem, extension) = split(harmless.trim());
    let extension = match extension {
        None => media.extension().to_owned(),
        Some(extension) if media.accepts_extension(&extension) => extension,
        Some(_) => return Err(Mismatch),
    };
    let stem: String = stem
        .trim_matches(['.', ' '])
        .chars()
        .take(NAME_MAX - extension.len() - 1)
        .collect();
    let stem = stem.trim_end_matches(['.', ' ']);
    Ok(format!(
        "{}.{extension}",
        if stem.is_empty() { fallback } else { stem }
    ))
}

/// The last path part on one line, without characters that hide, turn or mean something to a file system.
fn harmless(typed: &str) -> String {
    let line = one_line(typed);
    let base = line.rsplit(['/', '\\']).next().unwrap_or_default();
    base.chars()
        .map(|c| {
            if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') {
                '_'
            } else {
                c
            }
        })
        .collect()
}

/// The lower-case extension a typed name ends in, as [`safe_name`] reads it.
pub fn extension_of(typed: &str) -> Option<String> {
    split(harmless(typed).trim()).1
}

/// Stem and lower-case extension. What follows the last dot is an extension where it looks like one: up to four
/// letters and digits, at least one a letter, so that "Phương án 1.2" has none.
fn split(name: &str) -> (&str, Option<String>) {
    match name.rsplit_once('.') {
        Some((stem, extension))
            if (1..=4).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && extension.bytes().any(|byte| byte.is_ascii_alphabetic()) =>
        {
            (stem, Some(extension.to_ascii_lowercase()))
        }
        _ => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pdf(typed: &str) -> Result<String, Mismatch> {
        safe_name(typed, Media::Pdf, "attachment")
    }

    #[test]
    fn hostile_names_become_harmless() {
        assert_eq!(pdf("../../etc/passwd.pdf").as_deref(), Ok("passwd.pdf"));
        assert_eq!(
            pdf("C:\\Users\\an\\Thuyết minh.PDF").as_deref(),
            Ok("Thuyết minh.pdf")
        );
        assert_eq!(
            pdf("a\0b\r\nSet-Cookie: x.pdf").as_deref(),
            Ok("ab Set-Cookie_ x.pdf")
        );
        // turned writing direction: shows as "reportfdp.exe" until the mark is gone
        assert_eq!(pdf("report\u{202E}exe.pdf").as_deref(), Ok("reportexe.pdf"));
        assert_eq!(pdf("zero\u{200B}width.pdf").as_deref(), Ok("zerowidth.pdf"));
        assert_eq!(pdf("...").as_deref(), Ok("attachment.pdf"));
        assert_eq!(pdf(".pdf").as_deref(), Ok("attachment.pdf"));
        assert_eq!(pdf("").as_deref(), Ok("attachment.pdf"));
        assert_eq!(pdf("dir/").as_deref(), Ok("attachment.pdf"));
    }

    #[test]
    fn names_are_composed_and_short() {
        assert_eq!(pdf("Tha\u{302}\u{301}m.pdf").as_deref(), Ok("Thấm.pdf"));
        let long = pdf(&format!("{}.pdf", "ế".repeat(500))).expect("the type fits");
        assert_eq!(long.chars().count(), NAME_MAX);
        assert!(long.ends_with("ế.pdf"), "{long}");
    }

    #[test]
    fn an_extension_must_fit_the_content() {
        assert_eq!(pdf("ảnh.png"), Err(Mismatch));
        assert_eq!(pdf("chạy.exe"), Err(Mismatch));
        assert_eq!(pdf("Phương án 1.2").as_deref(), Ok("Phương án 1.2.pdf"));
        assert_eq!(safe_name("a.JPEG", Media::Jpeg, "x").as_deref(), Ok("a.jpeg"));
    }
}
