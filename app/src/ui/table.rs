//! Tables: real ones, with a caption and a head; on a phone each row becomes a card or the table scrolls.

use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// Head of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub text: String,
    /// Figures: right-aligned, tabular.
    pub numeric: bool,
    /// Read out, not shown: the column of buttons.
    pub hidden: bool,
}

impl Column {
    /// A column of words.
    pub fn text(text: impl Into<String>) -> Column {
        Column {
            text: text.into(),
            numeric: false,
            hidden: false,
        }
    }

    /// A column of figures.
    pub fn number(text: impl Into<String>) -> Column {
        Column {
            numeric: true,
            ..Column::text(text)
        }
    }

    /// A column whose head is only for assistive technology.
    pub fn hidden(text: impl Into<String>) -> Column {
        Column {
            hidden: true,
            ..Column::text(text)
        }
    }
}

/// What a wide table does on a narrow screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Narrow {
    /// Scrolls sideways inside its frame, which takes the keyboard's focus.
    #[default]
    Scroll,
    /// Each row becomes a card; every `<td>` then needs the column's text in `data-label`.
    Cards,
}

/// A table; the children are the `<tr>`s of the body. Use [`Cell`] for cells that carry their label on a phone.
///
/// `<Table caption="…" columns=vec![Column::text("…"), Column::number("…")] narrow=Narrow::Cards>rows</Table>`
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    columns: Vec<Column>,
    children: Children,
    #[prop(optional)] narrow: Narrow,
    /// Shows the caption; otherwise it is for assistive technology.
    #[prop(optional)]
    show_caption: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let cards = narrow == Narrow::Cards;
    let label = format!("{caption} – {}", t_string!(i18n, common.table.scrolls));
    let head = columns
        .into_iter()
        .map(|column| {
            view! {
                <th scope="col" class:right=column.numeric>
                    <span class:visually-hidden=column.hidden>{column.text}</span>
                </th>
            }
        })
        .collect_view();
    view! {
        <div
            class="table-frame"
            class:table-cards=cards
            // a table of cards is a wide one too where the screen is not that narrow; no landmark, as it mostly is none
            role=if cards { "group" } else { "region" }
            tabindex="0"
            aria-label=label
        >
            <table class="table">
                <caption class="table-caption" class:visually-hidden=!show_caption>{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A cell that repeats its column's text when rows are cards.
///
/// `<Cell label="…" numeric=true>{points}</Cell>`
#[component]
pub fn Cell(
    #[prop(into)] label: String,
    #[prop(optional)] numeric: bool,
    children: Children,
) -> impl IntoView {
    view! { <td data-label=label class:num=numeric class:right=numeric>{children()}</td> }.into_any()
}
