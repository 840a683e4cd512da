//! Typed text made good at the boundary: NFC, bounded, nothing hidden in it.

use contract::error::{FieldError, FieldProblem};
use rules::text::{TextProblem, clean_line, clean_text};

/// Collects the problems of a form, so that all of them are shown at once.
#[derive(Debug, Default)]
pub struct Form {
    problems: Vec<FieldError>,
}

impl Form {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// A line that may not be empty.
    pub fn line(&mut self, field: &str, typed: &str, max: u32) -> String {
        let text = self.take(field, clean_line(typed, max as usize), max);
        if text.is_empty() && typed.trim().is_empty() {
            self.refuse(field, FieldProblem::Missing);
        }
        text
    }

    /// A line that may be empty.
    pub fn optional_line(&mut self, field: &str, typed: &str, max: u32) -> String {
        self.take(field, clean_line(typed, max as usize), max)
    }

    /// A text of several lines that may be empty.
    pub fn text(&mut self, field: &str, typed: &str, max: u32) -> String {
        self.take(field, clean_text(typed, max as usize), max)
    }

    /// Notes a problem.
    pub fn refuse(&mut self, field: &str, problem: FieldProblem) {
        self.problems.push(FieldError::new(field, problem));
    }

    /// Ends the check.
    ///
    /// # Errors
    /// `Invalid` with every problem noted.
    pub fn check(self) -> contract::Result<()> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(contract::Error::Invalid(self.problems))
        }
    }

    fn take(&mut self, field: &str, cleaned: Result<String, TextProblem>, max: u32) -> String {
        match cleaned {
            Ok(text) => text,
            Err(TextProblem::Empty) => String::new(),
            Err(TextProblem::TooLong { .. }) => {
                self.refuse(field, FieldProblem::TooLong { max });
                String::new()
            }
            Err(TextProblem::Hidden { .. }) => {
                self.refuse(field, FieldProblem::Malformed);
                String::new()
            }
        }
    }
}
