//! Long text as blocks to typeset: paragraphs, lists and bold. Whatever else Markdown knows stays the text it is.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
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
    /// How deep the list lies that the item stands in, from 1; 0 for a paragraph.
    pub depth: usize,
}

/// Deepest list shown as such.
const DEPTH_MAX: usize = 5;

/// The blocks of a text. A line end is kept as one: authors write a paragraph a line.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut setter = Setter::default();
    for event in Parser::new_ext(text, Options::empty()) {
        setter.take(event);
    }
    setter.close();
    setter.blocks
}

#[derive(Default)]
struct Setter {
    blocks: Vec<Block>,
    open: Block,
    bold: usize,
    /// The lists the text stands in; each with its next number where it is numbered.
    lists: Vec<Option<u64>>,
}

impl Setter {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Strong) => self.bold += 1,
            Event::End(TagEnd::Strong) => self.bold = self.bold.saturating_sub(1),
            Event::Start(Tag::Heading { .. }) => {
                self.close();
                self.bold += 1;
            }
            Event::End(TagEnd::Heading(_)) => {
                self.close();
                self.bold = self.bold.saturating_sub(1);
            }
            Event::Start(Tag::List(first)) => {
                self.close();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.close();
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                self.close();
                self.open.depth = self.lists.len().min(DEPTH_MAX);
                self.open.mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let mark = format!("{number}.");
                        *number = number.saturating_add(1);
                        mark
                    }
                    _ => "–".to_owned(),
                };
            }
            // the first paragraph of an item belongs beside its mark
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::HtmlBlock)
                if !self.open.runs.is_empty() =>
            {
                self.close();
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::CodeBlock
                | TagEnd::BlockQuote(_)
                | TagEnd::HtmlBlock
                | TagEnd::Item,
            ) => self.close(),
            Event::SoftBreak | Event::HardBreak => {
                let depth = self.open.depth;
                self.close();
                self.open.depth = depth;
            }
            Event::Rule => self.close(),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.write(&text);
            }
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        let bold = self.bold > 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim_end_matches('\n');
            match self.open.runs.last_mut() {
                Some(run) if run.bold == bold => run.text.push_str(words),
                _ => self.open.runs.push(Run {
                    text: words.to_owned(),
                    bold,
                }),
            }
            if words.len() < line.len() {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        let block = std::mem::take(&mut self.open);
        if block.runs.iter().any(|run| !run.text.trim().is_empty()) {
            self.blocks.push(block);
        }
    }
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
            plain("Các bước:\n\n1. Nhận\n2. Xử lý\n   - kiểm tra\n   - trả"),
            ["Các bước:", " 1.Nhận", " 2.Xử lý", "  –kiểm tra", "  –trả"]
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
        assert_eq!(plain("<script>alert(1)</script>"), ["<script>alert(1)</script>"]);
        assert_eq!(plain("a <b>c</b> `d`"), ["a <b>c</b> d"]);
        assert_eq!(
            plain("#import \"x\" và $x$ \\ @y"),
            ["#import \"x\" và $x$ \\ @y"]
        );
        assert_eq!(plain("    thụt đầu dòng\n    hai"), ["thụt đầu dòng", "hai"]);
        assert_eq!(plain("5 * 3 * 2"), ["5 * 3 * 2"]);
    }
}
