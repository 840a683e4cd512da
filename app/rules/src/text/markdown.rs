//! The little Markdown of long texts: paragraphs, bulleted and numbered lists, bold. Everything else is literal text.
//!
//! Own code, because a Markdown library parses far more than is allowed here – links, pictures, HTML – which would have
//! to be taken away again, and weighs 65 kB in the browser. The result is a tree of plain texts: whoever shows it makes
//! elements of it and never HTML out of text, so there is nothing to sanitise.

mod edit;

pub use edit::{Edit, bold, bullets, numbers};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub bold: bool,
}

/// A line of text. A list item is one line; lists do not nest.
pub type Line = Vec<Span>;

/// A part of a text. The tree is never deeper than block, line, span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines that follow one another without an empty line between.
    Paragraph(Vec<Line>),
    Bullets(Vec<Line>),
    /// Items with the numbers typed before them.
    Numbers(Vec<(u32, Line)>),
}

/// What begins a line.
enum Marker {
    Bullet,
    Number(u32),
}

/// Reads a text. Never fails: what is no list and no bold is literal.
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // an empty line ends a paragraph; a list goes on after it
    let mut open = false;
    for line in text.lines() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        match marker(line.trim_start()) {
            (Some(Marker::Bullet), rest) => match blocks.last_mut() {
                Some(Block::Bullets(items)) => items.push(spans(rest)),
                _ => blocks.push(Block::Bullets(vec![spans(rest)])),
            },
            (Some(Marker::Number(number)), rest) => match blocks.last_mut() {
                Some(Block::Numbers(items)) => items.push((number, spans(rest))),
                _ => blocks.push(Block::Numbers(vec![(number, spans(rest))])),
            },
            (None, rest) => match blocks.last_mut() {
                Some(Block::Paragraph(lines)) if open => lines.push(spans(rest)),
                _ => blocks.push(Block::Paragraph(vec![spans(rest)])),
            },
        }
        open = true;
    }
    blocks
}

/// The marker of a line and what follows it. A list item has something after its marker and a space.
fn marker(line: &str) -> (Option<Marker>, &str) {
    let after = |rest: &str| rest.starts_with([' ', '\t']) && !rest.trim().is_empty();
    for sign in ['-', '*', '+', '•'] {
        if let Some(rest) = line.strip_prefix(sign)
            && after(rest)
        {
            return (Some(Marker::Bullet), rest.trim());
        }
    }
    // three digits at most: "2023. " begins a sentence, not a list; a zero in front would be lost
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && !line.starts_with('0')
        && let Some(rest) = line[digits..].strip_prefix(['.', ')'])
        && after(rest)
        && let Ok(number) = line[..digits].parse()
    {
        return (Some(Marker::Number(number)), rest.trim());
    }
    (None, line.trim_end())
}

/// Splits a line at `**bold**`. Bold needs text right inside both marks; a mark without its partner is literal.
fn spans(line: &str) -> Line {
    let mut spans: Line = Vec::new();
    let mut push = |text: &str, bold: bool| {
        if text.is_empty() {
            return;
        }
        match spans.last_mut() {
            Some(last) if last.bold == bold => last.text.push_str(text),
            _ => spans.push(Span {
                text: text.to_owned(),
                bold,
            }),
        }
    };
    let mut rest = line;
    while let Some(start) = rest.find("**") {
        let (before, inside) = (&rest[..start], &rest[start + 2..]);
        let bold = inside.find("**").map(|end| (&inside[..end], &inside[end + 2..]));
        push(before, false);
        match bold.filter(|(text, _)| !text.is_empty() && text.trim() == *text) {
            Some((text, after)) => {
                push(text, true);
                rest = after;
            }
            None => {
                push("**", false);
                rest = inside;
            }
        }
    }
    push(rest, false);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Line {
        vec![Span {
            text: text.to_owned(),
            bold: false,
        }]
    }

    #[test]
    fn paragraphs_lists_and_bold_are_read() {
        let text = "Mở đầu **quan trọng** hết\ndòng hai\n\n- một\n\n+ hai\n1. đầu\n3) sau\nCuối";
        let bold = Span {
            text: "quan trọng".into(),
            bold: true,
        };
        let first = vec![plain("Mở đầu ").remove(0), bold, plain(" hết").remove(0)];
        assert_eq!(
            parse(text),
            [
                Block::Paragraph(vec![first, plain("dòng hai")]),
                Block::Bullets(vec![plain("một"), plain("hai")]),
                Block::Numbers(vec![(1, plain("đầu")), (3, plain("sau"))]),
                Block::Paragraph(vec![plain("Cuối")]),
            ]
        );
    }

    #[test]
    fn everything_else_is_literal() {
        for text in [
            "<b>không</b> <script>alert(1)</script>",
            "# Không phải đề mục",
            "[liên kết](https://example.vn)",
            "2023. Năm đầu tiên",
            "1.5 triệu",
            "01. Việc thứ nhất",
            "-5 độ",
            "-",
            "a ** b ** c",
            "mở ** không đóng",
            "****",
            "_nghiêng_ `mã` > trích",
        ] {
            assert_eq!(parse(text), [Block::Paragraph(vec![plain(text)])], "{text}");
        }
    }

    #[test]
    fn an_empty_text_has_no_block() {
        assert_eq!(parse(" \n\t\n"), []);
    }
}
