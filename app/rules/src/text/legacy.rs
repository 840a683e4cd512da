//! Texts in the encodings of before Unicode: TCVN3 (ABC fonts) and VNI (Windows), as old spreadsheets still hold them.
//!
//! Both put Vietnamese letters on the places of Latin-1. A text is taken for one of them only where that makes real
//! syllables of words that are none as they stand; text in Unicode never is.

use serde::{Deserialize, Serialize};

use super::line::nfc;

/// An encoding of before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Legacy {
    /// TCVN 5712:1993 VN3, fonts named `.Vn…`.
    Tcvn3,
    /// VNI for Windows, fonts named `VNI-…`.
    Vni,
}

/// Letters of TCVN3, each with the character found in its place.
const TCVN3: [(char, char); 74] = [
    ('µ', 'à'),
    ('¸', 'á'),
    ('¶', 'ả'),
    ('·', 'ã'),
    ('¹', 'ạ'),
    ('¨', 'ă'),
    ('»', 'ằ'),
    ('¾', 'ắ'),
    ('¼', 'ẳ'),
    ('½', 'ẵ'),
    ('Æ', 'ặ'),
    ('©', 'â'),
    ('Ç', 'ầ'),
    ('Ê', 'ấ'),
    ('È', 'ẩ'),
    ('É', 'ẫ'),
    ('Ë', 'ậ'),
    ('®', 'đ'),
    ('Ì', 'è'),
    ('Ð', 'é'),
    ('Î', 'ẻ'),
    ('Ï', 'ẽ'),
    ('Ñ', 'ẹ'),
    ('ª', 'ê'),
    ('Ò', 'ề'),
    ('Õ', 'ế'),
    ('Ó', 'ể'),
    ('Ô', 'ễ'),
    ('Ö', 'ệ'),
    ('×', 'ì'),
    ('Ý', 'í'),
    ('Ø', 'ỉ'),
    ('Ü', 'ĩ'),
    ('Þ', 'ị'),
    ('ß', 'ò'),
    ('ã', 'ó'),
    ('á', 'ỏ'),
    ('â', 'õ'),
    ('ä', 'ọ'),
    ('«', 'ô'),
    ('å', 'ồ'),
    ('è', 'ố'),
    ('æ', 'ổ'),
    ('ç', 'ỗ'),
    ('é', 'ộ'),
    ('¬', 'ơ'),
    ('ê', 'ờ'),
    ('í', 'ớ'),
    ('ë', 'ở'),
    ('ì', 'ỡ'),
    ('î', 'ợ'),
    ('ï', 'ù'),
    ('ó', 'ú'),
    ('ñ', 'ủ'),
    ('ò', 'ũ'),
    ('ô', 'ụ'),
    ('\u{AD}', 'ư'),
    ('õ', 'ừ'),
    ('ø', 'ứ'),
    ('ö', 'ử'),
    ('÷', 'ữ'),
    ('ù', 'ự'),
    ('ú', 'ỳ'),
    ('ý', 'ý'),
    ('û', 'ỷ'),
    ('ü', 'ỹ'),
    ('þ', 'ỵ'),
    ('¡', 'Ă'),
    ('¢', 'Â'),
    ('£', 'Ê'),
    ('¤', 'Ô'),
    ('¥', 'Ơ'),
    ('¦', 'Ư'),
    ('§', 'Đ'),
];

/// Letters of VNI that stand alone.
const VNI_LETTERS: [(char, char); 9] = [
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
];

/// Marks of VNI that follow their letter, and the combining characters they stand for.
const VNI_MARKS: [(char, &str); 16] = [
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
];
/// The one mark that the table above has no room for: breve and dot below.
const VNI_LAST: (char, &str) = ('ë', "\u{323}\u{306}");

/// The encoding a text is in; `None` for Unicode, for plain ASCII and for what is no Vietnamese.
pub fn detect(text: &str) -> Option<Legacy> {
    let text = nfc(text);
    if text.chars().any(is_unicode_vietnamese) || !text.chars().any(is_latin1) {
        return None;
    }
    let votes = |legacy| {
        words(&text)
            .filter(|word| word.chars().any(is_latin1))
            .filter(|word| !is_syllable(word) && is_syllable(&convert(word, legacy)))
            .count()
    };
    let strange = words(&text)
        .filter(|word| word.chars().any(is_latin1) && !is_syllable(word))
        .count();
    let (tcvn3, vni) = (votes(Legacy::Tcvn3), votes(Legacy::Vni));
    let (legacy, most) = if tcvn3 >= vni {
        (Legacy::Tcvn3, tcvn3)
    } else {
        (Legacy::Vni, vni)
    };
    // one French name in a text is no old encoding
    (most > 0 && most * 3 >= strange * 2).then_some(legacy)
}

/// The text in Unicode, NFC.
pub fn convert(text: &str, from: Legacy) -> String {
    match from {
        Legacy::Tcvn3 => {
            let letters = text.chars().map(|c| {
                let known = TCVN3.iter().find(|(old, _)| *old == c);
                known.map_or(c, |(_, letter)| *letter)
            });
            nfc(&letters.collect::<String>())
        }
        Legacy::Vni => vni(text),
    }
}

/// Words with letters beyond ASCII that are Vietnamese syllables, as they stand or once converted: of two readings of the
/// same bytes, the one with more of them is right.
pub fn syllables(text: &str, from: Option<Legacy>) -> usize {
    words(text)
        .filter(|word| !word.is_ascii())
        .filter(|word| match from {
            Some(legacy) => is_syllable(&convert(word, legacy)),
            None => is_syllable(word),
        })
        .count()
}

fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut before = ' ';
    for c in text.chars() {
        let small = lower(c);
        let capital = small != c;
        let mark = VNI_MARKS
            .iter()
            .chain([&VNI_LAST])
            .find(|(old, _)| *old == small)
            .map(|(_, marks)| *marks);
        let letter = VNI_LETTERS
            .iter()
            .find(|(old, _)| *old == small)
            .map(|(_, letter)| *letter);
        let carries = match lower(before) {
            // circumflex and breve stand on these; o and u with a horn take a tone only
            'a' | 'e' | 'o' => mark.is_some(),
            'u' | 'y' | 'ô' | 'ö' => mark
                .is_some_and(|marks| marks.chars().count() == 1 && marks != "\u{302}" && marks != "\u{306}"),
            _ => false,
        };
        match (mark, letter) {
            (Some(marks), _) if carries => out.push_str(marks),
            (_, Some(letter)) if capital => out.extend(letter.to_uppercase()),
            (_, Some(letter)) => out.push(letter),
            _ => out.push(c),
        }
        before = c;
    }
    nfc(&out)
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn is_latin1(c: char) -> bool {
    ('\u{A1}'..='\u{FF}').contains(&c)
}

/// Letters that only Vietnamese in Unicode has.
fn is_unicode_vietnamese(c: char) -> bool {
    ('\u{1EA0}'..='\u{1EF9}').contains(&c) || "ăĂđĐĩĨũŨơƠưƯ".contains(c)
}

/// Words of a text: letters and what Latin-1 puts among them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || is_latin1(c)))
        .filter(|word| !word.is_empty())
}

/// Consonants a syllable begins with.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];
/// Vowels of a syllable, without tones.
const NUCLEI: [&str; 56] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo",
    "êu", "ia", "iê", "iêu", "iu", "oa", "oai", "oao", "oay", "oă", "oe", "oeo", "oi", "oo", "ôi", "ơi",
    "ua", "uâ", "uây", "uê", "ui", "uô", "uôi", "uơ", "uy", "uya", "uyê", "uyu", "ưa", "ưi", "ươ", "ươi",
    "ươu", "ưu", "yê", "yêu", "uêu",
];
/// Consonants a syllable ends with.
const CODAS: [&str; 9] = ["ch", "ng", "nh", "c", "m", "n", "p", "t", ""];

/// Whether a word is a Vietnamese syllable: consonant, vowel, consonant, at most one tone, cases as people write them.
fn is_syllable(word: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let mut letters = String::new();
    let mut tones = 0;
    for c in word.nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones += 1,
            c => letters.push(c),
        }
    }
    let letters = nfc(&letters);
    let mut cases = letters.chars().filter(|c| c.is_alphabetic());
    let first = cases.next().is_some_and(char::is_uppercase);
    let rest: Vec<bool> = cases.map(char::is_uppercase).collect();
    let mixed = rest.iter().any(|upper| *upper) && !(first && rest.iter().all(|upper| *upper));
    if tones > 1 || mixed {
        return false;
    }
    let small = letters.to_lowercase();
    ONSETS
        .iter()
        .filter_map(|onset| small.strip_prefix(onset))
        .any(|rest| {
            CODAS
                .iter()
                .filter_map(|coda| rest.strip_suffix(coda))
                .any(|nucleus| NUCLEI.contains(&nucleus))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tcvn3_is_detected_and_converted() {
        for (old, text) in [
            ("S¸ng kiÕn c¶i c¸ch hµnh chÝnh", "Sáng kiến cải cách hành chính"),
            ("NguyÔn V¨n Gi¶ §Þnh", "Nguyễn Văn Giả Định"),
            ("Uû ban nh©n d©n x·", "Uỷ ban nhân dân xã"),
            ("thñ tôc", "thủ tục"),
            ("§\u{AD}êng d©y nãng", "Đường dây nóng"),
        ] {
            assert_eq!(detect(old), Some(Legacy::Tcvn3), "{old}");
            assert_eq!(convert(old, Legacy::Tcvn3), text);
        }
    }

    #[test]
    fn vni_is_detected_and_converted() {
        for (old, text) in [
            (
                "Saùng kieán caûi caùch haønh chính",
                "Sáng kiến cải cách hành chính",
            ),
            ("Nguyeãn Vaên Giaû Ñònh", "Nguyễn Văn Giả Định"),
            ("Ñöôøng daây noùng", "Đường dây nóng"),
            ("thuû tuïc", "thủ tục"),
            ("HOÀ SÔ ÑIEÄN TÖÛ", "HỒ SƠ ĐIỆN TỬ"),
            ("ñaëc bieät", "đặc biệt"),
        ] {
            assert_eq!(detect(old), Some(Legacy::Vni), "{old}");
            assert_eq!(convert(old, Legacy::Vni), text);
        }
    }

    #[test]
    fn unicode_is_left_alone() {
        for text in [
            "",
            "Sang kien cai cach",
            "Sáng kiến cải cách hành chính",
            "các bác",
            "công tác hành chính",
            "cán bộ, công chức",
            "mô hình làm sâu",
            "THÔNG TIN",
            "Café số 1 – 100 °C",
            "François",
            "uỷ ban",
            "Phòng TN&MT, 5 m²",
        ] {
            assert_eq!(detect(text), None, "{text}");
            // decomposed text is the same text
            use unicode_normalization::UnicodeNormalization;
            assert_eq!(detect(&text.nfd().collect::<String>()), None, "{text} decomposed");
        }
    }

    #[test]
    fn the_right_reading_has_most_syllables() {
        assert_eq!(syllables("S¸ng kiÕn", Some(Legacy::Tcvn3)), 2);
        assert_eq!(syllables("S¸ng kiƠn", None), 0, "the same bytes in Windows-1258");
        assert_eq!(syllables("Saùng kieán", Some(Legacy::Vni)), 2);
        assert_eq!(
            syllables("Sáng kiến cai cach", None),
            2,
            "plain letters tell nothing"
        );
    }

    #[test]
    fn every_old_letter_has_one_meaning() {
        let mut old: Vec<char> = TCVN3.iter().map(|(old, _)| *old).collect();
        let mut new: Vec<char> = TCVN3.iter().map(|(_, new)| *new).collect();
        old.sort_unstable();
        old.dedup();
        new.sort_unstable();
        new.dedup();
        assert_eq!((old.len(), new.len()), (TCVN3.len(), TCVN3.len()));
    }
}
