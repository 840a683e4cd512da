//! The unit's desk: what is to be done, how the quota stands, the list with its reserves, the entries by
//! state, the slips.

pub mod api;
mod board;
mod clash;
pub mod form;
mod forward;
mod quota;
mod saving;
mod slip;
mod todo;

pub use slip::SlipPage;

use contract::unit::{SlipRef, UnitDeskView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::id::{SlipId, UnitId};
use rules::time::Zone;

use self::board::Lanes;
use self::forward::ForwardList;
use self::quota::QuotaGauge;
use self::saving::ListDesk;
use self::todo::TodoPanel;
use super::parts::{slip_href, unit_href};
use crate::deadline::{ExtensionNotes, grace_note};
use crate::text::{ErrorView, milestone_name, word};
use crate::ui::{
    DateTime, Deadline, IconName, LinkButton, Notice, PageHeader, Skeleton, Stat, Tone, Variant,
};

/// `/contests/:slug/unit`, with `?unit=` to choose among several, `?q=` to search.
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
        let done = Memo::new(move |_| {
            let slip = query.read().get("done");
            slip.and_then(|text| text.parse::<SlipId>().ok())
        });
        let loaded = Resource::new_blocking(
            move || (place.get(), done.get()),
            |((slug, unit), _)| api::unit_desk(slug, unit),
        );
        let again = Callback::new(move |()| loaded.refetch());
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || {
                    let done = done.get();
                    Suspend::new(async move {
                        match loaded.await {
                            Ok(view) => view! { <Desk view done again/> }.into_any(),
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
fn Desk(
    view: UnitDeskView,
    #[prop(optional_no_strip)] done: Option<SlipId>,
    again: Callback<()>,
) -> impl IntoView {
    let mine = use_query_map().with_untracked(|query| query.get("mine"));
    let list = ListDesk::new(&view, mine.as_deref());
    follow(view.clone(), list, again);
    let board = view.board.clone();
    let slug = board.contest_slug.clone();
    let crumbs = vec![(board.contest_name.clone(), format!("/contests/{slug}"))];
    let other = board
        .other_units
        .iter()
        .map(|(id, name)| view! { <li><a href=unit_href(&slug, Some(*id))>{name.clone()}</a></li> })
        .collect_view();
    let others = !board.other_units.is_empty();
    let waiting = board
        .entries
        .iter()
        .filter(|line| !line.state.is_forwarded())
        .count();
    let deadline = board.deadline.clone().map(|next| {
        let note = grace_note(&next, &board.zone);
        view! {
            <Deadline at=next.at zone=board.zone.clone() now=board.now label=milestone_name(next.milestone) note banner=true/>
        }
    });
    let told = done.map(|slip| {
        let href = slip_href(&slug, slip);
        view! {
            <Notice tone=Tone::Ok announce=true>
                <p>{word!(unit.forward.done)}</p>
                <LinkButton href variant=Variant::Secondary small=true icon=IconName::Printer>
                    {word!(unit.forward.open_slip)}
                </LinkButton>
            </Notice>
        }
    });
    // an entry that came on paper is registered by the unit as well
    let register = board.can_act.then(|| format!("/contests/{slug}/register"));
    let paper = move || {
        register.clone().map(|href| {
            view! {
                <LinkButton href variant=Variant::Secondary icon=IconName::Plus>
                    {word!(unit.paper)}
                </LinkButton>
            }
        })
    };
    let slips = view.slips.clone();
    let contest_name = board.contest_name.clone();
    let zone = board.zone.clone();
    view! {
        <PageHeader title=board.unit_name.clone() crumbs actions=paper overline=word!(entry.unit.overline)>
            <p>{contest_name}</p>
        </PageHeader>
        <div class="stack stack-l unit-board">
            {deadline}
            <ExtensionNotes extensions=board.extensions.clone() zone=board.zone.clone()/>
            {told}
            {others.then(|| view! {
                <nav class="other-units" aria-label=word!(entry.unit.others)>
                    <span class="muted">{word!(entry.unit.others)}</span>
                    <ul>{other}</ul>
                </nav>
            })}
            <div class="unit-facts">
                <TodoPanel todo=view.todo.clone()/>
                <QuotaGauge view=view.clone()/>
                <div class="stats">
                    <Stat label=word!(entry.unit.waiting) value=waiting.to_string()/>
                    <Stat label=word!(entry.unit.drafts) value=board.drafts.to_string() note=word!(entry.unit.drafts_note)/>
                </div>
            </div>
            <ForwardList view=view.clone() desk=list again/>
            {(!slips.is_empty()).then(|| view! { <Slips slips slug=slug.clone() zone/> })}
            <Lanes view list/>
        </div>
    }
    .into_any()
}

/// Looks for changes when the person comes back to the page: another coordinator may have worked meanwhile. The page is
/// drawn anew only where something changed and nothing of this person's is on its way.
fn follow(view: UnitDeskView, list: ListDesk, again: Callback<()>) {
    let shown = StoredValue::new(view);
    let focus = window_event_listener(leptos::ev::focus, move |_| {
        if !list.at_rest() {
            return;
        }
        let Some((slug, unit)) =
            shown.try_with_value(|view| (view.board.contest_slug.clone(), view.board.unit))
        else {
            return;
        };
        spawn_local(async move {
            let Ok(mut now) = api::unit_desk(slug, Some(unit)).await else {
                return; // what stood there before stays where the server cannot be reached
            };
            let changed = shown.try_with_value(|view| {
                // the time and the form's key are other ones each time
                (now.board.now, now.board.key) = (view.board.now, view.board.key);
                let same_list = now.order.version == list.version.get_untracked();
                let mut shown = view.clone();
                if same_list {
                    (shown.order, shown.unplaced) = (now.order.clone(), now.unplaced.clone());
                    shown.todo.clone_from(&now.todo);
                }
                shown != now
            });
            if changed == Some(true) && list.at_rest() {
                again.try_run(());
            }
        });
    });
    on_cleanup(move || focus.remove());
}

/// The slips made so far.
#[component]
fn Slips(slips: Vec<SlipRef>, slug: String, zone: Zone) -> impl IntoView {
    let lines = slips
        .into_iter()
        .map(|slip| {
            let text = word!(
                unit.slips.line,
                turn = slip.turn,
                count = slip.entries,
                reserves = slip.reserves
            );
            view! {
                <li class="slip-line">
                    <a class="num" href=slip_href(&slug, slip.slip)>{slip.code}</a>
                    <span>{text}</span>
                    <DateTime at=slip.forwarded_at zone=zone.clone()/>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="slips-title">
            <h2 class="panel-title" id="slips-title">{word!(unit.slips.title)}</h2>
            <ul class="slip-list">{lines}</ul>
        </section>
    }
    .into_any()
}
