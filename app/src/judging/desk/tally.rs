//! The score summary (bảng tổng hợp điểm), once every ballot is in: figures, exact values, and why each entry stands
//! above the next.

use std::collections::BTreeSet;

use leptos::prelude::*;
use rules::event::EntryLabel;
use rules::judging::{Advance, RowState, Rubric, Tally, TallyRow};

use super::Desk;
use crate::judging::parts::LabelChip;
use crate::judging::why::why_text;
use crate::judging::words::{decimal, points_full};
use crate::text::word;
use crate::ui::{Badge, IconName, Tone};

/// The ranking with its cut line.
#[component]
pub fn TallyTable(desk: Desk) -> impl IntoView {
    let counted = desk.part(|view| {
        let figures = view
            .tally
            .clone()
            .map(|tally| (tally, view.advance.clone(), view.rubric.clone()));
        figures.map(|figures| (figures, view.titles.clone(), view.state.is_locked()))
    });
    move || {
        counted.get().map(|((tally, advance, rubric), titles, locked)| {
            let lead = if locked {
                word!(judging.tally.final_lead)
            } else {
                word!(judging.tally.lead)
            };
            view! {
                <section class="stack" aria-labelledby="tally">
                    <h2 id="tally">{word!(judging.tally.title)}</h2>
                    <p class="muted measure">{lead}</p>
                    <Figures tally advance rubric titles/>
                </section>
            }
        })
    }
}

#[component]
fn Figures(
    tally: Tally<EntryLabel>,
    advance: Option<Advance<EntryLabel>>,
    rubric: Rubric,
    /// Known once the round is locked.
    titles: Vec<(EntryLabel, String)>,
) -> impl IntoView {
    let by_rank = tally.rows.iter().any(|row| row.mean_rank.is_some());
    let criteria: Vec<_> = rubric
        .criteria
        .iter()
        .map(|criterion| (criterion.code.clone(), criterion.name.clone()))
        .collect();
    let heads = criteria
        .iter()
        .map(|(code, name)| view! { <th scope="col" class="right"><abbr title=name.clone()>{code.to_string()}</abbr></th> })
        .collect_view();
    let columns = 6 + criteria.len() + usize::from(by_rank);
    let advanced: BTreeSet<EntryLabel> = advance
        .iter()
        .flat_map(|advance| advance.advanced.iter().cloned())
        .collect();
    let last_in = advance
        .as_ref()
        .and_then(|advance| advance.advanced.last().cloned());
    let undecided: BTreeSet<EntryLabel> = advance
        .iter()
        .flat_map(|advance| advance.undecided.iter().cloned())
        .collect();
    let margin = advance.as_ref().and_then(|advance| advance.margin);
    let rows = tally
        .rows
        .iter()
        .map(|row| {
            let goes_on = advance.is_some().then(|| advanced.contains(&row.entry));
            let open = undecided.contains(&row.entry);
            let figures = criteria
                .iter()
                .map(|(code, _)| {
                    let average = row.criteria.get(code).map(|average| decimal(*average, 2));
                    view! { <td class="num right">{average}</td> }
                })
                .collect_view();
            let mean_rank = by_rank
                .then(|| view! { <td class="num right">{row.mean_rank.map(|rank| decimal(rank, 2))}</td> });
            let cut = (last_in.as_ref() == Some(&row.entry)).then(|| {
                let text = match margin {
                    Some(margin) => word!(
                        judging.tally.cut_margin,
                        count = advanced.len(),
                        margin = points_full(margin)
                    ),
                    None => word!(judging.tally.cut, count = advanced.len()),
                };
                view! { <tr class="cut-row"><td colspan=columns.to_string()><span>{text}</span></td></tr> }
            });
            let why = tally.why_above_next(&row.entry).map(|pair| {
                let text = word!(
                    judging.why.line,
                    above = pair.above.0.clone(),
                    below = pair.below.0.clone(),
                    why = why_text(&pair.why, Some(&rubric))
                );
                view! { <tr class="why-row"><td colspan=columns.to_string()>{text}</td></tr> }
            });
            let title = titles
                .iter()
                .find(|(known, _)| *known == row.entry)
                .map(|(_, title)| title.clone());
            view! {
                <tr class="tally-row" class:tally-in=(goes_on == Some(true)) class:tally-open=open>
                    <td class="num right tally-rank">{row.rank.map(|rank| rank.to_string())}</td>
                    <th scope="row">
                        <LabelChip label=row.entry.clone()/>
                        {title.map(|title| view! { <span class="tally-title">{title}</span> })}
                        <StateBadge state=row.state/>
                    </th>
                    <td class="num right"><Average row=row.clone()/></td>
                    {mean_rank}
                    <td class="num right">{row.min.map(points_full)}</td>
                    <td class="num right">{row.max.map(points_full)}</td>
                    <td class="num right">{format!("{}/{}", row.valid, tally.judges)}</td>
                    {figures}
                </tr>
                {cut}
                {why}
            }
        })
        .collect_view();
    let scrolls = format!("{} – {}", word!(judging.tally.title), word!(common.table.scrolls));
    let rank_head =
        by_rank.then(|| view! { <th scope="col" class="right">{word!(judging.tally.mean_rank)}</th> });
    view! {
        <div class="table-frame tally-frame" role="region" tabindex="0" aria-label=scrolls>
            <table class="table tally-table">
                <caption class="visually-hidden">{word!(judging.tally.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="right">{word!(judging.tally.rank)}</th>
                        <th scope="col">{word!(judging.desk.entry)}</th>
                        <th scope="col" class="right">{word!(judging.tally.average)}</th>
                        {rank_head}
                        <th scope="col" class="right">{word!(judging.tally.min)}</th>
                        <th scope="col" class="right">{word!(judging.tally.max)}</th>
                        <th scope="col" class="right">{word!(judging.tally.ballots)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The rounded average; unfolded, the exact fraction it was rounded from.
#[component]
fn Average(row: TallyRow<EntryLabel>) -> impl IntoView {
    let Some((exact, rounded)) = row.average.zip(row.rounded) else {
        return ().into_any();
    };
    let fraction = exact.to_string();
    view! {
        <details class="exact">
            <summary title=fraction.clone()>{points_full(rounded)}</summary>
            <span class="exact-value">{word!(judging.tally.exact, fraction = fraction, decimal = decimal(exact, 6))}</span>
        </details>
    }
    .into_any()
}

/// Why an entry has no rank.
#[component]
pub fn StateBadge(state: RowState) -> impl IntoView {
    let text = match state {
        RowState::Ok => return ().into_any(),
        RowState::BelowCriterionFloor => word!(judging.tally.below_floor),
        RowState::QuorumNotMet => word!(judging.tally.no_quorum),
        RowState::NoResult => word!(judging.tally.no_result),
    };
    view! { <Badge tone=Tone::Warn icon=IconName::AlertTriangle>{text}</Badge> }.into_any()
}
