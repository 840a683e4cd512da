//! The wizard as data: its steps, in order, each with an address.

use serde::{Deserialize, Serialize};

use super::{EntryContent, EntryGap, FormVersion};

/// A step of the submission wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Authors,
    /// Title, category, scope, maturity.
    Topic,
    Statement,
    /// The contest's own questions; only where there are any for the entry.
    Form,
    Attachments,
    Declaration,
    Review,
}

impl Step {
    /// Every step in order.
    pub const ALL: [Step; 7] = [
        Step::Authors,
        Step::Topic,
        Step::Statement,
        Step::Form,
        Step::Attachments,
        Step::Declaration,
        Step::Review,
    ];

    /// The part of the page's address, e.g. `statement`.
    pub fn slug(self) -> &'static str {
        match self {
            Step::Authors => "authors",
            Step::Topic => "topic",
            Step::Statement => "statement",
            Step::Form => "form",
            Step::Attachments => "attachments",
            Step::Declaration => "declaration",
            Step::Review => "review",
        }
    }

    /// The step of an address part.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    /// Whether an entry goes through the step: the form only where it asks something of it.
    pub fn applies(self, form: &FormVersion, content: &EntryContent) -> bool {
        match self {
            Step::Form => form.applies(content),
            Step::Authors
            | Step::Topic
            | Step::Statement
            | Step::Attachments
            | Step::Declaration
            | Step::Review => true,
        }
    }

    /// The steps an entry goes through, in order.
    pub fn applicable(form: &FormVersion, content: &EntryContent) -> Vec<Self> {
        let steps = Self::ALL.into_iter();
        steps.filter(|step| step.applies(form, content)).collect()
    }

    /// The step after this one among `steps`.
    pub fn next(self, steps: &[Step]) -> Option<Self> {
        steps.iter().copied().find(|step| *step > self)
    }

    /// The step before this one among `steps`.
    pub fn previous(self, steps: &[Step]) -> Option<Self> {
        steps.iter().rev().copied().find(|step| *step < self)
    }

    /// Whether nothing of `gaps` belongs to this step; the review is complete when nothing is missing anywhere.
    pub fn is_complete(self, gaps: &[EntryGap]) -> bool {
        match self {
            Step::Review => gaps.is_empty(),
            step => gaps.iter().all(|gap| gap.field.step() != step),
        }
    }

    /// The first step with something missing, else the review.
    pub fn first_open(gaps: &[EntryGap]) -> Self {
        Self::ALL
            .into_iter()
            .find(|step| !step.is_complete(gaps))
            .unwrap_or(Step::Review)
    }

    /// Whether the step was begun: anything of it filled in.
    pub fn is_begun(self, content: &EntryContent, attachments: usize) -> bool {
        match self {
            Step::Authors => !content.authors.is_empty(),
            Step::Topic => !content.title.is_empty() || content.category.is_some(),
            Step::Statement => content.statement.0.values().any(|text| !text.is_empty()),
            Step::Form => !content.answers.is_empty(),
            Step::Attachments => attachments > 0,
            Step::Declaration => content.declaration.is_some(),
            Step::Review => false,
        }
    }
}
