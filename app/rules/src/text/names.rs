//! Vietnamese order of words and of people's names.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

/// The alphabet with the letters of foreign names in their usual places.
const LETTERS: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
/// Tone marks in dictionary order: huyền, hỏi, ngã, sắc, nặng; no mark (ngang) comes first.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// Key whose plain byte order is the Vietnamese dictionary order: letters first, tones to break ties, then small
/// before capital letters. ASCII only, so it can be stored and sorted by a database (`COLLATE "C"`).
pub fn collation_key(text: &str) -> String {
    let (mut letters, mut tones, mut cases) = (String::new(), String::new(), String::new());
    for (index, word) in text.split_whitespace().enumerate() {
        if index > 0 {
            letters.push('!');
        }
        for (letter, tone, capital) in letters_of(word) {
            push_letter(&mut letters, letter);
            tones.push(char::from(b'0' + tone));
            cases.push(if capital { '1' } else { '0' });
        }
    }
    // a space is below every weight, so a prefix sorts first
    format!("{letters} {tones} {cases}")
}

/// Dictionary order of two texts.
pub fn compare(a: &str, b: &str) -> Ordering {
    collation_key(a).cmp(&collation_key(b))
}

/// Key for lists of people: given name (the last word), then family name, then middle names.
pub fn name_sort_key(full_name: &str) -> String {
    let words: Vec<&str> = full_name.split_whitespace().collect();
    let (given, rest) = words
        .split_last()
        .map_or(("", &words[..0]), |(given, rest)| (*given, rest));
    let (family, middle) = rest
        .split_first()
        .map_or(("", rest), |(family, middle)| (*family, middle));
    [
        collation_key(given),
        collation_key(family),
        collation_key(&middle.join(" ")),
    ]
    .join(" ")
}

/// Order of two people's names; equal keys fall back to the text, so the order is total.
pub fn compare_names(a: &str, b: &str) -> Ordering {
    name_sort_key(a).cmp(&name_sort_key(b)).then_with(|| a.cmp(b))
}

/// Letters of a word with circumflex, breve and horn kept, the tone as 0–5 beside, and whether it is a capital.
fn letters_of(word: &str) -> Vec<(char, u8, bool)> {
    let mut letters: Vec<(char, u8, bool)> = Vec::new();
    for c in word.nfd() {
        let tone = TONES
            .iter()
            .zip(1_u8..)
            .find(|(mark, _)| **mark == c)
            .map(|(_, order)| order);
        match (letters.last_mut(), tone) {
            (Some(last), Some(tone)) => last.1 = tone,
            (Some(last), None) if matches!(c, '\u{302}' | '\u{306}' | '\u{31B}') => {
                last.0 = unicode_normalization::char::compose(last.0, c).unwrap_or(last.0);
            }
            _ => {
                let small = c.to_lowercase().next().unwrap_or(c);
                letters.push((small, 0, small != c));
            }
        }
    }
    letters
}

fn push_letter(key: &mut String, letter: char) {
    match LETTERS.chars().zip(b'A'..).find(|(known, _)| *known == letter) {
        Some((_, weight)) => key.push(char::from(weight)),
        None if letter.is_ascii_digit() => key.push(letter),
        None => key.push_str(&format!("~{:06X}", u32::from(letter))),
    }
}
