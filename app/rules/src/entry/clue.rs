//! What in an entry's words may tell a judge who wrote it (2.2: blinding is best effort, since initiatives often name
//! people and units). Advice for the organiser; nothing is changed in what was written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Author;
use crate::text::fold;

/// Most clues reported of one text.
pub const CLUES_MAX: usize = 20;
/// Words shown on each side of a clue.
const AROUND: usize = 6;
/// Fewest words of a position that says something: "chuyên viên" may be anybody.
const POSITION_WORDS: usize = 3;
/// Fewest digits of a phone number.
const PHONE_DIGITS: usize = 8;

/// What a clue names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClueKind {
    /// An author's full name.
    Author,
    /// The unit of an author.
    Unit,
    /// The position of an author.
    Position,
    /// An author's phone or e-mail.
    Contact,
}

/// A place in a text that names an author, their unit, position or contact, diacritics and capitals aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clue {
    pub kind: ClueKind,
    /// The words as written.
    pub words: String,
    /// The words with some before and after them.
    pub passage: String,
}

/// What to look for in the texts of one entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// By first word: the whole phrase, folded, with what it names.
    phrases: BTreeMap<String, Vec<(Vec<String>, ClueKind)>>,
}

impl Traces {
    /// The traces of an entry's authors, and of their units under the names given besides.
    pub fn of<'a>(authors: &[Author], units: impl IntoIterator<Item = &'a str>) -> Self {
        let mut traces = Self::default();
        for author in authors {
            traces.add(&author.full_name, ClueKind::Author, 2);
            traces.add(&author.unit_name, ClueKind::Unit, 2);
            traces.add(&author.position, ClueKind::Position, POSITION_WORDS);
            let digits = author.contact.bytes().filter(u8::is_ascii_digit).count();
            if author.contact.contains('@') || digits >= PHONE_DIGITS {
                traces.add(&author.contact, ClueKind::Contact, 1);
            }
        }
        for unit in units {
            traces.add(unit, ClueKind::Unit, 2);
        }
        traces
    }

    fn add(&mut self, phrase: &str, kind: ClueKind, least: usize) {
        let words: Vec<String> = words(phrase).map(|(_, word)| word).collect();
        if words.len() < least {
            return;
        }
        if let Some(first) = words.first() {
            let known = self.phrases.entry(first.clone()).or_default();
            if !known.iter().any(|(known, _)| *known == words) {
                known.push((words, kind));
                // the longest first: it says most
                known.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
            }
        }
    }

    /// The clues in a text in their order, at most [`CLUES_MAX`]. Words belong to one clue only.
    pub fn find(&self, text: &str) -> Vec<Clue> {
        let found: Vec<(&str, String)> = words(text).collect();
        let mut clues = Vec::new();
        let mut at = 0;
        while at < found.len() && clues.len() < CLUES_MAX {
            let Some((length, kind)) = self.phrase_at(&found[at..]) else {
                at += 1;
                continue;
            };
            let end = at + length;
            clues.push(Clue {
                kind,
                words: joined(&found[at..end]),
                passage: joined(&found[at.saturating_sub(AROUND)..(end + AROUND).min(found.len())]),
            });
            at = end;
        }
        clues
    }

    fn phrase_at(&self, words: &[(&str, String)]) -> Option<(usize, ClueKind)> {
        let (_, first) = words.first()?;
        let fits = |phrase: &[String]| {
            words.len() >= phrase.len() && phrase.iter().zip(words).all(|(wanted, (_, word))| wanted == word)
        };
        self.phrases
            .get(first)?
            .iter()
            .find(|(phrase, _)| fits(phrase))
            .map(|(phrase, kind)| (phrase.len(), *kind))
    }
}

/// The words of a text, each as written and folded.
fn words(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split(|c: char| c.is_whitespace() || ",;:()[]{}<>\"“”‘’«»/|–—…*".contains(c))
        .map(|word| (word, fold(word)))
        .filter(|(_, folded)| !folded.is_empty())
}

fn joined(words: &[(&str, String)]) -> String {
    let written: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    written.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::Points;

    fn author() -> Author {
        Author {
            user: None,
            full_name: "Nguyễn Thị Tường Vy".into(),
            unit: None,
            unit_name: "Ủy ban nhân dân xã Phú Mỹ".into(),
            position: "Công chức Văn phòng – Thống kê".into(),
            contact: "vy.ntt@example.vn".into(),
            share: Points::ZERO,
            lead: true,
        }
    }

    fn found(text: &str) -> Vec<(ClueKind, String)> {
        let clues = Traces::of(&[author()], ["UBND xã Phú Mỹ"]).find(text);
        clues.into_iter().map(|clue| (clue.kind, clue.words)).collect()
    }

    #[test]
    fn names_are_found_without_diacritics_and_in_capitals() {
        assert_eq!(
            found("Tác giả: NGUYỄN THỊ TƯỜNG VY."),
            [(ClueKind::Author, "NGUYỄN THỊ TƯỜNG VY.".into())]
        );
        assert_eq!(found("do nguyen thi tuong vy viết").len(), 1);
        assert_eq!(found("chị Tường Vy và Nguyễn Thị Vy"), []);
    }

    #[test]
    fn units_positions_and_contacts_are_found() {
        let kinds: Vec<ClueKind> = found(
            "Tại Ủy ban nhân dân xã Phú Mỹ (UBND xã Phú Mỹ), công chức Văn phòng - Thống kê, thư: VY.NTT@example.vn",
        )
        .into_iter()
        .map(|(kind, _)| kind)
        .collect();
        assert_eq!(
            kinds,
            [
                ClueKind::Unit,
                ClueKind::Unit,
                ClueKind::Position,
                ClueKind::Contact
            ]
        );
    }

    #[test]
    fn what_anybody_might_write_is_no_clue() {
        let vague = Author {
            full_name: "Vy".into(),
            unit_name: String::new(),
            position: "Chuyên viên".into(),
            contact: "số 5".into(),
            ..author()
        };
        assert_eq!(Traces::of(&[vague], []).find("Chuyên viên Vy ở số 5 đã làm"), []);
    }

    #[test]
    fn a_passage_shows_what_stands_around() {
        let clues = Traces::of(&[author()], []).find(
            "một hai ba bốn năm sáu bảy tám Nguyễn Thị Tường Vy chín mười mười-một mười-hai mười-ba mười-bốn mười-lăm",
        );
        assert_eq!(
            clues[0].passage,
            "ba bốn năm sáu bảy tám Nguyễn Thị Tường Vy chín mười mười-một mười-hai mười-ba mười-bốn"
        );
        let many = "Nguyễn Thị Tường Vy. ".repeat(100);
        assert_eq!(Traces::of(&[author()], []).find(&many).len(), CLUES_MAX);
    }
}
