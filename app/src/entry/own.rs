//! My entries: where each stands and what comes next; contests one may enter.

use contract::contest::ContestCard;
use contract::entry::{OwnEntriesView, OwnEntryLine};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::entry::{EntryState, Step};
use rules::id::CommandKey;
use rules::time::Timestamp;

use super::api::{self, StartEntry};
use super::parts::{CodeChip, StateBadge, receipt_href, step_href};
use crate::author::OpenInvitations;
use crate::contest::{FictionalLabel, NextDeadlineLine};
use crate::judging::{Failure, failure_of};
use crate::text::{ErrorView, word};
use crate::ui::{
    Badge, Button, Card, DateTime, EmptyState, IconName, LinkButton, PageHeader, Skeleton, Tone, Variant,
};

/// `/entries`, with `?contest=slug` to put one contest first.
pub struct OwnPage;

#[lazy_route]
impl LazyRoute for OwnPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let loaded = Resource::new_blocking(|| (), |()| api::own_entries());
        view! {
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <Own view/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Own(view: OwnEntriesView) -> impl IntoView {
    let wanted = use_query_map()
        .read_untracked()
        .get("contest")
        .unwrap_or_default();
    let OwnEntriesView {
        now,
        entries,
        mut open_contests,
        key,
    } = view;
    open_contests.sort_by_key(|card| card.slug != wanted);
    let none_open = open_contests.is_empty();
    let start = ServerAction::<StartEntry>::new();
    let list = if entries.is_empty() {
        view! {
            <EmptyState title=word!(entry.own.none) icon=IconName::File>
                <p>{if none_open { word!(entry.own.none_closed) } else { word!(entry.own.none_next) }}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = entries
            .into_iter()
            .map(|line| view! { <li><Line line now/></li> })
            .collect_view();
        view! { <ul class="own-list">{rows}</ul> }.into_any()
    };
    let cards = open_contests
        .into_iter()
        .map(|card| {
            let marked = card.slug == wanted;
            view! { <OpenContest card now key start marked/> }
        })
        .collect_view();
    view! {
        <PageHeader title=word!(entry.own.title)>
            <p>{word!(entry.own.lead)}</p>
        </PageHeader>
        <div class="stack stack-l">
            <Failure error=failure_of(start)/>
            <OpenInvitations/>
            <section class="stack" aria-labelledby="own-entries">
                <h2 id="own-entries">{word!(entry.own.list)}</h2>
                {list}
            </section>
            {(!none_open).then(|| view! {
                <section class="stack" aria-labelledby="open-contests">
                    <h2 id="open-contests">{word!(entry.own.open)}</h2>
                    <div class="grid grid-wide">{cards}</div>
                </section>
            })}
        </div>
    }
    .into_any()
}

/// One entry: its state, its deadline while the author may write, and the next step.
#[component]
fn Line(line: OwnEntryLine, now: Timestamp) -> impl IntoView {
    let editable = line.state.is_editable();
    let title = Some(line.title.clone())
        .filter(|title| !title.trim().is_empty())
        .unwrap_or_else(|| word!(entry.untitled));
    let status = line.code.is_some();
    // A draft withdrawn before it was ever submitted has no page of its own.
    let href = match (editable, status) {
        (true, _) => Some(step_href(
            line.entry,
            if status { Step::Review } else { Step::Authors },
        )),
        (false, true) => Some(receipt_href(line.entry)),
        (false, false) => None,
    };
    let act = match line.state {
        EntryState::Draft => word!(entry.own.go_on),
        EntryState::ReturnedForSupplement => word!(entry.own.complete),
        _ => word!(entry.own.status),
    };
    let label = format!("{act}: {title}");
    let heading = match href.clone() {
        Some(href) => view! { <a class="own-title" href=href>{title}</a> }.into_any(),
        None => view! { <span class="own-title">{title}</span> }.into_any(),
    };
    let zone = line.zone.clone();
    let deadline = line.deadline.clone().map(|next| {
        view! { <NextDeadlineLine next zone=zone.clone() now/> }
    });
    let zone = line.zone.clone();
    let when = match line.submitted_at {
        Some(at) => view! { <span class="muted small">{word!(entry.own.submitted)}" "<DateTime at zone/></span> }.into_any(),
        None => view! { <span class="muted small">{word!(entry.own.changed)}" "<DateTime at=line.updated_at zone/></span> }.into_any(),
    };
    let variant = if editable {
        Variant::Primary
    } else {
        Variant::Secondary
    };
    view! {
        <article class="panel own-line">
            <div class="own-text">
                <div class="cluster">
                    <StateBadge state=line.state/>
                    {line.code.clone().map(|code| view! { <CodeChip code/> })}
                    {line.prize.clone().map(|prize| view! { <Badge tone=Tone::Gold icon=IconName::Award>{prize}</Badge> })}
                </div>
                <h3 class="own-heading">{heading}</h3>
                <p class="own-contest"><a href=format!("/contests/{}", line.contest_slug)>{line.contest_name.clone()}</a></p>
                <p class="own-next">{next_words(line.state)}</p>
                {when}
            </div>
            <div class="own-side">
                {deadline}
                {href.map(|href| view! { <LinkButton href variant label small=true>{act}</LinkButton> })}
            </div>
        </article>
    }
    .into_any()
}

/// What happens next, in a sentence.
fn next_words(state: EntryState) -> String {
    match state {
        EntryState::Draft => word!(entry.next.draft),
        EntryState::SubmittedToUnit | EntryState::UnitScreening => word!(entry.next.at_unit),
        EntryState::ReturnedForSupplement => word!(entry.next.returned),
        EntryState::NotSelectedByUnit => word!(entry.next.kept_back),
        EntryState::Forwarded | EntryState::EligibilityCheck => word!(entry.next.checking),
        EntryState::Accepted => word!(entry.next.accepted),
        EntryState::Rejected => word!(entry.next.rejected),
        EntryState::InRound | EntryState::Advanced | EntryState::Ranked => word!(entry.next.judging),
        EntryState::Eliminated | EntryState::NotAwarded => word!(entry.next.not_awarded),
        EntryState::Awarded => word!(entry.next.awarded),
        EntryState::Withdrawn => word!(entry.next.withdrawn),
        EntryState::Disqualified => word!(entry.next.disqualified),
    }
}

/// A contest that takes entries, with the button that starts one.
#[component]
fn OpenContest(
    card: ContestCard,
    now: Timestamp,
    key: CommandKey,
    start: ServerAction<StartEntry>,
    marked: bool,
) -> impl IntoView {
    let zone = card.zone.clone();
    let deadline = card.next_deadline.clone().map(|next| {
        view! { <NextDeadlineLine next zone now/> }
    });
    let label = word!(entry.own.start_in, name = card.name.clone());
    view! {
        <Card title=card.name.clone() highlight=marked>
            <div class="stack stack-s">
                <div class="cluster">
                    <CodeChip code=card.code.clone()/>
                    <FictionalLabel fictional=card.fictional text=card.name/>
                    <span class="muted">{card.organiser}</span>
                </div>
                {deadline}
                <p><a href=format!("/contests/{}", card.slug)>{word!(entry.own.rules)}</a></p>
                <ActionForm action=start>
                    <input type="hidden" name="cmd[key]" value=key.to_string()/>
                    <input type="hidden" name="cmd[contest]" value=card.id.to_string()/>
                    <Button icon=IconName::Plus loading=start.pending() label>{word!(entry.own.start)}</Button>
                </ActionForm>
            </div>
        </Card>
    }
    .into_any()
}
