//! Folding for search and slugs. Stored text stays as typed; only the comparison is folded.

use unicode_normalization::UnicodeNormalization;

/// Search form: lower case, no diacritics, `đ` as `d` (it has no decomposition), punctuation off the edges of words,
/// single spaces. Both tone placements fold alike: `hoá` and `hóa` are `hoa`.
pub fn fold(text: &str) -> String {
    let bare: String = text
        .nfc()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter(|c| !is_combining(*c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect();
    let words = bare
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether every word of `query` occurs in `text`, diacritics aside. An empty query matches.
pub fn matches(text: &str, query: &str) -> bool {
    let text = fold(text);
    fold(query).split(' ').all(|word| text.contains(word))
}

/// ASCII address part from a title (B-13): `Đường dây nóng` → `duong-day-nong`.
pub fn slug(title: &str) -> String {
    let folded = fold(title);
    let words = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}
