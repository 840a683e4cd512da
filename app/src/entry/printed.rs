//! An entry as it is printed: title, authors, statement in sections, files. Read before submitting, and on the desks.

use leptos::prelude::*;
use rules::contest::Category;
use rules::entry::{AnswerLine, AttachmentInfo, Author, EntryContent, StatementSection};
use rules::time::format_date;

use crate::entry::answers::AnswerList;
use crate::entry::files::FileList;
use crate::text::{author_type_name, maturity_name, points_text, scope_name, statement_section_name, word};
use crate::ui::{Column, DataList, Datum, Markdown, Table};

/// The whole entry.
#[component]
pub fn PrintedEntry(
    contest: String,
    content: EntryContent,
    /// The contest's own questions, answered.
    answers: Vec<AnswerLine>,
    categories: Vec<Category>,
    files: Vec<AttachmentInfo>,
    /// Small line above the title: the code.
    #[prop(optional_no_strip)]
    code: Option<String>,
) -> impl IntoView {
    let dash = || "–".to_owned();
    let title = Some(content.title.clone())
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| word!(entry.untitled));
    let category = content.category.as_ref().map(|code| {
        categories
            .iter()
            .find(|category| category.code == *code)
            .map_or_else(|| code.clone(), |category| category.name.clone())
    });
    let sections = StatementSection::ALL
        .into_iter()
        .filter(|section| section.is_required() || !content.statement.section(*section).is_empty())
        .enumerate()
        .map(|(index, section)| {
            let text = content.statement.section(section).to_owned();
            let body = if text.trim().is_empty() {
                view! { <p class="muted">{word!(entry.review.empty_section)}</p> }.into_any()
            } else {
                view! { <Markdown text/> }.into_any()
            };
            let heading = format!("{}. {}", index + 1, statement_section_name(section));
            view! { <section class="printed-section"><h3>{heading}</h3>{body}</section> }
        })
        .collect_view();
    let no_files = files.is_empty();
    view! {
        <article class="printed-entry">
            <header class="printed-head">
                <p class="printed-contest">{contest}</p>
                {code.map(|code| view! { <p class="printed-code num">{code}</p> })}
                <h2 class="printed-title">{title}</h2>
            </header>
            <DataList>
                <Datum name=word!(entry.topic.category)>{category.unwrap_or_else(dash)}</Datum>
                <Datum name=word!(entry.topic.scope)>{content.scope.map_or_else(dash, scope_name)}</Datum>
                <Datum name=word!(entry.topic.maturity)>{content.maturity.map_or_else(dash, maturity_name)}</Datum>
                {content.first_applied_on.map(|date| view! {
                    <Datum name=word!(entry.topic.first_applied_on)>{format_date(date)}</Datum>
                })}
                <Datum name=word!(entry.authors.kind)>{author_type_name(content.author_type)}</Datum>
            </DataList>
            <Authors authors=content.authors.clone()/>
            {sections}
            {(!answers.is_empty()).then(|| view! {
                <section class="printed-section"><h3>{word!(form.answers)}</h3><AnswerList lines=answers/></section>
            })}
            <section class="printed-section">
                <h3>{word!(entry.files.title)}</h3>
                {if no_files {
                    view! { <p class="muted">{word!(entry.files.none)}</p> }.into_any()
                } else {
                    view! { <FileList files/> }.into_any()
                }}
            </section>
        </article>
    }
    .into_any()
}

#[component]
fn Authors(authors: Vec<Author>) -> impl IntoView {
    let columns = vec![
        Column::text(word!(entry.authors.full_name)),
        Column::text(word!(entry.authors.unit)),
        Column::text(word!(entry.authors.position)),
        Column::text(word!(entry.authors.contact)),
        Column::number(word!(entry.authors.share)),
    ];
    let rows = authors
        .into_iter()
        .map(|author| {
            let lead = author
                .lead
                .then(|| view! { <span class="muted small">{word!(entry.authors.lead_mark)}</span> });
            view! {
                <tr>
                    <td><span class="strong">{author.full_name}</span>" "{lead}</td>
                    <td>{author.unit_name}</td>
                    <td>{author.position}</td>
                    <td>{author.contact}</td>
                    <td class="num right">{format!("{}%", points_text(author.share))}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=word!(entry.authors.title) columns>{rows}</Table> }.into_any()
}
