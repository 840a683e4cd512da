//! The round desk of organiser and chair: opened, filled, deliberated, counted, locked – each part when its time comes.

mod deliberation;
mod follow;
mod frozen;
mod lock;
mod opening;
mod progress;
mod tally;
mod tie;

use contract::judging::RoundDeskView;
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::id::RoundId;

use self::deliberation::Deliberations;
use self::frozen::Frozen;
use self::lock::Lock;
use self::opening::Opening;
use self::progress::JuryProgress;
pub(crate) use self::tally::StateBadge;
use self::tally::TallyTable;
use self::tie::TieDecision;
use super::api;
use super::words::RoundBadge;
use crate::live::LinkBadge;
use crate::text::{ErrorView, word};
use crate::ui::{IconName, LinkButton, PageHeader, Skeleton, Variant};

/// `/rounds/:round`
pub struct RoundDeskPage;

#[lazy_route]
impl LazyRoute for RoundDeskPage {
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
                    Some(round) => api::round_desk(round).await,
                    None => Err(Error::NotFound(Kind::Round)),
                }
            },
        );
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(desk) => view! { <RoundDesk desk/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// The desk on the screen, and how it is brought up to date: parts redraw only where what they show has changed, so
/// that nobody loses a half-written reason because a ballot came in.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub view: RwSignal<RoundDeskView>,
    pub loading: RwSignal<bool>,
}

impl Desk {
    fn new(view: RoundDeskView) -> Self {
        Self {
            view: RwSignal::new(view),
            loading: RwSignal::new(false),
        }
    }

    /// Loads the desk anew.
    pub fn reload(self) {
        let round = self.view.with_untracked(|view| view.round);
        self.loading.set(true);
        spawn_local(async move {
            let loaded = api::round_desk(round).await;
            if self.loading.try_set(false).is_some() {
                return; // the page is gone
            }
            // What was loaded before stays where the server cannot be reached; the next try may succeed.
            if let Ok(view) = loaded {
                self.view.set(view);
            }
        });
    }

    /// A part of the desk that notifies only when it changes.
    pub fn part<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&RoundDeskView) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.view.with(&part))
    }
}

#[component]
fn RoundDesk(desk: RoundDeskView) -> impl IntoView {
    let crumbs = vec![
        (word!(judging.desk.manage), "/manage".to_owned()),
        (
            desk.contest_name.clone(),
            format!("/manage/{}", desk.contest_slug),
        ),
    ];
    let (title, overline) = (desk.round_name.clone(), desk.contest_name.clone());
    let board = format!("/contests/{}/board", desk.contest_slug);
    let desk = Desk::new(desk);
    let link = follow::follow(desk);
    let state = desk.part(|view| view.state);
    let planned = Memo::new(move |_| state.get() == rules::judging::RoundState::Planned);
    let actions = move || {
        view! {
            <LinkButton href=board.clone() variant=Variant::Secondary icon=IconName::Chart>{word!(judging.desk.board)}</LinkButton>
            <LinkBadge link/>
        }
    };
    view! {
        <PageHeader title crumbs overline actions>
            {move || view! { <RoundBadge state=state.get()/> }}
        </PageHeader>
        <div class="stack stack-l round-desk">
            <OtherRounds desk/>
            {move || if planned.get() {
                view! { <Opening desk/> }.into_any()
            } else {
                view! {
                    <JuryProgress desk/>
                    <Deliberations desk/>
                    <TallyTable desk/>
                    <TieDecision desk/>
                    <Lock desk/>
                }
                .into_any()
            }}
            <Frozen desk/>
        </div>
    }
    .into_any()
}

/// The contest's other rounds.
#[component]
fn OtherRounds(desk: Desk) -> impl IntoView {
    let rounds = desk.part(|view| view.other_rounds.clone());
    move || {
        let rounds = rounds.get();
        (!rounds.is_empty()).then(|| {
            let links = rounds
                .into_iter()
                .map(|(id, name, state)| {
                    view! { <li class="cluster"><a href=format!("/rounds/{id}")>{name}</a><RoundBadge state/></li> }
                })
                .collect_view();
            view! { <nav class="other-rounds" aria-label=word!(judging.desk.other_rounds)><ul>{links}</ul></nav> }
        })
    }
}
