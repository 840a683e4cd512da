//! What comes in from a form: one normal form, no hidden characters.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum TextProblem {
    #[error("empty")]
    Empty,
    #[error("{length} characters, at most {max} allowed")]
    TooLong { length: usize, max: usize },
    /// A control character or one that turns the direction of writing; `position` counts characters from 1.
    #[error("hidden character U+{code_point:04X} at {position}")]
    Hidden { code_point: u32, position: usize },
}

/// Normal form C: every text is stored in it (TCVN 6909:2001).
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// A one-line field made good without refusing anything: NFC, hidden and zero-width characters dropped, white space
/// single and trimmed. May be empty.
pub fn one_line(text: &str) -> String {
    let visible: String = text
        .nfc()
        .filter(|c| !is_zero_width(*c) && !is_hidden(*c))
        .collect();
    // dropping a hidden character can bring a letter and its mark together
    nfc(&visible.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A one-line field: NFC, zero-width characters dropped, white space single and trimmed, length in characters.
///
/// # Errors
/// [`TextProblem`]; line breaks and tabs count as white space, other control and bidirectional characters are refused.
pub fn clean_line(text: &str, max: usize) -> Result<String, TextProblem> {
    refuse_hidden(text)?;
    limited(one_line(text), max)
}

/// A text of several lines: NFC, `\n` line ends, no space at line ends, at most one empty line in a row.
///
/// # Errors
/// [`TextProblem`], as for [`clean_line`].
pub fn clean_text(text: &str, max: usize) -> Result<String, TextProblem> {
    refuse_hidden(text)?;
    let visible: String = text.nfc().filter(|c| !is_zero_width(*c)).collect();
    let unix = nfc(&visible).replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<&str> = Vec::new();
    for line in unix.lines().map(str::trim_end) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    limited(lines.join("\n").trim_end().to_owned(), max)
}

fn limited(text: String, max: usize) -> Result<String, TextProblem> {
    let length = text.chars().count();
    match length {
        0 => Err(TextProblem::Empty),
        _ if length > max => Err(TextProblem::TooLong { length, max }),
        _ => Ok(text),
    }
}

fn refuse_hidden(text: &str) -> Result<(), TextProblem> {
    match text.chars().enumerate().find(|(_, c)| is_hidden(*c)) {
        Some((index, c)) => Err(TextProblem::Hidden {
            code_point: u32::from(c),
            position: index + 1,
        }),
        None => Ok(()),
    }
}

/// Control characters that are no white space, and marks that reorder what is shown.
fn is_hidden(c: char) -> bool {
    let direction =
        matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}');
    direction || (c.is_control() && !c.is_whitespace()) || matches!(c, '\u{FFF9}'..='\u{FFFB}')
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}
