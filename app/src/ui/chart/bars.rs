//! Lying bars: names to compare, one value each.

use super::{ChartFrame, scaled};
use crate::i18n::{t_string, use_i18n};
use crate::ui::Tone;
use leptos::prelude::*;

/// One bar: name, length, and the value as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    pub value: i64,
    pub text: String,
    /// Colours one bar apart from the others.
    pub tone: Tone,
}

impl Bar {
    /// A bar whose text is its value.
    pub fn count(label: impl Into<String>, value: i64) -> Bar {
        Bar {
            label: label.into(),
            value,
            text: value.to_string(),
            tone: Tone::Info,
        }
    }
}

/// Bars from a common zero line; `max` fixes the scale (else the longest bar fills it).
///
/// `<BarChart title="…" bars=vec![Bar::count("…", 7)]/>` — `bars` may be a signal.
#[component]
pub fn BarChart(
    #[prop(into)] title: String,
    #[prop(into)] bars: Signal<Vec<Bar>>,
    #[prop(optional)] max: Option<i64>,
) -> impl IntoView {
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
        let max = max
            .or_else(|| bars.iter().map(|bar| bar.value).max())
            .unwrap_or_default();
        bars.into_iter()
            .map(|bar| {
                view! {
                    <div class="bar" data-tone=bar.tone.as_str()>
                        <span class="bar-label">{bar.label}</span>
                        <svg class="bar-drawing" viewBox="0 0 1000 10" preserveAspectRatio="none">
                            <rect class="bar-track" width="1000" height="10"></rect>
                            <rect class="bar-value" width=scaled(bar.value, max, 1000).to_string() height="10"></rect>
                        </svg>
                        <span class="bar-text num">{bar.text}</span>
                    </div>
                }
            })
            .collect_view()
    };
    view! { <ChartFrame title head rows><div class="bars" aria-hidden="true">{drawing}</div></ChartFrame> }
        .into_any()
}
