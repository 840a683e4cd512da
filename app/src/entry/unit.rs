//! The unit's board: what came in, how the quota stands, the forwarding list, the slip to print.

mod board;
mod forward;
mod slip;

use contract::entry::UnitBoardView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::id::UnitId;

use self::board::Columns;
use self::forward::ForwardList;
use self::slip::Slip;
use super::api;
use super::parts::unit_href;
use crate::deadline::{ExtensionNotes, grace_note};
use crate::text::{ErrorView, milestone_name, word};
use crate::ui::{Deadline, Gauge, IconName, LinkButton, Notice, PageHeader, Skeleton, Stat, Tone, Variant};

/// `/contests/:slug/unit`, with `?unit=` to choose among several, `?slip=true` for the forwarding slip.
pub struct UnitPage;

#[lazy_route]
impl LazyRoute for UnitPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let place = Memo::new(move |_| {
            let unit = query
                .read()
                .get("unit")
                .and_then(|text| text.parse::<UnitId>().ok());
            (params.read().get("slug").unwrap_or_default(), unit)
        });
        // After forwarding the same address shows another board.
        let done = Memo::new(move |_| query.read().get("done"));
        let loaded = Resource::new_blocking(
            move || (place.get(), done.get()),
            |((slug, unit), _)| api::unit_board(slug, unit),
        );
        let slip = Memo::new(move |_| query.read().get("slip").is_some());
        let again = Callback::new(move |()| loaded.refetch());
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || {
                    let (slip, done) = (slip.get(), done.get().is_some());
                    Suspend::new(async move {
                        match loaded.await {
                            Ok(view) if slip => view! { <Slip view/> }.into_any(),
                            Ok(view) => view! { <Board view done again/> }.into_any(),
                            Err(error) => view! { <ErrorView error/> }.into_any(),
                        }
                    })
                }}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Board(view: UnitBoardView, done: bool, again: Callback<()>) -> impl IntoView {
    let crumbs = vec![(
        view.contest_name.clone(),
        format!("/contests/{}", view.contest_slug),
    )];
    let slug = view.contest_slug.clone();
    let other = view
        .other_units
        .iter()
        .map(|(id, name)| view! { <li><a href=unit_href(&slug, Some(*id))>{name.clone()}</a></li> })
        .collect_view();
    let slip = format!("{}&slip=true", unit_href(&slug, Some(view.unit)));
    let contest_name = view.contest_name.clone();
    let forwarded = view.forwarded;
    let actions = move || {
        (forwarded > 0).then(|| {
            view! {
                <LinkButton href=slip.clone() variant=Variant::Secondary icon=IconName::Printer>{word!(entry.unit.slip)}</LinkButton>
            }
        })
    };
    let waiting = view
        .entries
        .iter()
        .filter(|line| !line.state.is_forwarded())
        .count();
    let deadline = view.deadline.clone().map(|next| {
        let note = grace_note(&next, &view.zone);
        view! {
            <Deadline at=next.at zone=view.zone.clone() now=view.now label=milestone_name(next.milestone) note banner=true/>
        }
    });
    view! {
        <PageHeader title=view.unit_name.clone() crumbs actions overline=word!(entry.unit.overline)>
            <p>{contest_name}</p>
        </PageHeader>
        <div class="stack stack-l unit-board">
            {deadline}
            <ExtensionNotes extensions=view.extensions.clone() zone=view.zone.clone()/>
            {done.then(|| view! { <Notice tone=Tone::Ok announce=true><p>{word!(entry.unit.forwarded_now)}</p></Notice> })}
            {(!view.other_units.is_empty()).then(|| view! {
                <nav class="other-units" aria-label=word!(entry.unit.others)>
                    <span class="muted">{word!(entry.unit.others)}</span>
                    <ul>{other}</ul>
                </nav>
            })}
            <div class="unit-facts">
                <Quota view=view.clone()/>
                <div class="stats">
                    <Stat label=word!(entry.unit.waiting) value=waiting.to_string()/>
                    <Stat label=word!(entry.unit.drafts) value=view.drafts.to_string() note=word!(entry.unit.drafts_note)/>
                </div>
            </div>
            {view.can_act.then(|| view! { <ForwardList view=view.clone() again/> })}
            <Columns view/>
        </div>
    }
    .into_any()
}

/// "Đã gửi 1 – tối thiểu 01".
#[component]
fn Quota(view: UnitBoardView) -> impl IntoView {
    let (sent, min, max) = (
        u64::from(view.forwarded),
        u64::from(view.min_quota),
        u64::from(view.max_quota),
    );
    let padded = |count: u64| rules::text::pad_count(i64::try_from(count).unwrap_or(i64::MAX));
    let scale = if max > 0 { max } else { sent.max(min).max(1) };
    let rule = match (min, max) {
        (0, 0) => word!(entry.unit.no_quota),
        (min, 0) => word!(entry.unit.quota_min, min = padded(min)),
        (0, max) => word!(entry.unit.quota_max, max = padded(max)),
        (min, max) => word!(entry.unit.quota_both, min = padded(min), max = padded(max)),
    };
    let short = (sent < min).then(|| word!(entry.unit.quota_short, count = min - sent));
    view! {
        <div class="panel quota">
            <Gauge label=word!(entry.unit.quota) value=sent max=scale low=min text=word!(entry.unit.quota_sent, count = padded(sent))/>
            <p class="muted">{rule}</p>
            {short.map(|text| view! { <p class="quota-short">{text}</p> })}
        </div>
    }
    .into_any()
}
