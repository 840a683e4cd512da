//! Who goes on to the next round (S0 A-22).

use serde::{Deserialize, Serialize};

use super::policy::{Aggregate, ScoringPolicy, TieBreak};
use super::tally::{Explanation, Tally, TallyRow};
use crate::points::Points;

/// Top-N, threshold, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvanceRule {
    /// The best `n` of the ranking.
    pub top_n: Option<u32>,
    /// Least rounded average.
    pub threshold: Option<Points>,
    /// Entries still equal at the edge all advance; otherwise the chair has to decide.
    pub admit_all_equal: bool,
}

/// What is wrong with an advance rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum AdvanceProblem {
    #[error("neither a number nor a threshold")]
    Empty,
    #[error("the number must be at least 1")]
    NobodyAdvances,
    #[error("a threshold of points needs averages")]
    ThresholdNeedsAverages,
}

/// Entries of one figure that stand on both sides of the edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutTie<E> {
    /// In the order of the ranking.
    pub entries: Vec<E>,
    /// Last above and first below the edge.
    pub above: E,
    pub below: E,
    /// What separates the two; [`Explanation::Equal`] where nothing does.
    pub decided_by: Explanation,
}

/// Who advances and who does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance<E> {
    /// In the order of the ranking, always its first part.
    pub advanced: Vec<E>,
    /// The others, in the order of the tally.
    pub eliminated: Vec<E>,
    /// Equal entries across the edge that only the chair can part; in neither list until then.
    pub undecided: Vec<E>,
    /// Points between the last who advances and the first ranked who does not.
    pub margin: Option<Points>,
    pub cut_tie: Option<CutTie<E>>,
}

impl AdvanceRule {
    /// The best `n`, equal entries at the edge all advancing.
    pub fn top(n: u32) -> Self {
        Self {
            top_n: Some(n),
            threshold: None,
            admit_all_equal: true,
        }
    }

    /// The rule as it works under a policy: where the tie ladder has no decision of the chair nobody could part equal
    /// entries at the edge, so they all advance.
    #[must_use]
    pub fn under(&self, policy: &ScoringPolicy) -> Self {
        let chair = policy.tie_break.contains(&TieBreak::ChairDecision);
        Self {
            admit_all_equal: self.admit_all_equal || !chair,
            ..self.clone()
        }
    }

    /// Checks the rule beside the round's policy.
    ///
    /// # Errors
    /// The first [`AdvanceProblem`].
    pub fn validate(&self, policy: &ScoringPolicy) -> Result<(), AdvanceProblem> {
        let averages = policy.ballot.wants_scorecards() && policy.aggregate != Aggregate::MeanRank;
        match (self.top_n, self.threshold) {
            (None, None) => Err(AdvanceProblem::Empty),
            (Some(0), _) => Err(AdvanceProblem::NobodyAdvances),
            (_, Some(_)) if !averages => Err(AdvanceProblem::ThresholdNeedsAverages),
            _ => Ok(()),
        }
    }
}

/// Applies the rule to a tally. Entries without a rank never advance.
pub fn advance<E: Clone + Ord>(tally: &Tally<E>, rule: &AdvanceRule) -> Advance<E> {
    let ranked: Vec<&TallyRow<E>> = tally.ranked().collect();
    let over = |row: &&&TallyRow<E>| {
        rule.threshold
            .is_none_or(|least| row.rounded.is_some_and(|points| points >= least))
    };
    let candidates = ranked.iter().take_while(over).count();
    let places = rule.top_n.map_or(candidates, |n| candidates.min(n as usize));

    let (mut first_out, mut undecided) = (places, Vec::new());
    let at_edge = |index: usize| ranked.get(index).and_then(|row| row.rank);
    let tied_edge = places
        .checked_sub(1)
        .and_then(at_edge)
        .filter(|rank| places < candidates && at_edge(places) == Some(*rank));
    if let Some(rank) = tied_edge {
        let start = ranked.iter().take_while(|row| row.rank < Some(rank)).count();
        let end = ranked.iter().take_while(|row| row.rank <= Some(rank)).count();
        if rule.admit_all_equal {
            first_out = end;
        } else {
            first_out = start;
            undecided = ranked[start..end].iter().map(|row| row.entry.clone()).collect();
        }
    }

    let advanced: Vec<E> = ranked[..first_out].iter().map(|row| row.entry.clone()).collect();
    let stays = |entry: &E| !advanced.contains(entry) && !undecided.contains(entry);
    let eliminated = tally
        .rows
        .iter()
        .map(|row| row.entry.clone())
        .filter(stays)
        .collect();
    let last_in = first_out.checked_sub(1).and_then(|index| ranked.get(index));
    let margin = last_in
        .zip(ranked.get(first_out))
        .and_then(|(last_in, first_out)| Some(last_in.rounded?.saturating_sub(first_out.rounded?)));
    Advance {
        cut_tie: cut_tie(tally, &ranked, places),
        advanced,
        eliminated,
        undecided,
        margin,
    }
}

/// The group of one figure around the edge after `places`, if the edge runs through one.
fn cut_tie<E: Clone + Ord>(tally: &Tally<E>, ranked: &[&TallyRow<E>], places: usize) -> Option<CutTie<E>> {
    let index = places.checked_sub(1)?;
    let separates = |pair: usize| {
        let why = tally.pairs.get(pair).map(|pair| &pair.why);
        why.is_none_or(|why| matches!(why, Explanation::Average { .. } | Explanation::MeanRank { .. }))
    };
    if ranked.len() <= places || separates(index) {
        return None;
    }
    let start = (0..index)
        .rev()
        .find(|pair| separates(*pair))
        .map_or(0, |pair| pair + 1);
    let end = (index..ranked.len())
        .find(|pair| separates(*pair))
        .unwrap_or(ranked.len() - 1);
    let pair = tally.pairs.get(index)?;
    Some(CutTie {
        entries: ranked[start..=end].iter().map(|row| row.entry.clone()).collect(),
        above: pair.above.clone(),
        below: pair.below.clone(),
        decided_by: pair.why.clone(),
    })
}
