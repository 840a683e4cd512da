//! Names of files and folders in an archive, safe wherever it is unpacked: Windows forbids some characters, some names
//! and letters that differ in case only.

use std::collections::BTreeSet;

use rules::text::one_line;

/// Longest file name, in characters; with its folder it stays far below the 260 of Windows.
const NAME_MAX: usize = 100;
/// Longest part of a folder's name taken from a title, in characters.
const SLUG_MAX: usize = 60;

/// Names that mean devices on Windows, whatever their extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The folder of an entry: `PT-2023-007_so-hoa-quy-trinh`.
pub fn folder(code: &str, title: &str) -> String {
    let slug: String = rules::text::slug(title).chars().take(SLUG_MAX).collect();
    let slug = slug.trim_matches('-');
    let code = safe(code);
    if slug.is_empty() {
        code
    } else {
        format!("{code}_{slug}")
    }
}

/// Gives names that were not given yet, letter case aside.
#[derive(Debug, Default)]
pub struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// `wanted` made safe, with a number before its extension where it is taken.
    pub fn give(&mut self, wanted: &str) -> String {
        let safe = safe(wanted);
        let (stem, ending) = match safe.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
            _ => (safe, String::new()),
        };
        let numbered = |number: u32| match number {
            1 => format!("{stem}{ending}"),
            number => format!("{stem} ({number}){ending}"),
        };
        let name = (1..)
            .map(numbered)
            .find(|name| !self.given.contains(&name.to_lowercase()))
            .unwrap_or_default();
        self.given.insert(name.to_lowercase());
        name
    }
}

fn safe(name: &str) -> String {
    let line = one_line(name);
    let plain: String = line
        .chars()
        .map(|c| {
            if c.is_control() || "<>:\"/\\|?*".contains(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    let (stem, ending) = match plain.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 8 => (stem, format!(".{ending}")),
        _ => (plain.as_str(), String::new()),
    };
    let stem: String = stem.chars().take(NAME_MAX - ending.chars().count()).collect();
    let name = format!("{}{ending}", stem.trim());
    let name = name.trim_matches([' ', '.']);
    let device = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    if name.is_empty() || DEVICES.contains(&&*device) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_windows() {
        let mut names = Names::default();
        for (wanted, given) in [
            ("Ảnh: quầy?.png", "Ảnh_ quầy_.png"),
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("CON.pdf", "_CON.pdf"),
            ("aux", "_aux"),
            ("tệp. . .", "tệp"),
            ("a\u{202E}b\u{0}.pdf", "ab.pdf"),
            ("", "_"),
        ] {
            let name = names.give(wanted);
            assert_eq!(
                name.trim_start_matches('.'),
                given.trim_start_matches('.'),
                "{wanted}"
            );
            assert!(!name.starts_with('.') && !name.contains(['/', '\\']), "{name}");
        }
        assert!(names.give(&format!("{}.pdf", "ế".repeat(300))).chars().count() <= NAME_MAX);
    }

    #[test]
    fn no_two_names_differ_in_case_only() {
        let mut names = Names::default();
        assert_eq!(names.give("Tệp.PDF"), "Tệp.PDF");
        assert_eq!(names.give("tệp.pdf"), "tệp (2).pdf");
        assert_eq!(names.give("TỆP.pdf"), "TỆP (3).pdf");
    }

    #[test]
    fn folders_carry_code_and_title() {
        assert_eq!(
            folder("PT-2023-007", "[Giả định] Số hóa quy trình"),
            "PT-2023-007_gia-dinh-so-hoa-quy-trinh"
        );
        assert_eq!(folder("PT-2023-007", "!!!"), "PT-2023-007");
        assert!(folder("X", &"dài ".repeat(100)).len() <= SLUG_MAX + 2);
    }
}
