//! The fictional contest SIM-2025: every scorecard of two rounds, and the results they must give.
//!
//! Pure data: reading it touches neither clock nor storage. The demo plays it through the services, and the tests
//! compare what comes out with [`Expected`].

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use rules::judging::Scores;
use rules::points::{Fraction, Points};
use rules::time::Timestamp;
use serde::Deserialize;

const CONTEST: &str = include_str!("../../demo/contest_sim22.json");
const EXPECTED: &str = include_str!("../../demo/contest_sim22_expected.json");

/// Code of the preliminary round.
pub const PRELIMINARY: &str = "SL";
/// Code of the final round.
pub const FINAL: &str = "CK";

/// The contest as its file has it.
#[derive(Clone, Debug, Deserialize)]
pub struct Sim {
    pub contest: SimContest,
    /// The jury of each round, in the order of its seats, by round code.
    pub judges: BTreeMap<String, Vec<SimJudge>>,
    pub entries: Vec<SimEntry>,
    /// Scorecards by round code.
    pub scorecards: BTreeMap<String, Vec<SimCard>>,
    /// Deliberations by round code, in the order they were held.
    pub deviations: BTreeMap<String, Vec<SimDeviation>>,
}

/// Head of the contest.
#[derive(Clone, Debug, Deserialize)]
pub struct SimContest {
    pub code: String,
    pub name: String,
    pub year: i32,
    pub submission_deadline: DateTime<FixedOffset>,
    /// Id of a built-in rubric.
    pub rubric: String,
    pub advance: SimAdvance,
    pub prize_structure: Vec<SimPrize>,
    pub prize_floor: Points,
}

/// How entries reach the final: always the top `n`.
#[derive(Clone, Debug, Deserialize)]
pub struct SimAdvance {
    pub n: u32,
}

/// A prize tier.
#[derive(Clone, Debug, Deserialize)]
pub struct SimPrize {
    pub code: String,
    pub count: u32,
}

/// A judge of one round.
#[derive(Clone, Debug, Deserialize)]
pub struct SimJudge {
    pub code: String,
    pub display_name: String,
    /// Code of the judge's unit.
    pub unit_id: Option<String>,
    #[serde(default)]
    pub chair: bool,
}

/// An entry that was handed in.
#[derive(Clone, Debug, Deserialize)]
pub struct SimEntry {
    pub code: String,
    pub blind_code: String,
    pub title: String,
    /// Code of the authors' unit.
    pub unit_id: String,
    pub authors: Vec<SimAuthor>,
    pub submitted_at: DateTime<FixedOffset>,
    pub state: SimState,
    /// Why it was withdrawn or came too late.
    pub reason: Option<String>,
}

/// An author, by name only.
#[derive(Clone, Debug, Deserialize)]
pub struct SimAuthor {
    pub display_name: String,
}

/// What became of an entry before the first round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SimState {
    Accepted,
    RejectedLate,
    Withdrawn,
}

/// One judge's scorecard of one entry, by their codes.
#[derive(Clone, Debug, Deserialize)]
pub struct SimCard {
    pub entry: String,
    pub judge: String,
    pub status: SimCardStatus,
    #[serde(default)]
    pub scores: Scores,
    /// Why the judge is recused.
    pub reason: Option<String>,
    /// Why the judge changed the points after a deliberation.
    pub rescore_reason: Option<String>,
    /// What was handed in before, oldest first.
    #[serde(default)]
    pub history: Vec<SimVersion>,
}

/// Whether a judge scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SimCardStatus {
    Submitted,
    Recused,
}

/// An earlier version of a scorecard.
#[derive(Clone, Debug, Deserialize)]
pub struct SimVersion {
    pub scores: Scores,
}

/// A deviation that was deliberated.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SimDeviation {
    pub entry: String,
    pub spread_before: Points,
    pub outcome: SimOutcome,
    /// The judge asked.
    pub judge: String,
    pub reason: Option<String>,
    pub spread_after: Points,
}

/// How a deliberation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SimOutcome {
    Rescored,
    KeptWithExplanation,
}

/// The results the contest must give.
#[derive(Clone, Debug, Deserialize)]
pub struct Expected {
    #[serde(rename = "SL")]
    pub preliminary: ExpectedRound,
    #[serde(rename = "CK")]
    pub last: ExpectedRound,
}

/// One round's results.
#[derive(Clone, Debug, Deserialize)]
pub struct ExpectedRound {
    pub table: Vec<ExpectedRow>,
    /// Entries that go on, best first.
    #[serde(default)]
    pub advance: Vec<String>,
    #[serde(default)]
    pub deviation_over_20: Vec<SimDeviation>,
    #[serde(default)]
    pub awards: Vec<ExpectedAward>,
}

/// One line of a ranking.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ExpectedRow {
    pub rank: u32,
    pub entry: String,
    pub valid_scorecards: u32,
    /// The exact mean in whole points.
    pub average_exact: Fraction,
    pub average: Points,
    pub max: Points,
    pub min: Points,
}

/// One prize.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ExpectedAward {
    pub entry: String,
    pub prize: String,
    pub average: Points,
}

impl Sim {
    /// The contest that comes with the product.
    pub fn built_in() -> Self {
        Self::parse(CONTEST).expect("the file is part of the build and read by a test")
    }

    /// Reads a contest in the same format.
    ///
    /// # Errors
    /// Where the text has another shape; the message says in which line.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The jury of a round. Where the file names no chair, the first judge chairs: a jury has exactly one.
    pub fn jury(&self, round: &str) -> Vec<SimJudge> {
        let mut jury = self.judges.get(round).cloned().unwrap_or_default();
        if !jury.iter().any(|judge| judge.chair)
            && let Some(first) = jury.first_mut()
        {
            first.chair = true;
        }
        jury
    }

    /// Codes of all units named, each once, in order.
    pub fn units(&self) -> Vec<String> {
        let judges = self
            .judges
            .values()
            .flatten()
            .filter_map(|judge| judge.unit_id.clone());
        let mut units: Vec<String> = self
            .entries
            .iter()
            .map(|entry| entry.unit_id.clone())
            .chain(judges)
            .collect();
        units.sort();
        units.dedup();
        units
    }

    /// The entry with this code.
    pub fn entry(&self, code: &str) -> Option<&SimEntry> {
        self.entries.iter().find(|entry| entry.code == code)
    }

    /// Scorecards of a round.
    pub fn cards(&self, round: &str) -> &[SimCard] {
        self.scorecards.get(round).map_or(&[], Vec::as_slice)
    }

    /// Deliberations of a round.
    pub fn deviations(&self, round: &str) -> &[SimDeviation] {
        self.deviations.get(round).map_or(&[], Vec::as_slice)
    }

    /// Whether the recusal was declared by the judge, not found by the rule of the same unit.
    pub fn is_declared(&self, round: &str, card: &SimCard) -> bool {
        let judges = self.judges.get(round).map_or(&[][..], Vec::as_slice);
        let judge = judges
            .iter()
            .find(|judge| judge.code == card.judge)
            .and_then(|judge| judge.unit_id.as_ref());
        let entry = self.entry(&card.entry).map(|entry| &entry.unit_id);
        card.status == SimCardStatus::Recused && (judge.is_none() || judge != entry)
    }
}

impl SimEntry {
    /// When it was handed in.
    pub fn submitted_at(&self) -> Timestamp {
        self.submitted_at.to_utc()
    }
}

impl SimCard {
    /// The points handed in first, before any deliberation.
    pub fn first_scores(&self) -> &Scores {
        self.history
            .first()
            .map_or(&self.scores, |version| &version.scores)
    }

    /// The points were changed after a deliberation.
    pub fn was_rescored(&self) -> bool {
        !self.history.is_empty()
    }
}

impl Expected {
    /// The results of [`Sim::built_in`].
    pub fn built_in() -> Self {
        serde_json::from_str(EXPECTED).expect("the file is part of the build and read by a test")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_contest_is_whole() {
        let sim = Sim::built_in();
        let accepted = sim
            .entries
            .iter()
            .filter(|entry| entry.state == SimState::Accepted)
            .count();
        assert_eq!((sim.entries.len(), accepted), (24, 22));
        assert_eq!(sim.cards(PRELIMINARY).len(), 8 * 22);
        assert_eq!(sim.cards(FINAL).len(), 7 * 10);
        assert_eq!(sim.units().len(), 8);
        for round in [PRELIMINARY, FINAL] {
            assert_eq!(sim.jury(round).iter().filter(|judge| judge.chair).count(), 1);
        }
        let declared = sim
            .cards(PRELIMINARY)
            .iter()
            .filter(|card| sim.is_declared(PRELIMINARY, card))
            .count();
        assert_eq!(declared, 1);
        assert_eq!(
            sim.cards(PRELIMINARY)
                .iter()
                .filter(|card| card.was_rescored())
                .count(),
            1
        );
        let expected = Expected::built_in();
        assert_eq!(
            (expected.preliminary.table.len(), expected.last.table.len()),
            (22, 10)
        );
        assert_eq!(
            expected.preliminary.deviation_over_20,
            sim.deviations(PRELIMINARY)
        );
    }

    #[test]
    fn another_shape_is_refused_with_its_line() {
        let error = Sim::parse("{\n\"contest\": 1}").expect_err("a number is no contest");
        assert_eq!(error.line(), 2);
    }
}
