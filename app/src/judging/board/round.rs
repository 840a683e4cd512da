//! A round as a track: how full it is, judge by judge and entry by entry. Never a score.

use super::NoRounds;
use crate::i18n::{t_string, use_i18n};
use crate::text::{cell_state_name, round_state_name, round_tone};
use crate::ui::{Badge, GridCell, GridChart, ProgressBar, Tone};
use leptos::prelude::*;
use rules::event::{CellState, EntryLabel, Progress, RoundProgress};
use rules::id::RoundId;
use rules::judging::RoundState;

/// Every round that has opened, in order.
#[component]
pub fn Rounds(progress: RwSignal<Progress>, names: Vec<(RoundId, String)>) -> impl IntoView {
    let opened = Memo::new(move |_| {
        progress
            .read()
            .rounds
            .iter()
            .map(|round| round.round)
            .collect::<Vec<_>>()
    });
    let rounds = move || {
        let opened = opened.get();
        if opened.is_empty() {
            return view! { <NoRounds/> }.into_any();
        }
        opened
            .into_iter()
            .enumerate()
            .map(|(index, id)| {
                let name = names
                    .iter()
                    .find(|(known, _)| *known == id)
                    .map_or_else(String::new, |(_, name)| name.clone());
                view! { <Round progress index name/> }
            })
            .collect_view()
            .into_any()
    };
    view! { <div class="board-rounds">{rounds}</div> }.into_any()
}

#[component]
fn Round(progress: RwSignal<Progress>, index: usize, name: String) -> impl IntoView {
    let i18n = use_i18n();
    // Rounds are only ever appended, so the position names the round for as long as the page lives.
    let round = Memo::new(move |_| progress.read().rounds.get(index).cloned());
    let state = Memo::new(move |_| {
        round
            .read()
            .as_ref()
            .map_or(RoundState::Planned, |round| round.state)
    });
    let done = Memo::new(move |_| round.read().as_ref().map_or((0, 0), RoundProgress::done));
    let tone = if state.get_untracked() == RoundState::Locked {
        Tone::Ok
    } else {
        Tone::Info
    };
    let title = t_string!(i18n, judging.board.grid, round = name.clone());
    let label = name.clone();
    view! {
        <section class="board-round panel" aria-label=label>
            <div class="cluster spread">
                <h2 class="board-round-name">{name}</h2>
                {move || view! { <Badge tone=round_tone(state.get())>{round_state_name(state.get())}</Badge> }}
            </div>
            <ProgressBar
                label=t_string!(i18n, judging.board.ballots)
                done=Signal::derive(move || u64::from(done.get().0))
                total=Signal::derive(move || u64::from(done.get().1))
                tone
            />
            <Orders round/>
            <Deliberating round/>
            <Advanced round/>
            <GridChart
                title
                corner=t_string!(i18n, judging.board.judge)
                rows=Signal::derive(move || row_names(round.read().as_ref()))
                columns=Signal::derive(move || round.read().as_ref().map_or_else(Vec::new, |round| labels(&round.entries)))
                cells=Signal::derive(move || round.read().as_ref().map_or_else(Vec::new, cells))
            />
            <Legend/>
        </section>
    }
    .into_any()
}

/// Each judge's seat with how many are in: "GK 3 · 7/22".
fn row_names(round: Option<&RoundProgress>) -> Vec<String> {
    round.map_or_else(Vec::new, |round| {
        round
            .judges
            .iter()
            .map(|seat| {
                let (done, of) = round.done_by(seat);
                format!("{} · {done}/{of}", seat.0)
            })
            .collect()
    })
}

fn labels(entries: &[EntryLabel]) -> Vec<String> {
    entries.iter().map(|entry| entry.0.clone()).collect()
}

fn cells(round: &RoundProgress) -> Vec<Vec<GridCell>> {
    round
        .judges
        .iter()
        .map(|seat| {
            round
                .entries
                .iter()
                .map(|entry| cell(round.cell(seat, entry)))
                .collect()
        })
        .collect()
}

fn cell(state: CellState) -> GridCell {
    let (level, mark) = look(state);
    GridCell {
        level,
        text: cell_state_name(state),
        mark: mark.to_owned(),
    }
}

/// How full a cell is drawn, and its sign for those who do not see the colour.
const fn look(state: CellState) -> (u8, &'static str) {
    match state {
        CellState::Empty => (0, ""),
        CellState::Recused => (1, "–"),
        CellState::Reopened => (2, "↺"),
        CellState::Submitted => (4, "✓"),
    }
}

#[component]
fn Legend() -> impl IntoView {
    let items = [CellState::Submitted, CellState::Reopened, CellState::Recused, CellState::Empty]
        .map(|state| {
            let (level, mark) = look(state);
            view! {
                <li>
                    <span class="heat board-legend-cell" data-level=level.to_string() aria-hidden="true">{mark}</span>
                    <span>{cell_state_name(state)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="board-legend small">{items}</ul> }.into_any()
}

/// Order ballots in, where the round asks for them.
#[component]
fn Orders(round: Memo<Option<RoundProgress>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let round = round.get()?;
        round.wants_order.then(|| {
            view! {
                <ProgressBar
                    label=t_string!(i18n, judging.board.orders)
                    done=round.orders_in.len() as u64
                    total=round.judges.len() as u64
                />
            }
        })
    }
}

/// Entries being deliberated now.
#[component]
fn Deliberating(round: Memo<Option<RoundProgress>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let entries = labels(&round.get()?.deliberating).join(", ");
        (!entries.is_empty())
            .then(|| view! { <p>{t_string!(i18n, judging.board.deliberating, entries = entries)}</p> })
    }
}

/// How many advanced, once the round is locked.
#[component]
fn Advanced(round: Memo<Option<RoundProgress>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let advanced = round.get()?.advanced;
        (advanced > 0).then(|| view! { <p>{t_string!(i18n, judging.board.advanced, count = advanced)}</p> })
    }
}
