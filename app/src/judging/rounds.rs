//! The rounds in which the viewer judges, with what is still owed.

use contract::judging::QueueView;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use rules::judging::RoundState;

use super::api;
use super::parts::queue_href;
use super::words::RoundBadge;
use crate::text::{ErrorView, word};
use crate::ui::{Badge, Card, EmptyState, IconName, PageHeader, ProgressRing, Skeleton, Tone};

/// `/judging`
pub struct RoundsPage;

#[lazy_route]
impl LazyRoute for RoundsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let loaded = Resource::new_blocking(|| (), |()| api::queues());
        view! {
            <Transition fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(queues) => view! { <Rounds queues/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Rounds(queues: Vec<QueueView>) -> impl IntoView {
    let body = if queues.is_empty() {
        view! {
            <EmptyState title=word!(judging.rounds.none) icon=IconName::Scale>
                <p>{word!(judging.rounds.none_text)}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let cards = queues
            .into_iter()
            .map(|queue| view! { <RoundCard queue/> })
            .collect_view();
        view! { <div class="grid grid-wide">{cards}</div> }.into_any()
    };
    view! {
        <PageHeader title=word!(judging.rounds.title)><p>{word!(judging.rounds.lead)}</p></PageHeader>
        {body}
    }
    .into_any()
}

#[component]
fn RoundCard(queue: QueueView) -> impl IntoView {
    let total = queue.entries.len() as u64;
    let done = u64::from(queue.done);
    let left = total.saturating_sub(done);
    let working = queue.state.takes_ballots();
    let order_due = queue.wants_order && !queue.order_submitted && working;
    let next = match queue.state {
        RoundState::Planned => word!(judging.rounds.planned),
        RoundState::Locked => word!(judging.rounds.locked),
        _ if !queue.principles_confirmed => word!(judging.rounds.confirm_first),
        _ if queue.wants_scores && left > 0 => word!(judging.rounds.left, count = left),
        _ if order_due => word!(judging.rounds.order_due),
        _ => word!(judging.rounds.done),
    };
    let due = working && (left > 0 || order_due);
    let tone = if done == total { Tone::Ok } else { Tone::Info };
    view! {
        <Card title=queue.round_name.clone() href=queue_href(queue.round) highlight=due>
            <div class="round-card">
                <ProgressRing label=word!(judging.queue.progress) done total tone/>
                <div class="stack stack-s">
                    <p class="muted">{queue.contest_name}</p>
                    <div class="cluster">
                        <RoundBadge state=queue.state/>
                        <Badge>{word!(judging.queue.seat, seat = queue.seat.0)}</Badge>
                        {queue.chair.then(|| view! { <Badge tone=Tone::Gold icon=IconName::Star>{word!(judging.queue.chair)}</Badge> })}
                    </div>
                    <p>{next}</p>
                </div>
            </div>
        </Card>
    }
    .into_any()
}
