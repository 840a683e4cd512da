//! The unit's entries by where they stand: lanes side by side on a wide screen, one below the other on a phone.

use contract::entry::{DeskEntry, UnitBoardView};
use contract::unit::UnitDeskView;
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;
use rules::id::Version;
use rules::text::fold;
use rules::time::{Timestamp, Zone};
use rules::unit::{Lane, UnitOrder, lane};

use super::saving::ListDesk;
use crate::deadline::TimelinessBadge;
use crate::entry::parts::{CodeChip, StateBadge, detail_href};
use crate::text::word;
use crate::ui::{Badge, Button, DateTime, EmptyState, Icon, IconName, TextField, TextKind, Tone, Variant};

/// Id of a lane's heading.
pub fn lane_id(lane: Lane) -> String {
    format!("lane-{}", lane.slug())
}

/// Name of a lane.
pub fn lane_name(lane: Lane) -> String {
    match lane {
        Lane::Waiting => word!(unit.lane.waiting),
        Lane::Screening => word!(unit.lane.screening),
        Lane::Returned => word!(unit.lane.returned),
        Lane::OnList => word!(unit.lane.on_list),
        Lane::Forwarded => word!(unit.lane.forwarded),
        Lane::KeptBack => word!(unit.lane.kept_back),
        Lane::Withdrawn => word!(unit.lane.withdrawn),
    }
}

/// Search and lanes. The lane of the list follows the list as it is made.
#[component]
pub fn Lanes(view: UnitDeskView, list: ListDesk) -> impl IntoView {
    if view.board.entries.is_empty() {
        return view! {
            <EmptyState title=word!(entry.unit.empty) icon=IconName::Inbox>
                <p>{word!(entry.unit.empty_next)}</p>
            </EmptyState>
        }
        .into_any();
    }
    let query = use_query_map();
    let first = query.with_untracked(|query| query.get("q").unwrap_or_default());
    let typed = RwSignal::new(first.clone());
    let unit = view.board.unit.to_string();
    let board = StoredValue::new(view.board);
    let total = board.with_value(|board| board.entries.len());
    let found = Memo::new(move |_| {
        let words = typed.with(|typed| fold(typed));
        board.with_value(|board| {
            let matching = board.entries.iter().filter(|entry| matches(entry, &words));
            matching.map(|entry| entry.entry).collect::<Vec<_>>()
        })
    });
    let listed = Memo::new(move |_| match list.version.get() {
        // a list nobody saved is a proposal: nothing lies on it yet
        Version(0) => UnitOrder::default(),
        _ => list.order(),
    });
    let lanes = move || {
        let (found, listed, searching) = (found.get(), listed.get(), !typed.with(String::is_empty));
        board.with_value(|board| {
            let entries: Vec<DeskEntry> = board
                .entries
                .iter()
                .filter(|entry| found.contains(&entry.entry))
                .cloned()
                .collect();
            view! { <Columns board=board.clone() entries listed searching/> }.into_any()
        })
    };
    view! {
        <Form method="GET" action="">
            <input type="hidden" name="unit" value=unit/>
            <div class="search-row board-search" role="search">
                <TextField
                    name="q"
                    label=word!(unit.search.label)
                    hint=word!(unit.search.hint)
                    kind=TextKind::Search
                    value=first
                    on_input=Callback::new(move |text: String| typed.set(text))
                />
                <Button variant=Variant::Secondary icon=IconName::Search>{word!(unit.search.act)}</Button>
            </div>
        </Form>
        <p class="muted small" role="status">
            {move || (!typed.with(String::is_empty)).then(|| word!(unit.search.found, count = found.with(Vec::len), total = total))}
        </p>
        {lanes}
    }
    .into_any()
}

/// Whether title, code or an author holds every word, diacritics aside.
fn matches(entry: &DeskEntry, words: &str) -> bool {
    let text = fold(&format!(
        "{} {} {}",
        entry.title,
        entry.code,
        entry.authors.join(" ")
    ));
    words.split_whitespace().all(|word| text.contains(word))
}

/// The lanes; kept-back and withdrawn entries have one only while there are any.
#[component]
fn Columns(
    board: UnitBoardView,
    entries: Vec<DeskEntry>,
    listed: UnitOrder,
    searching: bool,
) -> impl IntoView {
    let columns = Lane::ALL
        .into_iter()
        .map(|lane| {
            let mut mine: Vec<DeskEntry> = entries
                .iter()
                .filter(|entry| rules::unit::lane(entry.state, listed.names(entry.entry)) == lane)
                .cloned()
                .collect();
            let place = |entry: &DeskEntry| listed.entries().position(|listed| listed == entry.entry);
            mine.sort_by_key(|entry| (entry.forward_rank, place(entry), entry.submitted_at));
            (lane, mine)
        })
        .filter(|(lane, mine)| !mine.is_empty() || !matches!(lane, Lane::KeptBack | Lane::Withdrawn))
        .map(|(lane, mine)| {
            let id = lane_id(lane);
            let labelled = id.clone();
            let count = mine.len();
            let cards = mine
                .into_iter()
                .map(|entry| {
                    let place = mark_of(&entry, &listed);
                    view! { <li><EntryCard entry place zone=board.zone.clone() now=board.now/></li> }
                })
                .collect_view();
            let empty = if searching {
                word!(unit.lane.no_match)
            } else {
                word!(unit.lane.none)
            };
            view! {
                <section class="board-column" data-lane=lane.slug() aria-labelledby=labelled>
                    <h2 class="board-title" id=id tabindex="-1">
                        <span>{lane_name(lane)}</span>
                        <span class="board-count num">{count}</span>
                    </h2>
                    {if count == 0 {
                        view! { <p class="muted small">{empty}</p> }.into_any()
                    } else {
                        view! { <ul class="board-list">{cards}</ul> }.into_any()
                    }}
                </section>
            }
        })
        .collect_view();
    view! { <div class="board-columns board-lanes">{columns}</div> }.into_any()
}

/// The place an entry has: on its slip, on the list, or among the reserves.
fn mark_of(entry: &DeskEntry, listed: &UnitOrder) -> Option<String> {
    if let Some(rank) = entry.forward_rank {
        return Some(word!(unit.lane.place, place = rank));
    }
    if lane(entry.state, listed.names(entry.entry)) != Lane::OnList {
        return None;
    }
    if let Some(place) = listed.reserve_place(entry.entry) {
        return Some(word!(unit.lane.reserve, place = place));
    }
    let place = listed.selected.iter().position(|listed| *listed == entry.entry)?;
    Some(word!(unit.lane.place, place = place + 1))
}

#[component]
fn EntryCard(
    entry: DeskEntry,
    #[prop(optional_no_strip)] place: Option<String>,
    zone: Zone,
    now: Timestamp,
) -> impl IntoView {
    let files = entry.attachments.len();
    let place = place.map(|place| view! { <span class="board-rank num">{place}</span> });
    let due = entry.due_at.map(|due| {
        let late = (due < now).then(|| view! { <Badge tone=Tone::Warn>{word!(unit.lane.overdue)}</Badge> });
        view! {
            <p class="small cluster">
                <span>{word!(unit.lane.due)}</span>
                <DateTime at=due zone=zone.clone()/>
                {late}
            </p>
        }
    });
    view! {
        <article class="board-card">
            <div class="cluster">
                <CodeChip code=entry.code/>
                <StateBadge state=entry.state/>
                <TimelinessBadge timeliness=entry.timeliness/>
                {place}
            </div>
            <h3 class="board-card-title"><a href=detail_href(entry.entry)>{entry.title}</a></h3>
            <p class="small">{entry.authors.join(", ")}</p>
            <p class="muted small">{entry.category_name}</p>
            <p class="board-card-foot muted small">
                <DateTime at=entry.submitted_at zone=zone.clone()/>
                {(files > 0).then(|| view! { <span class="board-files"><Icon name=IconName::File/><span>{word!(entry.files.count, count = files)}</span></span> })}
            </p>
            {due}
            {entry.reason.map(|reason| view! { <p class="board-reason small pre-line">{reason}</p> })}
        </article>
    }
    .into_any()
}
