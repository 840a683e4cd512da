//! Lines over equal steps: how something grew, for one or a few series.

use super::columns::scale;
use super::{ChartFrame, nice_top, scaled};
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

const WIDTH: i64 = 640;
const HEIGHT: i64 = 200;
const LEFT: i64 = 40;
/// Room for half a name at either end.
const MARGIN: i64 = 24;

/// One line: its name and a value for each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    pub values: Vec<i64>,
}

/// Up to five lines over the names of the steps; each line has its own colour and its own dash.
///
/// `<LineChart title="…" steps=vec!["01/10".into()] series=vec![Series { … }]/>`
#[component]
pub fn LineChart(
    #[prop(into)] title: String,
    #[prop(into)] steps: Signal<Vec<String>>,
    #[prop(into)] series: Signal<Vec<Series>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let rows = Signal::derive(move || {
        let series = series.get();
        steps
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, step)| {
                let values = series
                    .iter()
                    .map(|line| line.values.get(index).map_or_else(String::new, i64::to_string));
                std::iter::once(step).chain(values).collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    });
    let mut head = vec![t_string!(i18n, common.chart.item).to_owned()];
    head.extend(series.get_untracked().into_iter().map(|line| line.name));
    let drawing = move || {
        let (steps, series) = (steps.get(), series.get());
        let top = nice_top(
            series
                .iter()
                .flat_map(|line| line.values.iter().copied())
                .max()
                .unwrap_or_default(),
        );
        let gap = (WIDTH - LEFT - MARGIN - MARGIN) / (steps.len().saturating_sub(1).max(1) as i64);
        let x = move |index: usize| LEFT + MARGIN + gap * index as i64;
        let every = (54 / gap.max(1) + 1) as usize;
        let names = steps
            .into_iter()
            .enumerate()
            .filter(|(index, _)| index % every == 0)
            .map(|(index, name)| {
                view! { <text class="chart-name" x=x(index).to_string() y=(HEIGHT + 16).to_string()>{name}</text> }
            })
            .collect_view();
        let lines = series
            .iter()
            .enumerate()
            .map(|(line, series)| {
                let place = |(index, value): (usize, &i64)| (x(index), HEIGHT - scaled(*value, top, HEIGHT));
                let points = series.values.iter().enumerate().map(place).collect::<Vec<_>>();
                let path = points
                    .iter()
                    .map(|(x, y)| format!("{x},{y}"))
                    .collect::<Vec<_>>()
                    .join(" ");
                let dots = points
                    .into_iter()
                    .map(|(x, y)| view! { <circle cx=x.to_string() cy=y.to_string() r="3"></circle> })
                    .collect_view();
                view! {
                    <g class="chart-series" data-series=(line % 5 + 1).to_string()>
                        <polyline points=path></polyline>
                        {dots}
                    </g>
                }
            })
            .collect_view();
        view! {
            <svg class="chart-drawing" viewBox=format!("0 -10 {WIDTH} {}", HEIGHT + 34) aria-hidden="true">
                {scale(top)}
                {names}
                {lines}
            </svg>
        }
    };
    let legend = move || {
        let series = series.get();
        (series.len() > 1).then(|| {
            series
                .into_iter()
                .enumerate()
                .map(|(line, series)| {
                    view! { <li data-series=(line % 5 + 1).to_string()>{series.name}</li> }
                })
                .collect_view()
        })
    };
    view! {
        <ChartFrame title=title.clone() head rows>
            <div class="chart-scroll" role="region" tabindex="0" aria-label=title>{drawing}</div>
            <ul class="chart-legend" aria-hidden="true">{legend}</ul>
        </ChartFrame>
    }
    .into_any()
}
