//! A long text as it was meant: paragraphs, lists, bold.
//!
//! The parser gives a tree of plain texts, and every part becomes an element here: no HTML is ever made out of text, so
//! there is nothing to sanitise.

use leptos::prelude::*;
use rules::text::markdown::{Block, Line, parse};

/// The text; nothing for an empty one.
///
/// `<Markdown text=statement/>`
#[component]
pub fn Markdown(#[prop(into)] text: String) -> impl IntoView {
    let blocks = parse(&text).into_iter().map(block).collect::<Vec<_>>();
    (!blocks.is_empty())
        .then(|| view! { <div class="markdown">{blocks}</div> })
        .into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Paragraph(lines) => {
            let lines = lines.into_iter().enumerate().map(|(index, text)| {
                let break_before = (index > 0).then(|| view! { <br/> });
                view! { {break_before}{line(text)} }
            });
            view! { <p>{lines.collect_view()}</p> }.into_any()
        }
        Block::Bullets(items) => {
            let items = items.into_iter().map(|item| view! { <li>{line(item)}</li> });
            view! { <ul>{items.collect_view()}</ul> }.into_any()
        }
        // the number typed is the number shown
        Block::Numbers(items) => {
            let items = items
                .into_iter()
                .map(|(number, item)| view! { <li value=number.to_string()>{line(item)}</li> });
            view! { <ol>{items.collect_view()}</ol> }.into_any()
        }
    }
}

fn line(line: Line) -> Vec<AnyView> {
    let spans = line.into_iter().map(|span| {
        if span.bold {
            view! { <strong>{span.text}</strong> }.into_any()
        } else {
            view! { <span>{span.text}</span> }.into_any()
        }
    });
    spans.collect()
}
