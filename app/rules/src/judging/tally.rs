//! From ballots to a ranking in which every place can be explained.
//!
//! Generic over the key of an entry and of a judge: the product counts with ids, the offline verifier with codes.
//! The result depends on the ballots only, never on the order in which entries, judges or ballots are listed.

mod collect;
mod ladder;
mod ranks;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::collect::Ballots;
use self::ladder::Ladder;
use super::order::{OrderList, OrderProblem};
use super::policy::{Aggregate, ScoringPolicy};
use super::rubric::{CriterionCode, Rubric};
use super::scores::{ScoreProblem, Scores};
use crate::ledger::{Hash32, NotCanonical, canonical_json};
use crate::points::{Fraction, Points};

/// A scorecard that counts. Drafts are not handed to the tally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CardState {
    Submitted { scores: Scores, version: i64 },
    Recused { reason: String },
}

/// One judge's scorecard for one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scorecard<E, J> {
    pub entry: E,
    pub judge: J,
    #[serde(flatten)]
    pub state: CardState,
}

/// One judge's order of the entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderBallot<E, J> {
    pub judge: J,
    pub order: OrderList<E>,
}

/// The chair's decision between entries that every other step left equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChairDecision<E> {
    /// Best first. It settles a group only if it names every entry of it.
    pub order: Vec<E>,
    pub reason: String,
}

/// Everything a round's result is computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundInput<E, J> {
    pub entries: Vec<E>,
    /// Appointed judges; the quorum counts them all.
    pub judges: Vec<J>,
    pub scorecards: Vec<Scorecard<E, J>>,
    pub orders: Vec<OrderBallot<E, J>>,
    /// In the order taken: a later decision on the same entries replaces an earlier one.
    pub decisions: Vec<ChairDecision<E>>,
}

/// Why an entry has a rank or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RowState {
    Ok,
    /// An average, rounded as shown, is under the criterion's floor (điểm liệt): no rank, no prize.
    BelowCriterionFloor,
    /// Too few valid ballots: no average.
    QuorumNotMet,
    /// No valid ballot at all.
    NoResult,
}

/// An entry's line in the score summary (bảng tổng hợp điểm).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyRow<E> {
    pub entry: E,
    pub state: RowState,
    /// From 1; entries still equal share a rank. `None` unless the state is [`RowState::Ok`].
    pub rank: Option<u32>,
    /// Exact average points; `None` without quorum or scorecards.
    pub average: Option<Fraction>,
    /// The average half-up to two decimals: the figure that is shown and ranked.
    pub rounded: Option<Points>,
    /// Exact mean rank, where the policy ranks by it.
    pub mean_rank: Option<Fraction>,
    /// Valid ballots behind the ranked figure.
    pub valid: u32,
    pub recused: u32,
    /// Lowest and highest total of the submitted scorecards.
    pub min: Option<Points>,
    pub max: Option<Points>,
    /// Exact averages by criterion over all submitted scorecards (nothing trimmed).
    pub criteria: BTreeMap<CriterionCode, Fraction>,
}

/// Why one entry stands above the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Explanation {
    Average {
        above: Points,
        below: Points,
    },
    /// Lower is better.
    MeanRank {
        above: Points,
        below: Points,
    },
    Criterion {
        code: CriterionCode,
        above: Fraction,
        below: Fraction,
    },
    /// Mean places within the group of equals, over the `ballots` that order all of it; lower is better.
    OrderBallots {
        above: Fraction,
        below: Fraction,
        ballots: u32,
    },
    Chair {
        reason: String,
    },
    /// Nothing separates them: they share a rank until the chair decides.
    Equal,
}

/// Two neighbours of the ranking and what separates them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair<E> {
    pub above: E,
    pub below: E,
    pub why: Explanation,
}

/// A spread of totals above the policy's limit: opens a deliberation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation<E> {
    pub entry: E,
    pub min: Points,
    pub max: Points,
    pub spread: Points,
}

/// A round's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally<E> {
    /// Ranked entries by rank, then those below a floor, without quorum, without any ballot.
    pub rows: Vec<TallyRow<E>>,
    /// One for each two neighbours among the ranked entries, in order.
    pub pairs: Vec<Pair<E>>,
    /// Groups that share a rank, best first.
    pub undecided: Vec<Vec<E>>,
    pub deviations: Vec<Deviation<E>>,
    /// Appointed judges.
    pub judges: u32,
}

/// Why ballots cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum TallyProblem<E, J> {
    #[error("an entry is listed twice")]
    DuplicateEntry { entry: E },
    #[error("a judge is listed twice")]
    DuplicateJudge { judge: J },
    #[error("a scorecard for an entry that is not in the round")]
    UnknownEntry { entry: E, judge: J },
    #[error("a ballot of a judge who is not on the jury")]
    UnknownJudge { judge: J },
    #[error("two scorecards of one judge for one entry")]
    DuplicateScorecard { entry: E, judge: J },
    #[error("two order ballots of one judge")]
    DuplicateOrder { judge: J },
    #[error("a scorecard breaks the rubric")]
    BadScores {
        entry: E,
        judge: J,
        problems: Vec<ScoreProblem>,
    },
    #[error("an order ballot is not an order of the round's entries")]
    BadOrder {
        judge: J,
        problems: Vec<OrderProblem<E>>,
    },
    #[error("a decision names an entry twice or one that is not in the round")]
    BadDecision { entry: E },
    /// Exact arithmetic left its range: more judges than any jury has.
    #[error("too many ballots")]
    TooLarge,
}

/// Counts a round.
///
/// # Errors
/// The first [`TallyProblem`]. A comment that the rubric asks for is the scorecard's affair, not the tally's.
pub fn tally<E: Clone + Ord, J: Clone + Ord>(
    rubric: &Rubric,
    policy: &ScoringPolicy,
    input: &RoundInput<E, J>,
) -> Result<Tally<E>, TallyProblem<E, J>> {
    let ballots = Ballots::collect(rubric, input)?;
    let mut rows = ballots.rows(rubric, policy, input)?;
    let groups = equal_groups(&rows, policy);
    let ladder = Ladder {
        rows: &rows,
        orders: &input.orders,
        decisions: &input.decisions,
    };

    let mut tiers: Vec<Vec<E>> = Vec::new();
    let mut between: Vec<Explanation> = Vec::new();
    let mut last_figure = None;
    for (figure, group) in groups {
        between.extend(last_figure.map(|above| figure_difference(policy, above, figure)));
        last_figure = Some(figure);
        let split = ladder
            .split(group, &policy.tie_break)
            .ok_or(TallyProblem::TooLarge)?;
        tiers.extend(split.tiers);
        between.extend(split.between);
    }

    let mut ranks: BTreeMap<E, u32> = BTreeMap::new();
    let mut place = 1;
    for tier in &tiers {
        ranks.extend(tier.iter().map(|entry| (entry.clone(), place)));
        place += tier.len() as u32;
    }
    for row in &mut rows {
        row.rank = ranks.get(&row.entry).copied();
    }
    rows.sort_by_key(row_key);

    Ok(Tally {
        pairs: pairs(&tiers, &between),
        undecided: tiers.into_iter().filter(|tier| tier.len() > 1).collect(),
        deviations: deviations(policy, &rows),
        rows,
        judges: input.judges.len() as u32,
    })
}

impl<E: Clone + Ord> Tally<E> {
    /// An entry's line.
    pub fn row(&self, entry: &E) -> Option<&TallyRow<E>> {
        self.rows.iter().find(|row| row.entry == *entry)
    }

    /// The lines that have a rank, best first.
    pub fn ranked(&self) -> impl Iterator<Item = &TallyRow<E>> {
        self.rows.iter().filter(|row| row.rank.is_some())
    }

    /// Ranked entries, best first.
    pub fn ranking(&self) -> Vec<E> {
        self.ranked().map(|row| row.entry.clone()).collect()
    }

    /// Why an entry stands above the one after it.
    pub fn why_above_next(&self, entry: &E) -> Option<&Pair<E>> {
        self.pairs.iter().find(|pair| pair.above == *entry)
    }
}

impl<E: Serialize> Tally<E> {
    /// Hash of the result's canonical JSON, recorded when the round is locked.
    ///
    /// # Errors
    /// [`NotCanonical`] where the entry's key holds a number that is not whole.
    pub fn hash(&self) -> Result<Hash32, NotCanonical> {
        let value = serde_json::to_value(self).map_err(|error| NotCanonical::NotJson {
            cause: error.to_string(),
        })?;
        canonical_json(&value).map(|bytes| Hash32::of(&bytes))
    }
}

/// Ranked figure of a row, as rounded for the table.
fn figure<E>(row: &TallyRow<E>, policy: &ScoringPolicy) -> Option<Points> {
    match policy.aggregate {
        Aggregate::MeanRank => row.mean_rank.map(|rank| rank.round_half_up(2)),
        Aggregate::Mean | Aggregate::TrimmedMean { .. } => row.rounded,
    }
}

/// Entries in good standing by equal figure, best first.
fn equal_groups<E: Clone + Ord>(rows: &[TallyRow<E>], policy: &ScoringPolicy) -> Vec<(Points, Vec<E>)> {
    let mut groups: BTreeMap<Points, Vec<E>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.state == RowState::Ok) {
        if let Some(figure) = figure(row, policy) {
            groups.entry(figure).or_default().push(row.entry.clone());
        }
    }
    match policy.aggregate {
        Aggregate::MeanRank => groups.into_iter().collect(),
        Aggregate::Mean | Aggregate::TrimmedMean { .. } => groups.into_iter().rev().collect(),
    }
}

fn figure_difference(policy: &ScoringPolicy, above: Points, below: Points) -> Explanation {
    match policy.aggregate {
        Aggregate::MeanRank => Explanation::MeanRank { above, below },
        Aggregate::Mean | Aggregate::TrimmedMean { .. } => Explanation::Average { above, below },
    }
}

fn pairs<E: Clone>(tiers: &[Vec<E>], between: &[Explanation]) -> Vec<Pair<E>> {
    let mut pairs: Vec<Pair<E>> = Vec::new();
    let mut above: Option<&E> = None;
    for (index, tier) in tiers.iter().enumerate() {
        for (position, entry) in tier.iter().enumerate() {
            let why = match (
                position,
                index.checked_sub(1).and_then(|index| between.get(index)),
            ) {
                (0, Some(why)) => why.clone(),
                _ => Explanation::Equal,
            };
            pairs.extend(above.map(|above| Pair {
                above: above.clone(),
                below: entry.clone(),
                why,
            }));
            above = Some(entry);
        }
    }
    pairs
}

fn deviations<E: Clone>(policy: &ScoringPolicy, rows: &[TallyRow<E>]) -> Vec<Deviation<E>> {
    let Some(limit) = policy.deviation else {
        return Vec::new();
    };
    let spreads = rows.iter().filter_map(|row| {
        let (min, max) = row.min.zip(row.max)?;
        Some(Deviation {
            entry: row.entry.clone(),
            min,
            max,
            spread: max.saturating_sub(min),
        })
    });
    spreads.filter(|deviation| deviation.spread > limit).collect()
}

/// Ranked lines by rank; the others by state, then higher average, then key.
fn row_key<E: Clone + Ord>(row: &TallyRow<E>) -> (RowState, u32, std::cmp::Reverse<Option<Points>>, E) {
    (
        row.state,
        row.rank.unwrap_or(u32::MAX),
        // equals by rank stand by key, as their pairs do: their averages may differ where the mean rank decides
        std::cmp::Reverse(row.rounded.filter(|_| row.rank.is_none())),
        row.entry.clone(),
    )
}
