//! Two submissions, part by part: what was added is `<ins>`, what was taken out `<del>`, each said in words as well for
//! those who do not see the marks.

use contract::deadline::{Change, ChangedAnswer, ComparedPart, Comparison, LEAD, Piece, STABLE};
use leptos::prelude::*;
use rules::entry::{Answer, AttachmentKind, AuthorType, EntryScope, Maturity};

use crate::i18n::ui_locale;
use crate::text::{
    answer_text, attachment_kind_name, author_type_name, maturity_name, scope_name, statement_section_name,
    word,
};
use crate::ui::{Card, Notice, Tone};

/// The comparison.
#[component]
pub fn Compared(comparison: Comparison) -> impl IntoView {
    let title = word!(
        deadline.versions.result,
        older = comparison.older,
        newer = comparison.newer
    );
    let body = if comparison.changes.is_empty() && comparison.answers.is_empty() {
        view! { <Notice tone=Tone::Info><p>{word!(deadline.versions.same)}</p></Notice> }.into_any()
    } else {
        let parts = comparison
            .changes
            .into_iter()
            .map(|change| view! { <Part change/> })
            .collect_view();
        let answers = comparison
            .answers
            .into_iter()
            .map(|change| view! { <AnswerPart change/> })
            .collect_view();
        view! { <p class="muted small">{word!(deadline.versions.legend)}</p>{parts}{answers} }.into_any()
    };
    view! { <Card title><div class="stack">{body}</div></Card> }.into_any()
}

/// An answer counts as a whole: the old one is taken out, the new one put in.
#[component]
fn AnswerPart(change: ChangedAnswer) -> impl IntoView {
    let text = |answer: Option<Answer>| answer.map(|answer| answer_text(&answer));
    let label = change.label.text(ui_locale()).to_owned();
    let removed = text(change.before).map(Piece::Removed);
    let added = text(change.after).map(Piece::Added);
    let pieces = removed
        .into_iter()
        .chain(added)
        .map(|piece| view! { <Words piece/> })
        .collect_view();
    view! {
        <section class="compared">
            <h3>{label}</h3>
            <div class="compared-text pre-line">{pieces}</div>
        </section>
    }
    .into_any()
}

#[component]
fn Part(change: Change) -> impl IntoView {
    let part = change.part;
    let pieces = change
        .pieces
        .into_iter()
        .map(|piece| {
            let piece = match piece {
                Piece::Same(text) => Piece::Same(shown(part, text)),
                Piece::Added(text) => Piece::Added(shown(part, text)),
                Piece::Removed(text) => Piece::Removed(shown(part, text)),
            };
            view! { <Words piece/> }
        })
        .collect_view();
    view! {
        <section class="compared">
            <h3>{part_name(part)}</h3>
            <div class="compared-text pre-line">{pieces}</div>
        </section>
    }
    .into_any()
}

/// Words that stayed, came or went.
#[component]
fn Words(piece: Piece) -> impl IntoView {
    match piece {
        Piece::Same(text) => view! { <span>{text}</span> }.into_any(),
        Piece::Added(text) => view! {
            <ins>
                <span class="visually-hidden">{word!(deadline.versions.added)}</span>
                {text}
                <span class="visually-hidden">{word!(deadline.versions.end)}</span>
            </ins>
        }
        .into_any(),
        Piece::Removed(text) => view! {
            <del>
                <span class="visually-hidden">{word!(deadline.versions.removed)}</span>
                {text}
                <span class="visually-hidden">{word!(deadline.versions.end)}</span>
            </del>
        }
        .into_any(),
    }
}

fn part_name(part: ComparedPart) -> String {
    match part {
        ComparedPart::Title => word!(entry.topic.title),
        ComparedPart::Category => word!(entry.topic.category),
        ComparedPart::Scope => word!(entry.topic.scope),
        ComparedPart::Maturity => word!(entry.topic.maturity),
        ComparedPart::FirstAppliedOn => word!(entry.topic.first_applied_on),
        ComparedPart::AuthorType => word!(entry.authors.kind),
        ComparedPart::Authors => word!(deadline.versions.authors),
        ComparedPart::Section(section) => statement_section_name(section),
        ComparedPart::Files => word!(deadline.versions.file_list),
        ComparedPart::Declaration => word!(entry.declaration.title),
    }
}

/// Choices come as their stable words and are shown by their names.
fn shown(part: ComparedPart, text: String) -> String {
    let name = match part {
        ComparedPart::Scope => [EntryScope::Unit, EntryScope::Wide]
            .into_iter()
            .find(|scope| is_word(scope, &text))
            .map(scope_name),
        ComparedPart::Maturity => [Maturity::Proposed, Maturity::Piloted, Maturity::Applied]
            .into_iter()
            .find(|maturity| is_word(maturity, &text))
            .map(maturity_name),
        ComparedPart::AuthorType => [AuthorType::Individual, AuthorType::Group]
            .into_iter()
            .find(|author_type| is_word(author_type, &text))
            .map(author_type_name),
        ComparedPart::Declaration => Some(word!(entry.declaration.accepted_version, version = text.clone())),
        ComparedPart::Authors | ComparedPart::Files => Some(with_names(&text)),
        ComparedPart::Title
        | ComparedPart::Category
        | ComparedPart::FirstAppliedOn
        | ComparedPart::Section(_) => None,
    };
    name.unwrap_or(text)
}

/// A line with the names of its stable words in their places.
fn with_names(line: &str) -> String {
    let mut parts = line.split(STABLE);
    let mut named = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part
            .find(|c: char| !c.is_ascii_lowercase() && c != '_')
            .unwrap_or(part.len());
        let (stable, rest) = part.split_at(end);
        if stable == LEAD {
            named.push_str(&word!(entry.authors.lead_mark));
        } else if let Some(kind) = AttachmentKind::from_slug(stable) {
            named.push_str(&attachment_kind_name(kind));
        }
        named.push_str(rest);
    }
    named
}

fn is_word<T: serde::Serialize>(choice: &T, text: &str) -> bool {
    serde_json::to_value(choice).is_ok_and(|word| word.as_str() == Some(text))
}
