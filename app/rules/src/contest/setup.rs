//! Everything an organiser sets before opening a contest, section by section, and what is still missing.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ContestPlan, Eligibility, MilestoneCode, Timetable};
use crate::entry::{FormProblem, FormVersion};
use crate::judging::{AdvanceRule, Rubric, ScoringPolicy};
use crate::results::PrizeTier;

/// A topic entries belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub code: String,
    pub name: String,
    pub description: String,
    /// Entries must carry software, images or video besides the text.
    pub medium_required: bool,
}

/// The commitment an author accepts (2.3, item 3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Raised whenever the text changes, so that an acceptance says what was accepted.
    pub version: u32,
    pub text: String,
}

/// A judged round as planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPlan {
    /// Short code inside the contest, e.g. `SL`, `CK`.
    pub code: String,
    /// Name as shown, e.g. "Vòng sơ khảo".
    pub name: String,
    /// Where the jury comes from, e.g. "Tổ giúp việc CCHC".
    pub jury_source: String,
    pub rubric: Rubric,
    pub policy: ScoringPolicy,
    /// How entries reach the next round; `None` in the last one.
    pub advance: Option<AdvanceRule>,
}

/// The whole set-up, one document with one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestSetup {
    pub plan: ContestPlan,
    pub categories: Vec<Category>,
    pub timetable: Timetable,
    pub eligibility: Eligibility,
    pub declaration: Declaration,
    /// What authors are asked besides the statement.
    #[serde(default, skip_serializing_if = "FormVersion::is_blank")]
    pub form: FormVersion,
    pub rounds: Vec<RoundPlan>,
    pub prizes: Vec<PrizeTier>,
    /// Points of prize winners are published with the result (A-27: default off).
    pub publish_scores: bool,
}

/// A step of the set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupSection {
    Plan,
    Categories,
    Timetable,
    Eligibility,
    /// The contest's own questions to authors.
    Form,
    Rounds,
    Juries,
    Prizes,
    Open,
}

impl SetupSection {
    /// The sections in order.
    pub const ALL: [SetupSection; 9] = [
        SetupSection::Plan,
        SetupSection::Categories,
        SetupSection::Timetable,
        SetupSection::Eligibility,
        SetupSection::Form,
        SetupSection::Rounds,
        SetupSection::Juries,
        SetupSection::Prizes,
        SetupSection::Open,
    ];

    /// The part of the page's address, e.g. `categories`.
    pub fn slug(self) -> &'static str {
        match self {
            SetupSection::Plan => "plan",
            SetupSection::Categories => "categories",
            SetupSection::Timetable => "timetable",
            SetupSection::Eligibility => "eligibility",
            SetupSection::Form => "form",
            SetupSection::Rounds => "rounds",
            SetupSection::Juries => "juries",
            SetupSection::Prizes => "prizes",
            SetupSection::Open => "open",
        }
    }

    /// The section of an address part.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.slug() == slug)
    }
}

/// A field of the set-up, for messages beside it. Indexes count from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupField {
    PlanNumber,
    PlanSymbol,
    PlanDate,
    PlanSigner,
    Purpose,
    WhoMayEnter,
    Categories,
    Category(usize),
    SubmissionDeadline,
    UnitForwardDeadline,
    /// Minutes taken after a deadline.
    Grace,
    Milestones,
    GroupMax,
    Quota,
    DeclarationText,
    FormField(usize),
    Rounds,
    Round(usize),
    Rubric(usize),
    Policy(usize),
    Advance(usize),
    Jury(usize),
    Prizes,
    Prize(usize),
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupProblem {
    Missing,
    Malformed,
    Duplicate,
    TooLong,
    /// A deadline before another it must follow, or a smaller maximum than the minimum.
    OutOfOrder,
    /// The rubric's own check fails (sum, bands, step).
    RubricInvalid,
    /// The form's own check fails (options, range, condition).
    FormInvalid,
    /// The policy's own check fails (unknown criterion in the tie chain, quorum over one).
    PolicyInvalid,
    /// Fewer than two judges, or no chair.
    JuryTooSmall,
    NoChair,
    /// A deadline that has passed already.
    InThePast,
    /// A last round may not advance entries; any other must.
    AdvanceMisplaced,
}

/// One thing between the organiser and "open".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupGap {
    pub section: SetupSection,
    pub field: SetupField,
    pub problem: SetupProblem,
}

/// Size of the jury appointed to a round, for [`ContestSetup::gaps`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JurySize {
    pub judges: usize,
    pub chairs: usize,
}

/// Longest text of one field, in characters.
const TEXT_MAX: usize = 20_000;

impl ContestSetup {
    /// Everything missing or wrong, in section order. Empty means the contest can be opened.
    /// `juries` holds one size per round, in order; `now` is only compared with deadlines.
    pub fn gaps(&self, juries: &[JurySize], now: crate::time::Timestamp) -> Vec<SetupGap> {
        let mut gaps = Vec::new();
        self.plan_gaps(&mut gaps);
        self.category_gaps(&mut gaps);
        self.timetable_gaps(now, &mut gaps);
        self.eligibility_gaps(&mut gaps);
        self.form_gaps(&mut gaps);
        self.round_gaps(&mut gaps);
        self.jury_gaps(juries, &mut gaps);
        self.prize_gaps(&mut gaps);
        gaps
    }

    fn plan_gaps(&self, gaps: &mut Vec<SetupGap>) {
        let mut gap = |field, problem| {
            gaps.push(SetupGap {
                section: SetupSection::Plan,
                field,
                problem,
            })
        };
        let plan = &self.plan;
        let number = plan.document.number.trim();
        if number.is_empty() {
            gap(SetupField::PlanNumber, SetupProblem::Missing);
        } else if !number.chars().all(|c| c.is_ascii_alphanumeric()) || number.len() > 11 {
            gap(SetupField::PlanNumber, SetupProblem::Malformed);
        }
        let symbol = plan.document.symbol.trim();
        if symbol.is_empty() {
            gap(SetupField::PlanSymbol, SetupProblem::Missing);
        } else if symbol.chars().any(|c| c.is_whitespace() || c == '/') || symbol.chars().count() > 30 {
            gap(SetupField::PlanSymbol, SetupProblem::Malformed);
        }
        if plan.document.issued_on.is_none() {
            gap(SetupField::PlanDate, SetupProblem::Missing);
        }
        if plan.document.signer.trim().is_empty() && plan.document.signer_position.trim().is_empty() {
            gap(SetupField::PlanSigner, SetupProblem::Missing);
        }
        for (text, field) in [
            (&plan.purpose, SetupField::Purpose),
            (&plan.who_may_enter, SetupField::WhoMayEnter),
        ] {
            if text.trim().is_empty() {
                gap(field, SetupProblem::Missing);
            } else if text.chars().count() > TEXT_MAX {
                gap(field, SetupProblem::TooLong);
            }
        }
    }

    fn category_gaps(&self, gaps: &mut Vec<SetupGap>) {
        let mut gap = |field, problem| {
            gaps.push(SetupGap {
                section: SetupSection::Categories,
                field,
                problem,
            })
        };
        if self.categories.is_empty() {
            gap(SetupField::Categories, SetupProblem::Missing);
        }
        let mut seen = BTreeSet::new();
        for (index, category) in self.categories.iter().enumerate() {
            if category.code.trim().is_empty() || category.name.trim().is_empty() {
                gap(SetupField::Category(index), SetupProblem::Missing);
            } else if !seen.insert(category.code.trim()) {
                gap(SetupField::Category(index), SetupProblem::Duplicate);
            } else if category.name.chars().count() > 500 {
                gap(SetupField::Category(index), SetupProblem::TooLong);
            }
        }
    }

    fn timetable_gaps(&self, now: crate::time::Timestamp, gaps: &mut Vec<SetupGap>) {
        let mut gap = |field, problem| {
            gaps.push(SetupGap {
                section: SetupSection::Timetable,
                field,
                problem,
            })
        };
        let mut seen = BTreeSet::new();
        if self
            .timetable
            .milestones
            .iter()
            .any(|milestone| !seen.insert(milestone.code))
        {
            gap(SetupField::Milestones, SetupProblem::Duplicate);
        }
        let submission = self.timetable.deadline(MilestoneCode::SubmissionDeadline);
        let forward = self.timetable.deadline(MilestoneCode::UnitForwardDeadline);
        match (submission, forward) {
            (None, None) => gap(SetupField::SubmissionDeadline, SetupProblem::Missing),
            (Some(submission), Some(forward)) if forward < submission => {
                gap(SetupField::UnitForwardDeadline, SetupProblem::OutOfOrder);
            }
            _ => {}
        }
        let grace = self.timetable.grace;
        if grace.minutes > super::GRACE_MAX {
            gap(SetupField::Grace, SetupProblem::TooLong);
        } else if self.eligibility.unit_screening
            && super::forwarding(&self.timetable, None).is_some_and(|forward| {
                // what an author may still hand in, the unit must still be able to forward
                super::submission(&self.timetable, None, super::Extensions::default())
                    .is_some_and(|submission| submission.last() > forward.last())
            })
        {
            gap(SetupField::Grace, SetupProblem::OutOfOrder);
        }
        if self.timetable.intake_ends().is_some_and(|end| end <= now) {
            gap(SetupField::SubmissionDeadline, SetupProblem::InThePast);
        }
    }

    fn eligibility_gaps(&self, gaps: &mut Vec<SetupGap>) {
        let mut gap = |field, problem| {
            gaps.push(SetupGap {
                section: SetupSection::Eligibility,
                field,
                problem,
            })
        };
        let rules = &self.eligibility;
        if rules.max_quota != 0 && rules.max_quota < rules.min_quota {
            gap(SetupField::Quota, SetupProblem::OutOfOrder);
        }
        if rules.groups && rules.group_max == 1 {
            gap(SetupField::GroupMax, SetupProblem::OutOfOrder);
        }
        if self.declaration.text.trim().is_empty() {
            gap(SetupField::DeclarationText, SetupProblem::Missing);
        }
    }

    fn form_gaps(&self, gaps: &mut Vec<SetupGap>) {
        for issue in self.form.issues(&self.categories) {
            gaps.push(SetupGap {
                section: SetupSection::Form,
                field: SetupField::FormField(issue.field),
                problem: match issue.problem {
                    FormProblem::LabelMissing => SetupProblem::Missing,
                    FormProblem::CodeTwice => SetupProblem::Duplicate,
                    _ => SetupProblem::FormInvalid,
                },
            });
        }
    }

    fn round_gaps(&self, gaps: &mut Vec<SetupGap>) {
        let mut gap = |field, problem| {
            gaps.push(SetupGap {
                section: SetupSection::Rounds,
                field,
                problem,
            })
        };
        if self.rounds.is_empty() {
            gap(SetupField::Rounds, SetupProblem::Missing);
        }
        let mut seen = BTreeSet::new();
        for (index, round) in self.rounds.iter().enumerate() {
            if round.code.trim().is_empty() || round.name.trim().is_empty() {
                gap(SetupField::Round(index), SetupProblem::Missing);
            } else if !seen.insert(round.code.trim()) {
                gap(SetupField::Round(index), SetupProblem::Duplicate);
            }
            if round.rubric.validate().is_err() {
                gap(SetupField::Rubric(index), SetupProblem::RubricInvalid);
            }
            if round.policy.validate(&round.rubric).is_err() {
                gap(SetupField::Policy(index), SetupProblem::PolicyInvalid);
            }
            let last = index + 1 == self.rounds.len();
            if round.advance.is_some() == last {
                gap(SetupField::Advance(index), SetupProblem::AdvanceMisplaced);
            }
        }
    }

    fn jury_gaps(&self, juries: &[JurySize], gaps: &mut Vec<SetupGap>) {
        for index in 0..self.rounds.len() {
            let jury = juries.get(index).copied().unwrap_or_default();
            let mut gap = |problem| {
                gaps.push(SetupGap {
                    section: SetupSection::Juries,
                    field: SetupField::Jury(index),
                    problem,
                });
            };
            if jury.judges < 2 {
                gap(SetupProblem::JuryTooSmall);
            } else if jury.chairs != 1 {
                gap(SetupProblem::NoChair);
            }
        }
    }

    fn prize_gaps(&self, gaps: &mut Vec<SetupGap>) {
        let mut gap = |field, problem| {
            gaps.push(SetupGap {
                section: SetupSection::Prizes,
                field,
                problem,
            })
        };
        if self.prizes.is_empty() {
            gap(SetupField::Prizes, SetupProblem::Missing);
        }
        let mut seen = BTreeSet::new();
        for (index, tier) in self.prizes.iter().enumerate() {
            if tier.code.trim().is_empty() || tier.name.trim().is_empty() || tier.count == 0 {
                gap(SetupField::Prize(index), SetupProblem::Missing);
            } else if !seen.insert(tier.code.trim()) {
                gap(SetupField::Prize(index), SetupProblem::Duplicate);
            }
        }
    }
}
