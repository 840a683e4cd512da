//! What a judge scores: criteria with their maximum points, and the checks a rubric passes before a round opens.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::points::Points;

/// Short code of a criterion (`TC3`) or sub-criterion (`TC3.1`): 1–20 letters, digits, dots, dashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CriterionCode(String);

/// The text is no code of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("a criterion code is 1 to 20 letters, digits, dots or dashes")]
pub struct CriterionCodeProblem;

impl CriterionCode {
    /// Reads a code.
    ///
    /// # Errors
    /// [`CriterionCodeProblem`].
    pub fn parse(text: &str) -> Result<Self, CriterionCodeProblem> {
        let code = crate::text::nfc(text.trim());
        let good = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        if code.is_empty() || code.chars().count() > 20 || !code.chars().all(good) {
            return Err(CriterionCodeProblem);
        }
        Ok(Self(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CriterionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CriterionCode {
    type Err = CriterionCodeProblem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CriterionCode {
    type Error = CriterionCodeProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<CriterionCode> for String {
    fn from(code: CriterionCode) -> String {
        code.0
    }
}

/// A range of points with the words that describe it, to guide the judge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    pub from: Points,
    pub to: Points,
    #[serde(default)]
    pub label: String,
}

/// Part of a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubCriterion {
    pub code: CriterionCode,
    pub name: String,
    pub max: Points,
}

/// A scored dimension (tiêu chí).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub code: CriterionCode,
    pub name: String,
    #[serde(default)]
    pub hint: String,
    pub max: Points,
    /// Least average to stay eligible (điểm liệt).
    #[serde(default)]
    pub floor: Option<Points>,
    #[serde(default)]
    pub sub: Vec<SubCriterion>,
    /// High to low, or low to high; never overlapping.
    #[serde(default)]
    pub bands: Vec<Band>,
}

/// Where judges enter points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoredAt {
    /// One figure a criterion; sub-criteria are guidance.
    #[default]
    Criterion,
    /// One figure a sub-criterion, added up; a criterion without any is scored itself.
    SubCriterion,
}

/// When a submitted scorecard needs a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentRule {
    /// Total below this.
    #[serde(default)]
    pub below_total: Option<Points>,
    /// Any figure of zero.
    #[serde(default)]
    pub any_zero: bool,
}

/// A set of criteria (bộ tiêu chí, thang điểm), frozen when a round opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rubric {
    pub id: String,
    pub name: String,
    pub max_total: Points,
    /// Smallest increment a judge may enter.
    pub step: Points,
    pub criteria: Vec<Criterion>,
    #[serde(default)]
    pub scored_at: ScoredAt,
    #[serde(default)]
    pub comment_rule: CommentRule,
}

/// What is wrong with a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum RubricProblem {
    #[error("no criteria")]
    NoCriteria,
    #[error("the step must be above zero")]
    StepNotPositive,
    #[error("{code} occurs twice")]
    DuplicateCode { code: CriterionCode },
    #[error("the maximum of {code} must be above zero")]
    MaxNotPositive { code: CriterionCode },
    #[error("the maximum {max} of {code} is no multiple of the step {step}")]
    MaxOffStep {
        code: CriterionCode,
        max: Points,
        step: Points,
    },
    #[error("the criteria add up to {sum}, not {max_total}")]
    TotalDiffers { sum: Points, max_total: Points },
    #[error("the parts of {code} add up to {sum}, not {max}")]
    SubTotalDiffers {
        code: CriterionCode,
        sum: Points,
        max: Points,
    },
    #[error("the floor {floor} of {code} is outside 0 to {max}")]
    FloorOutOfRange {
        code: CriterionCode,
        floor: Points,
        max: Points,
    },
    /// Band number `band` (from 0) is turned round, leaves 0 to the maximum, or overlaps the one before.
    #[error("band {band} of {code} is out of order")]
    BandOutOfOrder { code: CriterionCode, band: usize },
}

impl Rubric {
    /// Every problem, in reading order.
    ///
    /// # Errors
    /// The list, where it is not empty.
    pub fn validate(&self) -> Result<(), Vec<RubricProblem>> {
        let mut problems = Vec::new();
        if self.criteria.is_empty() {
            problems.push(RubricProblem::NoCriteria);
        }
        if self.step <= Points::ZERO {
            problems.push(RubricProblem::StepNotPositive);
        }
        let mut seen = BTreeSet::new();
        for criterion in &self.criteria {
            let parts = criterion.sub.iter().map(|part| (&part.code, part.max));
            for (code, max) in std::iter::once((&criterion.code, criterion.max)).chain(parts) {
                if !seen.insert(code) {
                    problems.push(RubricProblem::DuplicateCode { code: code.clone() });
                }
                if max <= Points::ZERO {
                    problems.push(RubricProblem::MaxNotPositive { code: code.clone() });
                } else if self.step > Points::ZERO && !max.is_multiple_of(self.step) {
                    problems.push(RubricProblem::MaxOffStep {
                        code: code.clone(),
                        max,
                        step: self.step,
                    });
                }
            }
            criterion.check(&mut problems);
        }
        let sum: Points = self.criteria.iter().map(|criterion| criterion.max).sum();
        if sum != self.max_total && !self.criteria.is_empty() {
            problems.push(RubricProblem::TotalDiffers {
                sum,
                max_total: self.max_total,
            });
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }

    /// The criterion with this code.
    pub fn criterion(&self, code: &CriterionCode) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.code == *code)
    }

    /// Codes and maxima of the figures a judge enters, in order.
    pub fn scored(&self) -> Vec<(&CriterionCode, Points)> {
        let mut figures = Vec::new();
        for criterion in &self.criteria {
            if self.scored_at == ScoredAt::SubCriterion && !criterion.sub.is_empty() {
                figures.extend(criterion.sub.iter().map(|part| (&part.code, part.max)));
            } else {
                figures.push((&criterion.code, criterion.max));
            }
        }
        figures
    }
}

impl Criterion {
    fn check(&self, problems: &mut Vec<RubricProblem>) {
        let (code, max) = (&self.code, self.max);
        let sum: Points = self.sub.iter().map(|part| part.max).sum();
        if !self.sub.is_empty() && sum != max {
            problems.push(RubricProblem::SubTotalDiffers {
                code: code.clone(),
                sum,
                max,
            });
        }
        if let Some(floor) = self.floor.filter(|floor| *floor < Points::ZERO || *floor > max) {
            problems.push(RubricProblem::FloorOutOfRange {
                code: code.clone(),
                floor,
                max,
            });
        }
        let falling = self
            .bands
            .first()
            .zip(self.bands.get(1))
            .is_some_and(|(first, second)| first.from > second.from);
        let mut before: Option<&Band> = None;
        for (band, current) in self.bands.iter().enumerate() {
            let inside = Points::ZERO <= current.from && current.from <= current.to && current.to <= max;
            let follows = before.is_none_or(|before| {
                if falling {
                    current.to < before.from
                } else {
                    current.from > before.to
                }
            });
            if !inside || !follows {
                problems.push(RubricProblem::BandOutOfOrder {
                    code: code.clone(),
                    band,
                });
            }
            before = Some(current);
        }
    }
}
