//! Long text as blocks to typeset, read by the same parser as on the screens: paragraphs, lists and bold.

use rules::text::markdown::{self, Line};
use serde::Serialize;

/// Text of one weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    pub text: String,
    pub bold: bool,
}

/// A paragraph or an item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Block {
    pub runs: Vec<Run>,
    /// `–` or a number with a dot; empty for a paragraph.
    pub mark: String,
    /// 1 for an item of a list, 0 for a paragraph.
    pub depth: usize,
}

impl Block {
    fn new(line: Line, mark: String) -> Self {
        Self {
            depth: usize::from(!mark.is_empty()),
            mark,
            runs: line
                .into_iter()
                .map(|span| Run {
                    text: span.text,
                    bold: span.bold,
                })
                .collect(),
        }
    }
}

/// The blocks of a text. A line end is kept as one: authors write a paragraph a line.
pub fn blocks(text: &str) -> Vec<Block> {
    markdown::parse(text)
        .into_iter()
        .flat_map(|block| -> Vec<Block> {
            match block {
                markdown::Block::Paragraph(lines) => lines
                    .into_iter()
                    .map(|line| Block::new(line, String::new()))
                    .collect(),
                markdown::Block::Bullets(items) => items
                    .into_iter()
                    .map(|line| Block::new(line, "–".to_owned()))
                    .collect(),
                markdown::Block::Numbers(items) => items
                    .into_iter()
                    .map(|(number, line)| Block::new(line, format!("{number}.")))
                    .collect(),
            }
        })
        .collect()
}

/// One paragraph of a text in which nothing is formatting.
pub fn line(text: String) -> Vec<Block> {
    let run = Run { text, bold: false };
    vec![Block {
        runs: vec![run],
        ..Block::default()
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        let line = |block: Block| {
            let words: String = block.runs.iter().map(|run| run.text.as_str()).collect();
            format!("{}{}{words}", " ".repeat(block.depth), block.mark)
        };
        blocks(text).into_iter().map(line).collect()
    }

    #[test]
    fn lines_are_paragraphs_and_lists_are_lists() {
        assert_eq!(
            plain("Dòng một\nDòng hai\n\nDòng ba"),
            ["Dòng một", "Dòng hai", "Dòng ba"]
        );
        assert_eq!(
            plain("Các bước:\n\n1. Nhận\n2. Xử lý\n- kiểm tra"),
            ["Các bước:", " 1.Nhận", " 2.Xử lý", " –kiểm tra"]
        );
        assert!(blocks(" \n\n ").is_empty());
    }

    #[test]
    fn bold_is_a_run_of_its_own() {
        let made = blocks("giảm **3 ngày** chờ");
        let runs: Vec<(&str, bool)> = made[0]
            .runs
            .iter()
            .map(|run| (run.text.as_str(), run.bold))
            .collect();
        assert_eq!(runs, [("giảm ", false), ("3 ngày", true), (" chờ", false)]);
    }

    #[test]
    fn what_is_not_known_stays_text() {
        for text in [
            "<script>alert(1)</script>",
            "#import \"x\" và $x$ \\ @y",
            "5 * 3 * 2",
        ] {
            assert_eq!(plain(text), [text]);
        }
    }
}
