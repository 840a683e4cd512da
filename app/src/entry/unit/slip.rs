//! The forwarding slip: the list a unit signs and keeps, printed from the board.

use contract::entry::{DeskEntry, UnitBoardView};
use leptos::prelude::*;

use crate::entry::parts::{print_page, unit_href};
use crate::text::{moment_text, word};
use crate::ui::{Button, Column, EmptyState, IconName, LinkButton, PageHeader, Table, Variant};

/// What the unit forwarded, in its order.
#[component]
pub fn Slip(view: UnitBoardView) -> impl IntoView {
    let board = unit_href(&view.contest_slug, Some(view.unit));
    let crumbs = vec![
        (
            view.contest_name.clone(),
            format!("/contests/{}", view.contest_slug),
        ),
        (view.unit_name.clone(), board.clone()),
    ];
    let mut sent: Vec<DeskEntry> = view
        .entries
        .iter()
        .filter(|entry| entry.state.is_forwarded())
        .cloned()
        .collect();
    sent.sort_by_key(|entry| (entry.forward_rank.unwrap_or(u32::MAX), entry.submitted_at));
    let count = sent.len();
    let columns = vec![
        Column::number(word!(entry.slip.rank)),
        Column::text(word!(entry.receipt.code)),
        Column::text(word!(entry.topic.title)),
        Column::text(word!(entry.authors.title)),
        Column::text(word!(entry.topic.category)),
        Column::number(word!(entry.files.title)),
    ];
    let rows = sent
        .into_iter()
        .enumerate()
        .map(|(index, entry)| {
            view! {
                <tr>
                    <td class="num right">{entry.forward_rank.unwrap_or_else(|| u32::try_from(index + 1).unwrap_or(u32::MAX))}</td>
                    <td class="num nowrap">{entry.code}</td>
                    <td>{entry.title}</td>
                    <td>{entry.authors.join(", ")}</td>
                    <td>{entry.category_name}</td>
                    <td class="num right">{entry.attachments.len()}</td>
                </tr>
            }
        })
        .collect_view();
    let pdf = format!("/contests/{}/unit/slip.pdf?unit={}", view.contest_slug, view.unit);
    let actions = move || {
        view! {
            <LinkButton href=pdf.clone() icon=IconName::Download external=true>{word!(paper.slip.pdf)}</LinkButton>
            <Button kind="button" variant=Variant::Secondary icon=IconName::Printer on_click=Callback::new(|_| print_page())>{word!(common.action.print)}</Button>
            <LinkButton href=board.clone() variant=Variant::Secondary icon=IconName::ArrowLeft>{word!(common.action.back)}</LinkButton>
        }
    };
    view! {
        <PageHeader title=word!(entry.slip.title) crumbs actions>
            <p>{view.contest_name.clone()}</p>
        </PageHeader>
        <article class="slip">
            <p>{word!(entry.slip.unit, unit = view.unit_name.clone())}</p>
            <p class="muted">{word!(entry.slip.made, at = moment_text(view.now, &view.zone), count = count)}</p>
            {if count == 0 {
                view! { <EmptyState title=word!(entry.slip.none)/> }.into_any()
            } else {
                view! { <Table caption=word!(entry.slip.title) columns>{rows}</Table> }.into_any()
            }}
            <div class="slip-signs">
                <p><strong>{word!(entry.slip.maker)}</strong><br/><span class="muted small">{word!(entry.slip.sign)}</span></p>
                <p><strong>{word!(entry.slip.head)}</strong><br/><span class="muted small">{word!(entry.slip.seal)}</span></p>
            </div>
        </article>
    }
    .into_any()
}
