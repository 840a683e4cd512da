//! The live board for leader, organiser and chair: rounds as tracks, the judge × entry grid filling in, entries per
//! unit and day. Complete as the server sends it; with wasm it moves by itself. `?wall=1` fills a wall screen.

mod api;
mod charts;
mod round;

use crate::contest::FictionalLabel;
use crate::i18n::{t_string, use_i18n};
use crate::live::{Feed, LinkBadge, use_live};
use crate::text::{ErrorView, count_text, milestone_name, phase_name, phase_tone};
use crate::ui::{Badge, Deadline, EmptyState, IconName, LinkButton, PageHeader, Skeleton, Stat, Variant};
use contract::judging::BoardView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::event::Progress;

/// `/contests/:slug/board?wall=1`.
pub struct BoardPage;

#[lazy_route]
impl LazyRoute for BoardPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let view = Resource::new_blocking(move || slug.get(), api::board);
        let query = use_query_map();
        let wall = Memo::new(move |_| query.read().get("wall").is_some_and(|wall| wall == "1"));
        view! {
            <Transition fallback=|| view! { <Skeleton lines=12/> }>
                {move || Suspend::new(async move {
                    match view.await {
                        Ok(view) => view! { <Board view wall/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Board(view: BoardView, wall: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let BoardView {
        card,
        now,
        progress,
        round_names,
        unit_names,
        min_quota,
    } = view;
    let live = use_live(card.slug.clone(), progress, Feed::Viewer);
    let progress = live.progress;
    let crumbs = vec![(card.name.clone(), format!("/contests/{}", card.slug))];
    let address = format!("/contests/{}/board", card.slug);
    let switch = move || {
        let (href, text) = if wall.get() {
            (address.clone(), t_string!(i18n, judging.board.leave_wall))
        } else {
            (format!("{address}?wall=1"), t_string!(i18n, judging.board.wall))
        };
        view! { <LinkButton href variant=Variant::Secondary icon=IconName::Monitor small=true>{text}</LinkButton> }
    };
    let deadline = card.next_deadline.clone().map(|next| {
        view! { <Deadline at=next.at zone=card.zone.clone() now label=milestone_name(next.milestone)/> }
    });
    view! {
        <div class="board" class:wall=move || wall.get()>
            <PageHeader title=t_string!(i18n, judging.board.title, contest = card.name.clone()) crumbs actions=switch>
                <div class="cluster">
                    <PhaseBadge progress/>
                    <FictionalLabel fictional=card.fictional text=card.name/>
                    <LinkBadge link=live.link/>
                </div>
            </PageHeader>
            <div class="board-top">
                {deadline}
                <Totals progress units_forward={min_quota > 0}/>
            </div>
            <round::Rounds progress names=round_names/>
            <charts::Charts progress unit_names min_quota/>
        </div>
    }
    .into_any()
}

#[component]
fn PhaseBadge(progress: RwSignal<Progress>) -> impl IntoView {
    let phase = Memo::new(move |_| progress.read().phase);
    move || {
        phase
            .get()
            .map(|phase| view! { <Badge tone=phase_tone(phase)>{phase_name(phase)}</Badge> })
    }
}

/// Entries received and forwarded, ballots in. Nobody forwards where units do not screen.
#[component]
fn Totals(progress: RwSignal<Progress>, units_forward: bool) -> impl IntoView {
    let i18n = use_i18n();
    let received = Signal::derive(move || count_text(progress.read().received));
    let forwarded = Signal::derive(move || count_text(progress.read().forwarded));
    let ballots = Signal::derive(move || {
        let (done, of) = progress.read().rounds.iter().fold((0, 0), |sum, round| {
            let (done, of) = round.done();
            (sum.0 + done, sum.1 + of)
        });
        format!("{}/{}", count_text(done), count_text(of))
    });
    view! {
        <div class="stats">
            <Stat label=t_string!(i18n, judging.board.received) value=received/>
            {units_forward.then(|| view! { <Stat label=t_string!(i18n, judging.board.forwarded) value=forwarded/> })}
            <Stat label=t_string!(i18n, judging.board.ballots) value=ballots/>
        </div>
    }
    .into_any()
}

/// What stands in the place of the rounds before the first one opens.
#[component]
fn NoRounds() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <EmptyState title=t_string!(i18n, judging.board.no_rounds) icon=IconName::Clock>
            <p>{t_string!(i18n, judging.board.no_rounds_next)}</p>
        </EmptyState>
    }
    .into_any()
}
