//! Charts drawn by the server as SVG, each with its figures in a table behind it. No scripts, no floats: positions are
//! whole units of the drawing.

mod bars;
mod columns;
mod grid;
mod lines;

pub use bars::{Bar, BarChart};
pub use columns::ColumnChart;
pub use grid::{GridCell, GridChart};
pub use lines::{LineChart, Series};

use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// Title, drawing and the table behind it.
#[component]
fn ChartFrame(
    #[prop(into)] title: String,
    /// Heads of the table.
    head: Vec<String>,
    /// Rows of the table; the first cell names the row.
    rows: Signal<Vec<Vec<String>>>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let heads = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    let body = move || {
        rows.get()
            .into_iter()
            .map(|cells| {
                let mut cells = cells.into_iter();
                let name = cells.next().unwrap_or_default();
                let values = cells
                    .map(|cell| view! { <td class="num right">{cell}</td> })
                    .collect_view();
                view! { <tr><th scope="row">{name}</th>{values}</tr> }
            })
            .collect_view()
    };
    view! {
        <figure class="chart">
            <figcaption class="chart-title">{title.clone()}</figcaption>
            {children()}
            <details class="chart-data">
                <summary>{t_string!(i18n, common.chart.data)}</summary>
                <div class="table-frame" role="region" tabindex="0" aria-label=title.clone()>
                    <table class="table">
                        <caption class="visually-hidden">{title.clone()}</caption>
                        <thead><tr>{heads}</tr></thead>
                        <tbody>{body}</tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
    .into_any()
}

/// `value` on a scale of `0..=max`, as whole units out of `units`; never negative, never beyond.
fn scaled(value: i64, max: i64, units: i64) -> i64 {
    let (value, max) = (i128::from(value.max(0)), i128::from(max.max(1)));
    (value * i128::from(units) / max).min(i128::from(units)) as i64
}

/// The top of a scale: the least small multiple of a power of ten that is not below `max`.
fn nice_top(max: i64) -> i64 {
    let mut power = 1_i64;
    while power.saturating_mul(10) < max {
        power = power.saturating_mul(10);
    }
    [1, 2, 3, 4, 5, 6, 8, 10]
        .into_iter()
        .map(|step| power.saturating_mul(step))
        .find(|top| *top >= max)
        .unwrap_or(max)
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_numbers() {
        assert_eq!(
            [0, 1, 3, 7, 22, 51, 100, 101].map(nice_top),
            [1, 1, 3, 8, 30, 60, 100, 200]
        );
    }

    #[test]
    fn values_stay_on_the_scale() {
        assert_eq!(
            [
                scaled(-3, 10, 100),
                scaled(5, 10, 100),
                scaled(50, 10, 100),
                scaled(1, 0, 100)
            ],
            [0, 50, 100, 100]
        );
    }
}
