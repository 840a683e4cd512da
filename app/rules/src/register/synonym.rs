//! Search terms: folded words, and one token for words that mean the same.
//!
//! The table is data: to teach the search another abbreviation, add a line.

use std::collections::BTreeSet;

use crate::text::fold;

/// Most terms kept of one entry.
pub const TERMS_MAX: usize = 1_500;

/// Token and the folded phrases that mean the same. A token is no word anybody types, so it never matches a prefix.
const SYNONYMS: [(&str, &[&str]); 19] = [
    (
        "=entry",
        &[
            "bai thi",
            "bai du thi",
            "de tai",
            "sang kien",
            "giai phap",
            "tac pham du thi",
        ],
    ),
    ("=it", &["cntt", "cong nghe thong tin"]),
    ("=procedure", &["tthc", "thu tuc hanh chinh"]),
    ("=reform", &["cchc", "cai cach hanh chinh"]),
    ("=service", &["dvc", "dich vu cong"]),
    ("=online_service", &["dvctt", "dich vu cong truc tuyen"]),
    (
        "=desk",
        &["mot cua", "bo phan tiep nhan va tra ket qua", "bptn&tkq"],
    ),
    ("=digital", &["cds", "chuyen doi so"]),
    ("=database", &["csdl", "co so du lieu"]),
    ("=committee", &["ubnd", "uy ban nhan dan"]),
    ("=council", &["hdnd", "hoi dong nhan dan"]),
    ("=staff", &["cbccvc", "can bo cong chuc vien chuc"]),
    ("=postal", &["bcci", "buu chinh cong ich"]),
    ("=legal", &["qppl", "quy pham phap luat"]),
    ("=post", &["vtvl", "vi tri viec lam"]),
    ("=apparatus", &["tcbm", "to chuc bo may"]),
    ("=industrial_zone", &["kcn", "khu cong nghiep"]),
    ("=economic_zone", &["kkt", "khu kinh te"]),
    ("=border_gate", &["ckqt", "cua khau quoc te"]),
];

/// One thing a search asks for; an entry must hold all of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchTerm {
    /// Any term beginning with these letters.
    Prefix(String),
    /// This very term.
    Exact(String),
}

/// The terms an entry is found by, in order of the texts given until [`TERMS_MAX`]: every word, every end of a compound
/// (`kt-2025-002` also by `2025-002`), and the tokens of synonyms. Every entry answers to the words for "entry".
pub fn index_terms<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut terms = BTreeSet::from([SYNONYMS[0].0.to_owned()]);
    for text in texts {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        for at in 0..words.len() {
            for (token, phrases) in &SYNONYMS {
                if phrases.iter().any(|phrase| begins(&words[at..], phrase)) {
                    terms.insert((*token).to_owned());
                }
            }
            for end in ends(words[at]) {
                if terms.len() >= TERMS_MAX {
                    return terms;
                }
                terms.insert(cut(end));
            }
        }
    }
    terms
}

/// What a typed search asks for. The longest synonym wins: `dịch vụ công trực tuyến` is not `dịch vụ công`.
pub fn search_terms(query: &str, most: usize) -> Vec<SearchTerm> {
    let folded = fold(query);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut terms = Vec::new();
    let mut at = 0;
    while at < words.len() && terms.len() < most {
        let synonym = SYNONYMS
            .iter()
            .flat_map(|(token, phrases)| phrases.iter().map(move |phrase| (token, phrase)))
            .filter(|(_, phrase)| begins(&words[at..], phrase))
            .max_by_key(|(_, phrase)| phrase.len());
        let (term, length) = match synonym {
            Some((token, phrase)) => (SearchTerm::Exact((*token).to_owned()), phrase.split(' ').count()),
            None => (SearchTerm::Prefix(cut(words[at])), 1),
        };
        if !terms.contains(&term) {
            terms.push(term);
        }
        at += length;
    }
    terms
}

/// Whether the words begin with the phrase; punctuation on the edges of words is folded away already.
fn begins(words: &[&str], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|part| words.next() == Some(&part))
}

/// The word and what follows each mark inside it.
fn ends(word: &str) -> impl Iterator<Item = &str> {
    let inner = word
        .char_indices()
        .filter(|(_, c)| !c.is_alphanumeric())
        .map(|(at, c)| &word[at + c.len_utf8()..])
        .filter(|end| end.starts_with(char::is_alphanumeric));
    std::iter::once(word).chain(inner)
}

/// A term bounded, so that a text without spaces fits an index.
fn cut(term: &str) -> String {
    term.chars().take(64).collect()
}
