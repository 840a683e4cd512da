//! How alike two texts are, as advice: trigrams of folded words, compared exactly; fingerprints to find candidates.
//!
//! Shares are fractions of whole numbers, never floats. A likeness is no verdict (domain.md 2.3).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::text::fold;

/// Words in a trigram. A Vietnamese word is a syllable, so this is a phrase of one or two concepts.
pub const TRIGRAM_WORDS: usize = 3;
/// Least words of a passage worth showing: a shorter one is a turn of phrase.
pub const PASSAGE_WORDS: usize = 6;
/// Places of a repeated trigram that are tried when a passage is sought.
const PLACES_MAX: usize = 16;
/// Trigrams a fingerprint is chosen from.
const WINDOW: usize = 8;
/// Most fingerprints kept of one entry.
pub const PRINTS_MAX: usize = 200;
/// Most words of a text that are looked at.
const WORDS_MAX: usize = 40_000;

/// What a share of common text is worth as advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// Under 20 %.
    Slight,
    /// 20 to under 40 %.
    Notable,
    /// 40 % and more.
    Strong,
}

/// Distinct trigrams two texts have, and have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    pub shared: u32,
    pub first: u32,
    pub second: u32,
}

/// A passage both texts have, as each writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub first: String,
    pub second: String,
    /// Length in words of the first text.
    pub words: u32,
}

/// The trigrams of a text with the places they stand at.
#[derive(Clone, Debug)]
pub struct TrigramSet<'a> {
    text: &'a str,
    words: Vec<Word>,
    places: BTreeMap<u64, Vec<usize>>,
    /// Trigram at each place.
    at: Vec<u64>,
}

#[derive(Clone, Debug)]
struct Word {
    folded: String,
    start: usize,
    end: usize,
}

impl Overlap {
    /// Shared of all trigrams of both, in whole percent, rounded down. Symmetric.
    pub fn jaccard_percent(self) -> u32 {
        percent(self.shared, self.first + self.second - self.shared)
    }

    /// Shared of the shorter text's trigrams, in whole percent, rounded down: how much of the one stands in the other.
    pub fn containment_percent(self) -> u32 {
        percent(self.shared, self.first.min(self.second))
    }

    /// What the containment is worth.
    pub fn likeness(self) -> Likeness {
        match self.containment_percent() {
            0..20 => Likeness::Slight,
            20..40 => Likeness::Notable,
            _ => Likeness::Strong,
        }
    }
}

fn percent(part: u32, of: u32) -> u32 {
    (u64::from(part) * 100)
        .checked_div(u64::from(of))
        .and_then(|percent| u32::try_from(percent).ok())
        .unwrap_or(0)
}

impl<'a> TrigramSet<'a> {
    /// Takes a text apart. A text shorter than a trigram is one trigram.
    pub fn of(text: &'a str) -> Self {
        let words = words(text);
        let at: Vec<u64> = match words.len() {
            0 => Vec::new(),
            n if n < TRIGRAM_WORDS => vec![hash(&words)],
            _ => words.windows(TRIGRAM_WORDS).map(hash).collect(),
        };
        let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (place, trigram) in at.iter().enumerate() {
            let known = places.entry(*trigram).or_default();
            if known.len() < PLACES_MAX {
                known.push(place);
            }
        }
        Self {
            text,
            words,
            places,
            at,
        }
    }

    /// Compares two texts.
    pub fn overlap(&self, other: &TrigramSet<'_>) -> Overlap {
        let shared = self
            .places
            .keys()
            .filter(|trigram| other.places.contains_key(trigram))
            .count();
        Overlap {
            shared: count(shared),
            first: count(self.places.len()),
            second: count(other.places.len()),
        }
    }

    /// Words `from` to before `to` as written.
    fn slice(&self, from: usize, to: usize) -> String {
        match (self.words.get(from), self.words.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) => self.text[first.start..last.end].to_owned(),
            _ => String::new(),
        }
    }
}

/// The longest passages of at least [`PASSAGE_WORDS`] that two texts have in common, at most `most`, longest first; each
/// word of the first text stands in one passage only.
pub fn passages(first: &TrigramSet<'_>, second: &TrigramSet<'_>, most: usize) -> Vec<Passage> {
    let mut runs: Vec<Run> = Vec::new();
    let mut place = 0;
    while place < first.at.len() {
        match longest_run(first, second, place) {
            Some(run) if run.words >= PASSAGE_WORDS => {
                // what is covered by this passage begins no other
                place += run.words;
                runs.push(run);
            }
            _ => place += 1,
        }
    }
    runs.sort_by(|a, b| b.words.cmp(&a.words).then(a.first.cmp(&b.first)));
    runs.truncate(most);
    let passage = |run: Run| Passage {
        first: first.slice(run.first, run.first + run.words),
        second: second.slice(run.second, run.second + run.words),
        words: count(run.words),
    };
    runs.into_iter().map(passage).collect()
}

/// Words two texts have in common from these places on.
struct Run {
    first: usize,
    second: usize,
    words: usize,
}

/// The longest passage that begins at this place of the first text; of equals the earliest of the second.
fn longest_run(first: &TrigramSet<'_>, second: &TrigramSet<'_>, place: usize) -> Option<Run> {
    let run = |start: usize| {
        let common = first.at[place..].iter().zip(&second.at[start..]);
        let trigrams = common.take_while(|(a, b)| a == b).count();
        Run {
            first: place,
            second: start,
            words: trigrams + TRIGRAM_WORDS - 1,
        }
    };
    // a text shorter than a trigram is one, and has no passage
    let starts = second
        .places
        .get(&first.at[place])
        .filter(|_| first.words.len() >= TRIGRAM_WORDS && second.words.len() >= TRIGRAM_WORDS)?;
    starts
        .iter()
        .map(|start| run(*start))
        .reduce(|best, next| if next.words > best.words { next } else { best })
}

/// Fingerprints of a text (winnowing: the least trigram of every window), at most [`PRINTS_MAX`], ascending. Texts that
/// share a passage of ten words share one of its trigrams before the bound cuts.
pub fn fingerprints(text: &str) -> Vec<i64> {
    let set = TrigramSet::of(text);
    let chosen: BTreeSet<u64> = if set.at.len() <= WINDOW {
        set.at.iter().copied().collect()
    } else {
        set.at
            .windows(WINDOW)
            .filter_map(|window| window.iter().min().copied())
            .collect()
    };
    // the least of all: the same choice for every text, so that bounded sets still meet
    chosen
        .into_iter()
        .take(PRINTS_MAX)
        .map(u64::cast_signed)
        .collect()
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || ('\u{300}'..='\u{36F}').contains(&c);
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                let folded = fold(&text[from..at]);
                if !folded.is_empty() && words.len() < WORDS_MAX {
                    words.push(Word {
                        folded,
                        start: from,
                        end: at,
                    });
                }
            }
            _ => {}
        }
    }
    words
}

/// FNV-1a with a last mix, so that the least of a window is no special word. Only compared with itself.
fn hash(words: &[Word]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for word in words {
        word.folded.bytes().for_each(&mut take);
        take(0x1f);
    }
    let mixed = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
