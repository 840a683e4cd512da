//! Long texts: whatever is typed is shown, and nothing but marks disappears.

use proptest::prelude::*;
use rules::text::markdown::{Block, Line, bold, bullets, numbers, parse};

fn text_of(blocks: &[Block]) -> String {
    let line = |line: &Line| line.iter().map(|span| span.text.as_str()).collect::<String>();
    let lines: Vec<String> = blocks
        .iter()
        .flat_map(|block| match block {
            Block::Paragraph(lines) | Block::Bullets(lines) => lines.iter().map(line).collect::<Vec<_>>(),
            // the number shown is the number typed
            Block::Numbers(items) => items
                .iter()
                .map(|(number, item)| format!("{number}{}", line(item)))
                .collect(),
        })
        .collect();
    lines.join("\n")
}

/// What is left when everything a mark can be made of is taken away: nothing of it may be lost.
fn kept(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '-' | '+' | '•' | '.' | ')'))
        .collect()
}

/// Texts that are full of marks.
fn marked() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("- ".to_owned()),
        Just("+ ".to_owned()),
        Just("**".to_owned()),
        Just("*".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just(" ".to_owned()),
        Just("<b>&amp;</b>".to_owned()),
        "[0-9]{1,4}[.)] ",
        "[a-zđăâêôơưáạ]{1,6}",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_is_lost(text in marked()) {
        let blocks = parse(&text);
        prop_assert_eq!(kept(&text_of(&blocks)), kept(&text));
    }

    #[test]
    fn the_tree_is_bounded_and_has_no_empty_part(text in marked()) {
        for block in parse(&text) {
            let lines: Vec<Line> = match block {
                Block::Paragraph(lines) | Block::Bullets(lines) => lines,
                Block::Numbers(items) => items.into_iter().map(|(_, line)| line).collect(),
            };
            prop_assert!(!lines.is_empty());
            for line in lines {
                prop_assert!(!line.is_empty() && line.iter().all(|span| !span.text.is_empty()));
                prop_assert!(line.windows(2).all(|pair| pair[0].bold != pair[1].bold), "{:?}", line);
                prop_assert!(line.iter().all(|span| !span.text.contains('\n')));
            }
        }
    }

    #[test]
    fn buttons_never_lose_text_wherever_the_selection_lies(text in marked(), a in 0_usize..80, b in 0_usize..80) {
        for act in [bold, bullets, numbers] {
            let edit = act(&text, a..b);
            let digits = |text: &str| -> String { kept(text).chars().filter(|c| !c.is_ascii_digit()).collect() };
            prop_assert_eq!(digits(&edit.text), digits(&text));
            prop_assert!(edit.text.get(edit.selected).is_some());
        }
    }
}
