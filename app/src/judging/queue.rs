//! A judge's queue: the entries by label with the own state and total, what is still owed, the way to the board.

mod sign_off;

use contract::judging::{QueueEntry, QueueView};
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::id::RoundId;

use self::sign_off::SignOff;
use super::api;
use super::parts::{LabelChip, entry_href, order_href, queue_href};
use super::principles::Principles;
use super::words::{CardBadge, RoundBadge, is_due, points};
use crate::text::{ErrorView, word};
use crate::ui::{
    Badge, EmptyState, IconName, LinkButton, PageHeader, ProgressRing, Skeleton, Tab, Tabs, Tone, Variant,
};

/// `/judging/:round`, with `?show=todo` or `?show=done`.
pub struct QueuePage;

#[lazy_route]
impl LazyRoute for QueuePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let round = Memo::new(move |_| {
            params
                .read()
                .get("round")
                .and_then(|text| text.parse::<RoundId>().ok())
        });
        let loaded = Resource::new_blocking(
            move || round.get(),
            |round| async move {
                match round {
                    Some(round) => api::queue(round).await,
                    None => Err(Error::NotFound(Kind::Round)),
                }
            },
        );
        let again = Callback::new(move |()| loaded.refetch());
        view! {
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(queue) => view! { <Queue queue again/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// Which entries are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    Due,
    Done,
}

#[component]
fn Queue(queue: QueueView, again: Callback<()>) -> impl IntoView {
    let (done, total) = (u64::from(queue.done), queue.entries.len() as u64);
    let working = queue.state.takes_ballots();
    let (round, key) = (queue.round, queue.key);
    let crumbs = vec![(word!(judging.rounds.title), "/judging".to_owned())];
    let first_due = queue
        .entries
        .iter()
        .find(|entry| is_due(entry.state))
        .map(|entry| entry.label.clone());
    let actions = {
        let ready = working && queue.principles_confirmed && queue.wants_scores;
        let order = queue.wants_order;
        move || {
            let start = first_due.clone().filter(|_| ready).map(|label| {
                view! {
                    <LinkButton href=entry_href(round, &label) icon=IconName::Edit>
                        {word!(judging.queue.go_on, label = label.0.clone())}
                    </LinkButton>
                }
            });
            let board = order.then(|| {
                view! {
                    <LinkButton href=order_href(round) variant=Variant::Secondary icon=IconName::List>
                        {word!(judging.queue.board)}
                    </LinkButton>
                }
            });
            view! { {start} {board} }
        }
    };
    let tone = if done == total { Tone::Ok } else { Tone::Info };
    let (state, seat, chair) = (queue.state, queue.seat.0.clone(), queue.chair);
    view! {
        <PageHeader title=queue.round_name.clone() crumbs overline=queue.contest_name.clone() actions>
            <div class="cluster">
                <RoundBadge state/>
                <Badge>{word!(judging.queue.seat, seat = seat)}</Badge>
                {chair.then(|| view! { <Badge tone=Tone::Gold icon=IconName::Star>{word!(judging.queue.chair)}</Badge> })}
            </div>
        </PageHeader>
        <div class="with-aside">
            <div class="stack">
                {(working && !queue.principles_confirmed).then(|| view! { <Principles round key done=again/> })}
                <EntryList queue=queue.clone()/>
            </div>
            <aside class="stack">
                <div class="panel queue-progress">
                    <ProgressRing label=word!(judging.queue.progress) done total tone/>
                    <p>{word!(judging.queue.done_of, done = done, total = total)}</p>
                </div>
                <SignOff queue/>
            </aside>
        </div>
    }
    .into_any()
}

/// The entries, all or those due or done: each choice has an address, so it works as a plain link.
#[component]
fn EntryList(queue: QueueView) -> impl IntoView {
    let query = use_query_map();
    let show = Memo::new(move |_| match query.read().get("show").as_deref() {
        Some("todo") => Show::Due,
        Some("done") => Show::Done,
        _ => Show::All,
    });
    let round = queue.round;
    let due = queue.entries.iter().filter(|entry| is_due(entry.state)).count() as u64;
    let all = queue.entries.len() as u64;
    let entries = StoredValue::new(queue.entries);
    let tabs = move || {
        let tab = |text, query: &str, count| Tab {
            text,
            href: format!("{}{query}", queue_href(round)),
            count: Some(count),
        };
        vec![
            tab(word!(judging.queue.all), "", all),
            tab(word!(judging.queue.due), "?show=todo", due),
            tab(word!(judging.queue.done), "?show=done", all - due),
        ]
    };
    let list = move || {
        let shown = move |entry: &QueueEntry| match show.get() {
            Show::All => true,
            Show::Due => is_due(entry.state),
            Show::Done => !is_due(entry.state),
        };
        let rows: Vec<QueueEntry> =
            entries.with_value(|entries| entries.iter().filter(|entry| shown(entry)).cloned().collect());
        if rows.is_empty() {
            let title = match show.get() {
                Show::Due => word!(judging.queue.none_due),
                _ => word!(judging.queue.none),
            };
            return view! { <EmptyState title icon=IconName::CheckCircle/> }.into_any();
        }
        let rows = rows
            .into_iter()
            .map(|entry| view! { <EntryRow round entry/> })
            .collect_view();
        view! { <ul class="queue">{rows}</ul> }.into_any()
    };
    view! {
        <section class="stack" aria-label=word!(judging.queue.entries)>
            {move || view! { <Tabs label=word!(judging.queue.filter) tabs=tabs() current=show.get() as usize/> }}
            {list}
        </section>
    }
    .into_any()
}

#[component]
fn EntryRow(round: RoundId, entry: QueueEntry) -> impl IntoView {
    let total = entry
        .total
        .map(|total| word!(judging.queue.points, points = points(total)));
    view! {
        <li class="queue-row">
            <LabelChip label=entry.label.clone()/>
            <div class="queue-text">
                <a class="queue-link" href=entry_href(round, &entry.label)>{entry.title}</a>
                <span class="muted small">{entry.category_name}</span>
            </div>
            <span class="queue-total num">{total}</span>
            <CardBadge state=entry.state/>
        </li>
    }
    .into_any()
}
