//! Which questions an entry is asked: by its category, its maturity and its other answers.

use super::answer::AnswerLine;
use super::{FieldCondition, FieldKind, FormField, FormVersion};
use crate::entry::{EntryContent, EntryField, EntryGap, EntryProblem};

impl FormVersion {
    /// The fields asked of an entry as it stands, in order.
    pub fn visible<'a>(&'a self, content: &'a EntryContent) -> impl Iterator<Item = &'a FormField> {
        self.fields.iter().filter(|field| self.asks(field, content))
    }

    /// Whether anything is asked of the entry.
    pub fn applies(&self, content: &EntryContent) -> bool {
        self.visible(content).next().is_some()
    }

    /// Whether a field is asked. One that hangs on a hidden field is hidden with it; a ring of conditions, which
    /// [`FormVersion::issues`] refuses, asks nothing.
    pub fn asks(&self, field: &FormField, content: &EntryContent) -> bool {
        let mut field = field;
        for _ in 0..=self.fields.len() {
            if !of_topic(field, content) {
                return false;
            }
            let Some(condition) = &field.when else {
                return true;
            };
            let Some(other) = self.field(&condition.field) else {
                return false;
            };
            if !condition.is_met(other, content.answers.get(&other.code)) {
                return false;
            }
            field = other;
        }
        false
    }

    /// The questions asked with their answers, for reading.
    pub fn lines(&self, content: &EntryContent) -> Vec<AnswerLine> {
        let visible = self.visible(content);
        visible
            .map(|field| field.line(content.answers.get(&field.code)))
            .collect()
    }

    /// [`FormVersion::lines`] without what could tell a judge who wrote the entry.
    pub fn lines_for_judges(&self, content: &EntryContent) -> Vec<AnswerLine> {
        let visible = self.visible(content).filter(|field| !field.hidden_from_judges);
        visible
            .map(|field| field.line(content.answers.get(&field.code)))
            .collect()
    }

    /// What the answers still lack.
    pub fn gaps(&self, content: &EntryContent) -> Vec<EntryGap> {
        let gap = |field: &FormField| {
            let problem = match field.read(content.answers.get(&field.code)) {
                Err(problem) => problem,
                Ok(None) if field.required => EntryProblem::Missing,
                Ok(_) => return None,
            };
            Some(EntryGap {
                field: EntryField::Answer(field.code.clone()),
                problem,
            })
        };
        self.visible(content).filter_map(gap).collect()
    }
}

impl FieldCondition {
    /// Whether `typed`, the answer of `field`, is the one asked for.
    pub fn is_met(&self, field: &FormField, typed: &str) -> bool {
        match &self.value {
            None => matches!(field.read(typed), Ok(Some(_))),
            Some(value) => match field.kind {
                FieldKind::Choice { .. } => typed.split_whitespace().any(|code| code == value),
                _ => typed.trim() == value,
            },
        }
    }
}

fn of_topic(field: &FormField, content: &EntryContent) -> bool {
    let category = field.categories.is_empty()
        || content
            .category
            .as_ref()
            .is_some_and(|code| field.categories.contains(code));
    let maturity = field.maturities.is_empty()
        || content
            .maturity
            .is_some_and(|maturity| field.maturities.contains(&maturity));
    category && maturity
}
