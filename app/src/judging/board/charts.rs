//! Entries per unit, beside the quota, and per day.

use crate::i18n::{t_string, use_i18n};
use crate::ui::{Bar, BarChart, ColumnChart, Tone};
use leptos::prelude::*;
use rules::event::Progress;

/// The two charts, each with its table behind it.
#[component]
pub fn Charts(
    progress: RwSignal<Progress>,
    unit_names: Vec<(String, String)>,
    min_quota: u32,
) -> impl IntoView {
    let i18n = use_i18n();
    let units = Signal::derive(move || unit_bars(&progress.read(), &unit_names, min_quota));
    let days = Signal::derive(move || day_bars(&progress.read()));
    let quota = (min_quota > 0).then(|| t_string!(i18n, judging.board.quota, count = min_quota));
    view! {
        <div class="board-charts">
            <section class="panel">
                <BarChart title=t_string!(i18n, judging.board.units) bars=units/>
                {quota.map(|quota| view! { <p class="muted small">{quota}</p> })}
            </section>
            <section class="panel">
                <ColumnChart title=t_string!(i18n, judging.board.days) bars=days/>
            </section>
        </div>
    }
    .into_any()
}

/// A bar a unit, by name; the text says received and forwarded, the colour whether the quota is met.
fn unit_bars(progress: &Progress, names: &[(String, String)], min_quota: u32) -> Vec<Bar> {
    let i18n = use_i18n();
    let mut bars: Vec<Bar> = progress
        .units
        .iter()
        .map(|(key, count)| {
            let label = names.iter().find(|(known, _)| known == key).map_or_else(
                || t_string!(i18n, judging.board.no_unit).to_owned(),
                |(_, name)| name.clone(),
            );
            Bar {
                label,
                value: i64::from(count.received),
                text: match (min_quota, count.forwarded) {
                    (0, 0) => count.received.to_string(),
                    (_, forwarded) => t_string!(
                        i18n,
                        judging.board.unit_count,
                        received = count.received,
                        forwarded = forwarded
                    ),
                },
                tone: if count.forwarded >= min_quota {
                    Tone::Ok
                } else {
                    Tone::Warn
                },
            }
        })
        .collect();
    // Units nobody entered from are the ones a leader looks for.
    bars.extend(
        names
            .iter()
            .filter(|(key, _)| !progress.units.contains_key(key))
            .map(|(_, name)| Bar {
                tone: if min_quota == 0 { Tone::Neutral } else { Tone::Warn },
                ..Bar::count(name.clone(), 0)
            }),
    );
    bars.sort_by(|a, b| {
        b.value
            .cmp(&a.value)
            .then_with(|| rules::text::compare(&a.label, &b.label))
    });
    bars
}

/// A column a day, `dd/MM`.
fn day_bars(progress: &Progress) -> Vec<Bar> {
    progress
        .days
        .iter()
        .map(|(day, count)| Bar::count(short_day(day), i64::from(*count)))
        .collect()
}

/// `2023-10-13` → `13/10`.
fn short_day(day: &str) -> String {
    match day.split('-').collect::<Vec<_>>().as_slice() {
        [_, month, day] => format!("{day}/{month}"),
        _ => day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::short_day;

    #[test]
    fn a_day_is_shown_day_first() {
        assert_eq!(short_day("2023-10-03"), "03/10");
    }
}
