//! One line of a table while it is looked through: cells by field, made good, with what is to be said of them.

use contract::register::{CellProblem, RowOutcome, RowProblem, RowReport};
use rules::register::ImportField;
use rules::text::legacy::{Legacy, convert, detect};
use rules::text::{TextProblem, clean_line, clean_text, nfc};

/// A line of the file.
pub(super) struct Line<'a> {
    /// From 1, the headings being line 1.
    pub number: u32,
    cells: &'a [String],
    columns: &'a [Option<ImportField>],
    legacy: Option<Legacy>,
    convert: bool,
    problems: Vec<CellProblem>,
}

impl<'a> Line<'a> {
    /// The line at that place of the sheet. The encoding, where the table as a whole is in an old one, decides cells too
    /// short to tell theirs.
    pub fn new(
        at: usize,
        cells: &'a [String],
        columns: &'a [Option<ImportField>],
        legacy: Option<Legacy>,
        convert: bool,
    ) -> Self {
        Self {
            number: u32::try_from(at + 1).unwrap_or(u32::MAX),
            cells,
            columns,
            legacy,
            convert,
            problems: Vec::new(),
        }
    }

    /// Whether the table has the column.
    pub fn has(&self, field: ImportField) -> bool {
        self.place(field).is_some()
    }

    /// A line of text; empty where there is none.
    pub fn line(&mut self, field: ImportField, max: u32) -> String {
        let text = self.unicode(field);
        let cleaned = clean_line(&text, max as usize);
        self.good(field, cleaned, max)
    }

    /// A line of text that must be there.
    pub fn required(&mut self, field: ImportField, max: u32) -> String {
        let before = self.problems.len();
        let text = self.line(field, max);
        if text.is_empty() && self.problems.len() == before {
            self.say(field, RowProblem::Missing);
        }
        text
    }

    /// Text of several lines; empty where there is none.
    pub fn text(&mut self, field: ImportField, max: u32) -> String {
        let text = self.unicode(field);
        let cleaned = clean_text(&text, max as usize);
        self.good(field, cleaned, max)
    }

    /// Notes something about a cell.
    pub fn say(&mut self, field: ImportField, problem: RowProblem) {
        let cell = self
            .place(field)
            .map(|at| format!("{}{}", letters(at), self.number));
        self.problems.push(CellProblem {
            field: Some(field),
            cell,
            problem,
        });
    }

    /// Whether nothing stands against importing it.
    pub fn is_good(&self) -> bool {
        self.problems.iter().all(|problem| problem.problem.is_warning())
    }

    /// The report of a row that is there already: nothing else matters of it.
    pub fn exists(self, field: ImportField, about: &str) -> RowReport {
        let mut line = Line {
            problems: Vec::new(),
            ..self
        };
        line.say(field, RowProblem::Exists);
        line.report(about)
    }

    /// Ends the line.
    pub fn report(self, about: &str) -> RowReport {
        let there = |problem: &CellProblem| {
            matches!(problem.problem, RowProblem::Exists | RowProblem::ExistsOtherwise)
        };
        let outcome = if !self.is_good() {
            RowOutcome::Error
        } else if self.problems.iter().any(there) {
            RowOutcome::Skip
        } else if self.problems.is_empty() {
            RowOutcome::Ok
        } else {
            RowOutcome::Warning
        };
        RowReport {
            line: self.number,
            about: about.to_owned(),
            outcome,
            problems: self.problems,
        }
    }

    fn place(&self, field: ImportField) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(field))
    }

    /// The cell in Unicode: converted from an old encoding where that is asked for, else as it is and refused.
    fn unicode(&mut self, field: ImportField) -> String {
        let text = self
            .place(field)
            .and_then(|at| self.cells.get(at))
            .map(String::as_str)
            .unwrap_or_default();
        let Some(legacy) = self.legacy.or_else(|| detect(text)) else {
            return text.to_owned();
        };
        let converted = convert(text, legacy);
        if converted == nfc(text) {
            return text.to_owned();
        }
        let (problem, text) = if self.convert {
            let problem = RowProblem::LegacyConverted {
                legacy,
                converted: shown(&converted),
            };
            (problem, converted)
        } else {
            let problem = RowProblem::LegacyRefused {
                legacy,
                converted: shown(&converted),
            };
            (problem, text.to_owned())
        };
        self.say(field, problem);
        text
    }

    fn good(&mut self, field: ImportField, cleaned: Result<String, TextProblem>, max: u32) -> String {
        match cleaned {
            Ok(text) => text,
            Err(TextProblem::Empty) => String::new(),
            Err(TextProblem::TooLong { .. }) => {
                self.say(field, RowProblem::TooLong { max });
                String::new()
            }
            Err(TextProblem::Hidden { .. }) => {
                self.say(field, RowProblem::Hidden);
                String::new()
            }
        }
    }
}

/// Whether the row has text in an encoding of before Unicode.
pub(super) fn is_legacy(report: &RowReport) -> bool {
    report.problems.iter().any(|problem| {
        matches!(
            problem.problem,
            RowProblem::LegacyRefused { .. } | RowProblem::LegacyConverted { .. }
        )
    })
}

/// As much of a text as a message shows.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

/// The column's letters as spreadsheets name it, from 0.
fn letters(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + u8::try_from(at % 26).unwrap_or(0));
        match (at / 26).checked_sub(1) {
            Some(rest) => at = rest,
            None => break,
        }
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!(
            [0, 25, 26, 51, 52, 59].map(letters),
            ["A", "Z", "AA", "AZ", "BA", "BH"]
        );
    }

    #[test]
    fn an_old_encoding_is_converted_or_refused_with_the_text_it_would_be() {
        let cells = ["S¸ng kiÕn c¶i c¸ch".to_owned()];
        let columns = [Some(ImportField::Title)];
        let mut refused = Line::new(4, &cells, &columns, None, false);
        refused.required(ImportField::Title, 100);
        let report = refused.report("");
        assert_eq!(
            (report.outcome, report.problems[0].cell.as_deref()),
            (RowOutcome::Error, Some("A5"))
        );
        assert!(is_legacy(&report));
        let mut converted = Line::new(4, &cells, &columns, None, true);
        assert_eq!(converted.required(ImportField::Title, 100), "Sáng kiến cải cách");
        assert_eq!(converted.report("").outcome, RowOutcome::Warning);
    }

    #[test]
    fn a_short_cell_is_in_the_encoding_of_its_table() {
        let columns = [Some(ImportField::UnitName), Some(ImportField::UnitCode)];
        // real syllables as they stand: alone, the cell would be taken for Unicode
        let cells = ["Xaõ Ñôn".to_owned(), "XA-DON".to_owned()];
        assert_eq!(detect(&cells[0]), None);
        let mut line = Line::new(1, &cells, &columns, Some(Legacy::Vni), true);
        assert_eq!(line.required(ImportField::UnitName, 100), "Xã Đơn");
        assert_eq!(line.required(ImportField::UnitCode, 100), "XA-DON");
        assert_eq!(line.report("").problems.len(), 1);
    }
}
