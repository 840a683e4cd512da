//! Standing columns: one value a day, or any short row of equal steps.

use super::bars::Bar;
use super::{ChartFrame, nice_top, scaled};
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// Size of the drawing in its own units; the scale stands left of it, the names below.
const WIDTH: i64 = 640;
const HEIGHT: i64 = 200;
const LEFT: i64 = 40;
const BOTTOM: i64 = 24;

/// Columns over their names; every few names are left out where they would touch.
///
/// `<ColumnChart title="…" bars=days/>`
#[component]
pub fn ColumnChart(#[prop(into)] title: String, #[prop(into)] bars: Signal<Vec<Bar>>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = Signal::derive(move || {
        bars.get()
            .into_iter()
            .map(|bar| vec![bar.label, bar.text])
            .collect::<Vec<_>>()
    });
    let head = vec![
        t_string!(i18n, common.chart.item).to_owned(),
        t_string!(i18n, common.chart.value).to_owned(),
    ];
    let drawing = move || {
        let bars = bars.get();
        let top = nice_top(bars.iter().map(|bar| bar.value).max().unwrap_or_default());
        let step = (WIDTH - LEFT) / (bars.len().max(1) as i64);
        let every = (54 / step.max(1) + 1) as usize;
        let columns = bars
            .into_iter()
            .enumerate()
            .map(|(index, bar)| {
                let x = LEFT + step * index as i64;
                let height = scaled(bar.value, top, HEIGHT);
                let name = (index % every == 0).then(|| {
                    view! { <text class="chart-name" x=(x + step / 2).to_string() y=(HEIGHT + 16).to_string()>{bar.label}</text> }
                });
                view! {
                    <g data-tone=bar.tone.as_str()>
                        <rect
                            class="bar-value"
                            x=(x + step / 8).to_string()
                            y=(HEIGHT - height).to_string()
                            width=(step - step / 4).max(1).to_string()
                            height=height.to_string()
                            rx="2"
                        ></rect>
                        {name}
                    </g>
                }
            })
            .collect_view();
        view! {
            <svg class="chart-drawing" viewBox=format!("0 -10 {WIDTH} {}", HEIGHT + BOTTOM + 10) aria-hidden="true">
                {scale(top)}
                {columns}
            </svg>
        }
    };
    view! {
        <ChartFrame title=title.clone() head rows>
            <div class="chart-scroll" role="region" tabindex="0" aria-label=title>{drawing}</div>
        </ChartFrame>
    }
    .into_any()
}

/// Lines and figures at zero, half and top; half only where it is a whole number.
pub(super) fn scale(top: i64) -> AnyView {
    let marks = if top % 2 == 0 {
        vec![0, top / 2, top]
    } else {
        vec![0, top]
    };
    marks
        .into_iter()
        .map(|mark| {
            let y = (HEIGHT - scaled(mark, top, HEIGHT)).to_string();
            view! {
                <line class="chart-line" x1=LEFT.to_string() x2=WIDTH.to_string() y1=y.clone() y2=y.clone()></line>
                <text class="chart-figure" x=(LEFT - 6).to_string() y=y>{mark}</text>
            }
        })
        .collect_view()
        .into_any()
}
