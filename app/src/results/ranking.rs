//! The final ranking with names, figures and the reason for every place.

use contract::results::{RankedEntry, ResultsDeskView};
use leptos::prelude::*;

use super::prizes::tier_name;
use crate::judging::{StateBadge, decimal, points_full, why_text};
use crate::text::word;
use crate::ui::{Badge, IconName, Tone};

/// The table of the last round.
#[component]
pub fn Ranking(desk: ResultsDeskView) -> impl IntoView {
    let rows = desk
        .tally
        .rows
        .iter()
        .map(|row| {
            let known = desk.ranked.iter().find(|ranked| ranked.code == row.entry).cloned();
            let average = row.average.zip(row.rounded).map(|(exact, rounded)| {
                let fraction = exact.to_string();
                view! {
                    <details class="exact">
                        <summary title=fraction.clone()>{points_full(rounded)}</summary>
                        <span class="exact-value">{word!(judging.tally.exact, fraction = fraction, decimal = decimal(exact, 6))}</span>
                    </details>
                }
            });
            let why = desk.tally.why_above_next(&row.entry).map(|pair| {
                let why = why_text(&pair.why, None);
                let text = word!(judging.why.line, above = pair.above.clone(), below = pair.below.clone(), why = why);
                view! { <tr class="why-row"><td colspan="7">{text}</td></tr> }
            });
            let prize = known.as_ref().and_then(|known| known.prize.clone()).map(|tier| tier_name(&desk.prizes, &tier));
            let awarded = prize.is_some();
            view! {
                <tr class="tally-row" class:tally-in=awarded>
                    <td class="num right tally-rank">{row.rank.map(|rank| rank.to_string())}</td>
                    <th scope="row">
                        <span class="label-chip num">{row.entry.clone()}</span>
                        <StateBadge state=row.state/>
                    </th>
                    <td>{known.map(|known| view! { <Entry known/> })}</td>
                    <td>{prize.map(|prize| view! { <Badge tone=Tone::Gold icon=IconName::Award>{prize}</Badge> })}</td>
                    <td class="num right">{average}</td>
                    <td class="num right">{row.min.map(points_full)}</td>
                    <td class="num right">{row.max.map(points_full)}</td>
                </tr>
                {why}
            }
        })
        .collect_view();
    let scrolls = format!(
        "{} – {}",
        word!(results.ranking.title),
        word!(common.table.scrolls)
    );
    view! {
        <section class="stack" aria-labelledby="ranking">
            <h2 id="ranking">{word!(results.ranking.title)}</h2>
            <div class="table-frame tally-frame" role="region" tabindex="0" aria-label=scrolls>
                <table class="table tally-table">
                    <caption class="visually-hidden">{word!(results.ranking.title)}</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="right">{word!(judging.tally.rank)}</th>
                            <th scope="col">{word!(results.ranking.code)}</th>
                            <th scope="col">{word!(results.ranking.entry)}</th>
                            <th scope="col">{word!(results.ranking.prize)}</th>
                            <th scope="col" class="right">{word!(judging.tally.average)}</th>
                            <th scope="col" class="right">{word!(judging.tally.min)}</th>
                            <th scope="col" class="right">{word!(judging.tally.max)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Entry(known: RankedEntry) -> impl IntoView {
    let people = known.authors.join(", ");
    let from = match known.unit_name {
        Some(unit) => format!("{people} – {unit}"),
        None => people,
    };
    view! {
        <span class="ranking-title">{known.title}</span>
        <span class="muted small">{from}</span>
    }
    .into_any()
}
