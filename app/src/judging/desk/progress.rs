//! How far the jury is: all of it, judge by judge, and cell by cell. States only, never a point.

use leptos::prelude::*;
use rules::event::{CellState, EntryLabel, RoundProgress, SeatLabel};

use super::Desk;
use crate::text::{cell_state_name, violation_text, word};
use crate::ui::{Badge, GridCell, GridChart, IconName, Notice, ProgressBar, ProgressRing, Tone};

/// Progress of the round.
#[component]
pub fn JuryProgress(desk: Desk) -> impl IntoView {
    let progress = desk.part(|view| view.progress.clone());
    let names = desk.part(|view| view.seats.clone());
    let blocks = desk.part(|view| view.blocks.clone());
    let done = Signal::derive(move || progress.with(|now| now.as_ref().map_or((0, 0), RoundProgress::done)));
    let (filled, wanted) = (
        Signal::derive(move || u64::from(done.get().0)),
        Signal::derive(move || u64::from(done.get().1)),
    );
    let text = move || word!(judging.desk.ballots_in, done = filled.get(), total = wanted.get());
    let waiting = move || {
        let blocks = blocks.get();
        (!blocks.is_empty()).then(|| {
            let lines = blocks
                .iter()
                .map(|block| view! { <li>{violation_text(block)}</li> })
                .collect_view();
            view! { <Notice tone=Tone::Info title=word!(judging.desk.blocked)><ul>{lines}</ul></Notice> }
        })
    };
    let grid = move || progress.with(Option::is_some).then(|| view! { <Grid progress/> });
    view! {
        <section class="stack" aria-label=word!(judging.desk.progress)>
            <div class="panel queue-progress">
                <ProgressRing label=word!(judging.desk.progress) done=filled total=wanted tone=Tone::Info/>
                <p class="strong">{text}</p>
            </div>
            {waiting}
            <Seats progress names/>
            {grid}
        </section>
    }
    .into_any()
}

/// Scorecards the quickest judge has handed in before another counts as behind.
const CLEARLY_AHEAD: u32 = 4;

/// Judge by judge, those who are behind first.
#[component]
fn Seats(progress: Memo<Option<RoundProgress>>, names: Memo<Vec<(SeatLabel, String)>>) -> impl IntoView {
    let rows = move || {
        let now = progress.get()?;
        let names = names.get();
        let mut seats: Vec<(u32, u32, SeatLabel)> = now
            .judges
            .iter()
            .map(|seat| {
                let (done, of) = now.done_by(seat);
                (done, of, seat.clone())
            })
            .collect();
        seats.sort_by(|a, b| (a.0, &a.2).cmp(&(b.0, &b.2)));
        let ahead = seats.iter().map(|(done, ..)| *done).max().unwrap_or_default();
        let rows = seats
            .into_iter()
            .map(|(done, of, seat)| {
                let name = names.iter().find(|(known, _)| *known == seat).map(|(_, name)| name.clone()).unwrap_or_default();
                // at the start nobody is: half of what the quickest has done, once that says something
                let behind = done < of && ahead >= CLEARLY_AHEAD && done * 2 <= ahead;
                let order_due = now.wants_order && !now.orders_in.contains(&seat);
                let tone = if done == of { Tone::Ok } else { Tone::Info };
                view! {
                    <li class="seat-row">
                        <ProgressBar label=format!("{} – {name}", seat.0) done=u64::from(done) total=u64::from(of) tone/>
                        <div class="cluster">
                            {behind.then(|| view! { <Badge tone=Tone::Warn icon=IconName::Clock>{word!(judging.desk.behind)}</Badge> })}
                            {order_due.then(|| view! { <Badge icon=IconName::List>{word!(judging.desk.order_due)}</Badge> })}
                        </div>
                    </li>
                }
            })
            .collect_view();
        Some(view! { <ul class="seat-list">{rows}</ul> })
    };
    view! {
        <h2>{word!(judging.desk.judges)}</h2>
        {rows}
    }
    .into_any()
}

/// Entry by judge.
#[component]
fn Grid(progress: Memo<Option<RoundProgress>>) -> impl IntoView {
    let rows = Signal::derive(move || {
        progress.with(|now| {
            now.iter()
                .flat_map(|now| now.entries.iter().map(|label| label.0.clone()))
                .collect::<Vec<_>>()
        })
    });
    let columns = Signal::derive(move || {
        progress.with(|now| {
            now.iter()
                .flat_map(|now| now.judges.iter().map(|seat| seat.0.clone()))
                .collect::<Vec<_>>()
        })
    });
    let cells = Signal::derive(move || {
        progress.with(|now| {
            now.as_ref().map_or_else(Vec::new, |now| {
                let row = |label: &EntryLabel| {
                    now.judges
                        .iter()
                        .map(|seat| cell(now, seat, label))
                        .collect::<Vec<_>>()
                };
                now.entries.iter().map(row).collect::<Vec<_>>()
            })
        })
    });
    view! { <GridChart title=word!(judging.desk.grid) corner=word!(judging.desk.entry) rows columns cells/> }
        .into_any()
}

fn cell(now: &RoundProgress, seat: &SeatLabel, label: &EntryLabel) -> GridCell {
    let state = now.cell(seat, label);
    let (level, mark) = match state {
        CellState::Empty => (0, ""),
        CellState::Submitted => (3, "✓"),
        CellState::Recused => (1, "–"),
        CellState::Reopened => (2, "↻"),
    };
    GridCell {
        level,
        text: cell_state_name(state),
        mark: mark.to_owned(),
    }
}
