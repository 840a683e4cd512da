//! What the buttons above a long text do: bold around the selection, list markers before its lines. Pressing again
//! takes the marks away.

use std::ops::Range;

/// A text after a button was pressed, and what is selected then, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub text: String,
    pub selected: Range<usize>,
}

/// Puts the selection between `**`, or takes them away where it stands between them already.
pub fn bold(text: &str, selected: Range<usize>) -> Edit {
    let selected = within(text, selected);
    let inside = &text[selected.clone()];
    // spaces at the edges stay outside, or the marks would be literal
    let start = selected.start + (inside.len() - inside.trim_start().len());
    let end = (selected.end - (inside.len() - inside.trim_end().len())).max(start);
    let (before, inside, after) = (&text[..start], &text[start..end], &text[end..]);
    match (before.strip_suffix("**"), after.strip_prefix("**")) {
        (Some(before), Some(after)) => Edit {
            text: format!("{before}{inside}{after}"),
            selected: before.len()..before.len() + inside.len(),
        },
        _ => Edit {
            text: format!("{before}**{inside}**{after}"),
            selected: start + 2..end + 2,
        },
    }
}

/// Makes the selected lines a bulleted list, or plain lines again where all of them are items.
pub fn bullets(text: &str, selected: Range<usize>) -> Edit {
    lines(
        text,
        selected,
        |_| "- ".to_owned(),
        |line| line.strip_prefix("- "),
    )
}

/// Makes the selected lines a numbered list, or plain lines again.
pub fn numbers(text: &str, selected: Range<usize>) -> Edit {
    lines(
        text,
        selected,
        |index| format!("{}. ", index + 1),
        |line| {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            (digits > 0).then(|| line[digits..].strip_prefix(". ")).flatten()
        },
    )
}

fn lines(
    text: &str,
    selected: Range<usize>,
    marker: impl Fn(usize) -> String,
    without: impl Fn(&str) -> Option<&str>,
) -> Edit {
    let selected = within(text, selected);
    let start = text[..selected.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[selected.end..]
        .find('\n')
        .map_or(text.len(), |at| selected.end + at);
    let chosen = &text[start..end];
    let written = || chosen.split('\n').filter(|line| !line.trim().is_empty());
    let marked = written().next().is_some() && written().all(|line| without(line).is_some());
    let mut items = 0;
    let changed: Vec<String> = chosen
        .split('\n')
        .map(|line| {
            let empty = line.trim().is_empty();
            if marked {
                without(line).unwrap_or(line).to_owned()
            } else if empty && chosen.trim() != line.trim() {
                line.to_owned()
            } else {
                items += 1;
                format!("{}{line}", marker(items - 1))
            }
        })
        .collect();
    let changed = changed.join("\n");
    let end_after = start + changed.len();
    // a bare cursor goes to the end of its line, a selection goes on covering its lines
    let from = if selected.is_empty() { end_after } else { start };
    Edit {
        selected: from..end_after,
        text: format!("{}{changed}{}", &text[..start], &text[end..]),
    }
}

/// The selection, cut to the text and moved to whole characters.
fn within(text: &str, selected: Range<usize>) -> Range<usize> {
    let whole = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = whole(selected.start);
    start..whole(selected.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_comes_and_goes() {
        let text = "giảm chi phí nhiều";
        let selected = text.find("chi").unwrap_or_default()..text.find(" nhiều").unwrap_or_default();
        let once = bold(text, selected);
        assert_eq!(once.text, "giảm **chi phí** nhiều");
        assert_eq!(&once.text[once.selected.clone()], "chi phí");
        assert_eq!(bold(&once.text, once.selected).text, text);
        assert_eq!(bold("a b ", 2..4).text, "a **b** ", "a space stays outside");
        assert_eq!(
            bold("", 0..9),
            Edit {
                text: "****".into(),
                selected: 2..2
            }
        );
    }

    #[test]
    fn lists_come_and_go_over_whole_lines() {
        let text = "mở\nmột\nhai\nkết";
        let selected = 6..11;
        let once = bullets(text, selected.clone());
        assert_eq!(once.text, "mở\n- một\n- hai\nkết");
        assert_eq!(bullets(&once.text, once.selected).text, text);
        let numbered = numbers(text, selected);
        assert_eq!(numbered.text, "mở\n1. một\n2. hai\nkết");
        assert_eq!(numbers(&numbered.text, numbered.selected).text, text);
        assert_eq!(
            bullets("", 0..0),
            Edit {
                text: "- ".into(),
                selected: 2..2
            }
        );
    }
}
