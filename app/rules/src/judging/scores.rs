//! One judge's figures for one entry. Browser and server call the same checks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rubric::{Criterion, CriterionCode, Rubric, ScoredAt};
use crate::points::Points;

/// Points by criterion (or sub-criterion, where the rubric is scored there).
pub type Scores = BTreeMap<CriterionCode, Points>;

/// Why a comment is required.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum CommentReason {
    BelowTotal { total: Points, limit: Points },
    Zero { criterion: CriterionCode },
}

/// What is wrong with a scorecard, naming the criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum ScoreProblem {
    #[error("{criterion}: {score} is over the maximum {max}")]
    OverMax {
        criterion: CriterionCode,
        score: Points,
        max: Points,
    },
    #[error("{criterion}: {score} is no multiple of {step}")]
    OffStep {
        criterion: CriterionCode,
        score: Points,
        step: Points,
    },
    #[error("{criterion}: {score} is negative")]
    Negative { criterion: CriterionCode, score: Points },
    #[error("{criterion} is missing")]
    Missing { criterion: CriterionCode },
    #[error("{criterion} is not in the rubric")]
    UnknownCriterion { criterion: CriterionCode },
    #[error("a comment is required")]
    CommentRequired { why: CommentReason },
}

impl ScoreProblem {
    /// The criterion the message stands beside; `None` for the comment field.
    pub fn criterion(&self) -> Option<&CriterionCode> {
        match self {
            ScoreProblem::OverMax { criterion, .. }
            | ScoreProblem::OffStep { criterion, .. }
            | ScoreProblem::Negative { criterion, .. }
            | ScoreProblem::Missing { criterion }
            | ScoreProblem::UnknownCriterion { criterion } => Some(criterion),
            ScoreProblem::CommentRequired { .. } => None,
        }
    }
}

/// A draft may be incomplete, but what it holds must be allowed.
pub fn check_draft(rubric: &Rubric, scores: &Scores) -> Vec<ScoreProblem> {
    let figures = rubric.scored();
    let mut problems = Vec::new();
    for (code, max) in &figures {
        if let Some(score) = scores.get(*code) {
            problems.extend(check_figure(code, *score, *max, rubric.step));
        }
    }
    let unknown = scores
        .keys()
        .filter(|code| !figures.iter().any(|(known, _)| known == code));
    problems.extend(unknown.map(|code| ScoreProblem::UnknownCriterion {
        criterion: code.clone(),
    }));
    problems
}

/// A submission is complete, allowed, and commented where the rubric asks for it.
pub fn check_submission(rubric: &Rubric, scores: &Scores, comment: &str) -> Vec<ScoreProblem> {
    let mut problems = check_draft(rubric, scores);
    let figures = rubric.scored();
    let missing = figures.iter().filter(|(code, _)| !scores.contains_key(*code));
    problems.extend(missing.map(|(code, _)| ScoreProblem::Missing {
        criterion: (*code).clone(),
    }));
    if problems.is_empty() && comment.trim().is_empty() {
        let why = comment_reason(rubric, scores);
        problems.extend(why.map(|why| ScoreProblem::CommentRequired { why }));
    }
    problems
}

/// Points of a criterion on a scorecard: its own figure, or the sum of its parts. `None` where a figure is missing.
pub fn criterion_points(rubric: &Rubric, criterion: &Criterion, scores: &Scores) -> Option<Points> {
    if rubric.scored_at == ScoredAt::SubCriterion && !criterion.sub.is_empty() {
        criterion
            .sub
            .iter()
            .map(|part| scores.get(&part.code).copied())
            .sum()
    } else {
        scores.get(&criterion.code).copied()
    }
}

/// Sum of every figure entered so far.
pub fn total(scores: &Scores) -> Points {
    scores.values().copied().sum()
}

fn check_figure(code: &CriterionCode, score: Points, max: Points, step: Points) -> Option<ScoreProblem> {
    let criterion = code.clone();
    if score < Points::ZERO {
        Some(ScoreProblem::Negative { criterion, score })
    } else if score > max {
        Some(ScoreProblem::OverMax {
            criterion,
            score,
            max,
        })
    } else if !score.is_multiple_of(step) {
        Some(ScoreProblem::OffStep {
            criterion,
            score,
            step,
        })
    } else {
        None
    }
}

fn comment_reason(rubric: &Rubric, scores: &Scores) -> Option<CommentReason> {
    let total = total(scores);
    let rule = &rubric.comment_rule;
    if let Some(limit) = rule.below_total.filter(|limit| total < *limit) {
        return Some(CommentReason::BelowTotal { total, limit });
    }
    let zero = scores
        .iter()
        .find(|(_, score)| **score == Points::ZERO)
        .filter(|_| rule.any_zero);
    zero.map(|(criterion, _)| CommentReason::Zero {
        criterion: criterion.clone(),
    })
}
