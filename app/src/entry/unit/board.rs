//! The unit's entries by where they stand.

use contract::entry::{DeskEntry, UnitBoardView};
use leptos::prelude::*;
use rules::entry::EntryState;
use rules::time::Zone;

use crate::deadline::TimelinessBadge;
use crate::entry::parts::{CodeChip, StateBadge, detail_href};
use crate::text::word;
use crate::ui::{DateTime, EmptyState, Icon, IconName};

/// Where an entry lies on the board.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    New,
    Screening,
    Returned,
    KeptBack,
    Forwarded,
    Withdrawn,
}

impl Column {
    const ALL: [Column; 6] = [
        Column::New,
        Column::Screening,
        Column::Returned,
        Column::Forwarded,
        Column::KeptBack,
        Column::Withdrawn,
    ];

    fn of(state: EntryState) -> Self {
        match state {
            EntryState::Draft | EntryState::SubmittedToUnit => Column::New,
            EntryState::UnitScreening => Column::Screening,
            EntryState::ReturnedForSupplement => Column::Returned,
            EntryState::NotSelectedByUnit => Column::KeptBack,
            EntryState::Withdrawn => Column::Withdrawn,
            EntryState::Forwarded
            | EntryState::EligibilityCheck
            | EntryState::Accepted
            | EntryState::Rejected
            | EntryState::InRound
            | EntryState::Advanced
            | EntryState::Eliminated
            | EntryState::Ranked
            | EntryState::Awarded
            | EntryState::NotAwarded
            | EntryState::Disqualified => Column::Forwarded,
        }
    }

    fn title(self) -> String {
        match self {
            Column::New => word!(entry.unit.column.just_in),
            Column::Screening => word!(entry.unit.column.screening),
            Column::Returned => word!(entry.unit.column.returned),
            Column::KeptBack => word!(entry.unit.column.kept_back),
            Column::Forwarded => word!(entry.unit.column.forwarded),
            Column::Withdrawn => word!(entry.unit.column.withdrawn),
        }
    }
}

/// The columns; those without an entry are left out, but for the first two and the forwarded.
#[component]
pub fn Columns(view: UnitBoardView) -> impl IntoView {
    if view.entries.is_empty() {
        return view! {
            <EmptyState title=word!(entry.unit.empty) icon=IconName::Inbox>
                <p>{word!(entry.unit.empty_next)}</p>
            </EmptyState>
        }
        .into_any();
    }
    let columns = Column::ALL
        .into_iter()
        .map(|column| {
            let mut entries: Vec<DeskEntry> = view
                .entries
                .iter()
                .filter(|entry| Column::of(entry.state) == column)
                .cloned()
                .collect();
            entries.sort_by(|a, b| {
                a.forward_rank
                    .cmp(&b.forward_rank)
                    .then(a.submitted_at.cmp(&b.submitted_at))
            });
            (column, entries)
        })
        .filter(|(column, entries)| {
            !entries.is_empty() || matches!(column, Column::New | Column::Screening | Column::Forwarded)
        })
        .map(|(column, entries)| {
            let id = format!("column-{}", column as u8);
            let labelled = id.clone();
            let count = entries.len();
            let cards = entries
                .into_iter()
                .map(|entry| view! { <li><EntryCard entry zone=view.zone.clone()/></li> })
                .collect_view();
            view! {
                <section class="board-column" aria-labelledby=labelled>
                    <h2 class="board-title" id=id>
                        <span>{column.title()}</span>
                        <span class="board-count num">{count}</span>
                    </h2>
                    {if count == 0 {
                        view! { <p class="muted small">{word!(entry.unit.column.none)}</p> }.into_any()
                    } else {
                        view! { <ul class="board-list">{cards}</ul> }.into_any()
                    }}
                </section>
            }
        })
        .collect_view();
    view! { <div class="board-columns">{columns}</div> }.into_any()
}

#[component]
fn EntryCard(entry: DeskEntry, zone: Zone) -> impl IntoView {
    let files = entry.attachments.len();
    let rank = entry
        .forward_rank
        .map(|rank| view! { <span class="board-rank num">{word!(entry.unit.rank, rank = rank)}</span> });
    view! {
        <article class="board-card">
            <div class="cluster">
                <CodeChip code=entry.code/>
                <StateBadge state=entry.state/>
                <TimelinessBadge timeliness=entry.timeliness/>
                {rank}
            </div>
            <h3 class="board-card-title"><a href=detail_href(entry.entry)>{entry.title}</a></h3>
            <p class="small">{entry.authors.join(", ")}</p>
            <p class="muted small">{entry.category_name}</p>
            <p class="board-card-foot muted small">
                <DateTime at=entry.submitted_at zone/>
                {(files > 0).then(|| view! { <span class="board-files"><Icon name=IconName::File/><span>{word!(entry.files.count, count = files)}</span></span> })}
            </p>
            {entry.reason.map(|reason| view! { <p class="board-reason small pre-line">{reason}</p> })}
        </article>
    }
    .into_any()
}
