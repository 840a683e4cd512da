//! The contest file as it stands on disk. Points stay text here, so that a bad one can be named with its place.

use std::fmt;

use rules::judging::{Rubric, ScoringPolicy};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// One of the two rounds a file can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    Preliminary,
    Final,
}

impl Round {
    /// The round's key in the file.
    pub fn key(self) -> &'static str {
        match self {
            Round::Preliminary => "SL",
            Round::Final => "CK",
        }
    }
}

/// Something per round; either may be missing, `null` or empty.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct PerRound<T> {
    #[serde(rename = "SL", default = "Option::default")]
    preliminary: Option<Vec<T>>,
    #[serde(rename = "CK", default = "Option::default")]
    last: Option<Vec<T>>,
}

impl<T> PerRound<T> {
    /// The round's list, empty where it is missing.
    pub fn of(&self, round: Round) -> &[T] {
        let list = match round {
            Round::Preliminary => &self.preliminary,
            Round::Final => &self.last,
        };
        list.as_deref().unwrap_or_default()
    }
}

impl<T> Default for PerRound<T> {
    fn default() -> Self {
        Self {
            preliminary: None,
            last: None,
        }
    }
}

/// The whole file. Keys it does not name are ignored.
#[derive(Debug, Deserialize)]
pub struct ContestFile {
    #[serde(default)]
    pub contest: Contest,
    pub entries: Vec<Entry>,
    #[serde(default)]
    pub judges: PerRound<Judge>,
    pub scorecards: PerRound<Card>,
    #[serde(default)]
    pub deviations: PerRound<DeviationRecord>,
    /// A rubric of the file's own.
    #[serde(default)]
    pub rubric: Option<Rubric>,
    #[serde(default)]
    pub rubrics: Vec<Rubric>,
}

/// What the contest file says of its rules.
#[derive(Debug, Default, Deserialize)]
pub struct Contest {
    #[serde(default)]
    pub rubric: Option<Named<Rubric>>,
    #[serde(default)]
    pub policy: Option<Named<ScoringPolicy>>,
    #[serde(default)]
    pub advance: Option<Advance>,
    #[serde(default)]
    pub prize_structure: Vec<Prize>,
    #[serde(default)]
    pub prize_floor: Option<String>,
}

/// A known name, or the thing itself.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Named<T> {
    Name(String),
    Own(T),
}

/// `{"rule": "top_n", "n": 10}`, `{"rule": "threshold", "threshold": "75"}`, or both figures.
#[derive(Debug, Deserialize)]
pub struct Advance {
    #[serde(default)]
    pub n: Option<u32>,
    #[serde(default)]
    pub threshold: Option<String>,
    #[serde(default)]
    pub admit_all_equal: Option<bool>,
}

/// A prize tier.
#[derive(Debug, Deserialize)]
pub struct Prize {
    pub code: String,
    pub count: u32,
    #[serde(default)]
    pub floor: Option<String>,
}

/// An entry; only those `ACCEPTED` are judged.
#[derive(Debug, Deserialize)]
pub struct Entry {
    pub code: String,
    pub state: String,
}

/// A member of a round's jury.
#[derive(Debug, Deserialize)]
pub struct Judge {
    pub code: String,
}

/// One judge's scorecard for one entry.
#[derive(Debug, Deserialize)]
pub struct Card {
    pub entry: String,
    pub judge: String,
    pub status: String,
    #[serde(default)]
    pub reason: Option<String>,
    #[serde(default)]
    pub version: Option<i64>,
    #[serde(default)]
    pub scores: Option<Figures>,
    #[serde(default)]
    pub total: Option<String>,
    /// Versions before the current one, oldest first.
    #[serde(default)]
    pub history: Vec<Version>,
}

/// An earlier version of a scorecard.
#[derive(Debug, Deserialize)]
pub struct Version {
    pub scores: Figures,
    #[serde(default)]
    pub total: Option<String>,
}

/// What the record says became of a deviation.
#[derive(Debug, Deserialize)]
pub struct DeviationRecord {
    pub entry: String,
    pub outcome: String,
    #[serde(default)]
    pub judge: Option<String>,
    #[serde(default)]
    pub reason: Option<String>,
}

/// Figures by criterion, in the order of the file. A map would hide a criterion that stands twice.
#[derive(Debug)]
pub struct Figures(pub Vec<(String, String)>);

impl<'de> Deserialize<'de> for Figures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Figures;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("points by criterion, as decimal strings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Figures, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Figures(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}
