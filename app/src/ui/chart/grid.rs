//! A grid that fills in: who has done what. It is a table itself, so it needs none behind it.

use leptos::prelude::*;

/// One cell: how full its colour is (0 nothing … 4 most) and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCell {
    pub level: u8,
    /// Read out and shown on pointing: "đã chấm".
    pub text: String,
    /// One or two characters inside the cell, so that colour is not alone: "✓", "–".
    pub mark: String,
}

/// Rows by columns; `cells[row][column]`.
///
/// `<GridChart title="…" corner="…" rows columns cells/>` — all three may be signals.
#[component]
pub fn GridChart(
    #[prop(into)] title: String,
    /// Head of the column of row names.
    #[prop(into)]
    corner: String,
    #[prop(into)] rows: Signal<Vec<String>>,
    #[prop(into)] columns: Signal<Vec<String>>,
    #[prop(into)] cells: Signal<Vec<Vec<GridCell>>>,
) -> impl IntoView {
    let heads = move || {
        columns
            .get()
            .into_iter()
            .map(|name| view! { <th scope="col"><span>{name}</span></th> })
            .collect_view()
    };
    let body = move || {
        rows.get()
            .into_iter()
            .zip(cells.get())
            .map(|(name, cells)| {
                let cells = cells
                    .into_iter()
                    .map(|cell| {
                        view! {
                            <td class="heat" data-level=cell.level.min(4).to_string() title=cell.text.clone()>
                                <span aria-hidden="true">{cell.mark}</span>
                                <span class="visually-hidden">{cell.text.clone()}</span>
                            </td>
                        }
                    })
                    .collect_view();
                view! { <tr><th scope="row">{name}</th>{cells}</tr> }
            })
            .collect_view()
    };
    view! {
        <div class="heat-frame" role="region" tabindex="0" aria-label=title.clone()>
            <table class="heat-table">
                <caption class="chart-title">{title.clone()}</caption>
                <thead><tr><th scope="col">{corner}</th>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}
