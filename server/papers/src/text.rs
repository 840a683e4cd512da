//! Text made fit for print: what no font can show or what would turn the direction of writing is replaced, and what is
//! too long for a line may break.

use serde_json::Value;

use crate::world::is_printable;

/// Stands for a character the fonts have no shape for.
const UNKNOWN: char = '□';
/// Longest run without a space that is left whole, in characters. At 14 pt a line holds some 70.
const RUN_MAX: usize = 40;
/// A place where a line may break, without width.
const BREAK: char = '\u{200B}';

/// Fields a machine reads again: hashes to compare, an address to open, a picture. They are ours, not typed by anybody.
const AS_IT_IS: [&str; 5] = ["sha256", "content_hash", "hash", "status_url", "qr"];

/// Every string in the data, made fit for print.
pub fn printable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(fit(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(printable).collect()),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| {
                let value = if AS_IT_IS.contains(&&*key) {
                    value
                } else {
                    printable(value)
                };
                (key, value)
            });
            Value::Object(fields.collect())
        }
        other => other,
    }
}

fn fit(text: &str) -> String {
    let mut fitted = String::with_capacity(text.len());
    let mut run = 0;
    for c in rules::text::nfc(text).chars() {
        if c == '\n' || c == ' ' || c == '\t' {
            run = 0;
            fitted.push(c);
            continue;
        }
        if c.is_control() || is_invisible(c) {
            continue;
        }
        run += 1;
        if run > RUN_MAX {
            fitted.push(BREAK);
            run = 1;
        }
        fitted.push(if is_printable(c) { c } else { UNKNOWN });
    }
    fitted
}

/// Marks that change how their neighbours are shown.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{61C}' | '\u{FEFF}'
        | '\u{AD}' | '\u{FFF9}'..='\u{FFFC}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_is_replaced_and_direction_marks_go() {
        assert!(is_printable(UNKNOWN), "the replacement itself has a shape");
        assert_eq!(fit("Tha\u{302}\u{301}m định"), "Thấm định");
        assert_eq!(fit("a\u{202E}b\u{0}c\u{FEFF}"), "abc");
        assert_eq!(fit("vui 😀 漢"), "vui □ □");
        assert_eq!(fit("dòng 1\ndòng 2"), "dòng 1\ndòng 2");
    }

    #[test]
    fn a_long_word_may_break_and_loses_nothing() {
        let long = "đ".repeat(100);
        let fitted = fit(&long);
        assert_eq!(fitted.matches(BREAK).count(), 2);
        assert_eq!(fitted.replace(BREAK, ""), long);
        assert_eq!(fit("ngắn gọn"), "ngắn gọn");
    }
}
