//! The contests a person runs or follows.

use contract::account::RoleView;
use contract::contest::ContestCard;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use rules::account::{Action, permit};
use rules::contest::{ContestPhase, SetupSection};

use super::{api, room_href, setup_href};
use crate::account::use_session;
use crate::contest::{FictionalLabel, NextDeadlineLine};
use crate::text::{ErrorView, count_text, phase_name, phase_tone, word};
use crate::ui::{Badge, Card, EmptyState, IconName, LinkButton, PageHeader, Skeleton, Variant};

/// `/manage`
pub struct ListPage;

#[lazy_route]
impl LazyRoute for ListPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let loaded = Resource::new_blocking(|| (), |()| api::managed());
        let session = use_session();
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    let person = session.await.ok().and_then(|session| session.person);
                    let roles = person.map(|person| person.roles).unwrap_or_default();
                    match loaded.await {
                        Ok(cards) => view! { <Contests cards roles/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Contests(cards: Vec<ContestCard>, roles: Vec<RoleView>) -> impl IntoView {
    let creates = roles
        .iter()
        .any(|held| permit(Action::CreateContest).roles.contains(&held.role));
    let create = move || {
        creates.then(|| {
            view! { <LinkButton href="/manage/new" icon=IconName::Plus>{word!(contest.manage.create.act)}</LinkButton> }
        })
    };
    let body = if cards.is_empty() {
        view! {
            <EmptyState title=word!(contest.manage.list.none) icon=IconName::Inbox>
                <p>{word!(contest.manage.list.none_next)}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let cards = cards
            .into_iter()
            .map(|card| view! { <Managed ways=Ways::of(&card, &roles) card/> })
            .collect_view();
        view! { <div class="grid grid-wide managed">{cards}</div> }.into_any()
    };
    view! {
        <PageHeader title=word!(contest.manage.list.title) actions=create>
            <p>{word!(contest.manage.list.lead)}</p>
        </PageHeader>
        {body}
    }
    .into_any()
}

/// Pages of a contest its viewer may open. Only a courtesy: every page asks the service again.
#[derive(Clone, Copy)]
struct Ways {
    room: bool,
    setup: bool,
    board: bool,
}

impl Ways {
    fn of(card: &ContestCard, roles: &[RoleView]) -> Self {
        let may = |action: Action| {
            let row = permit(action);
            let holds = |held: &RoleView| {
                row.roles.contains(&held.role) && held.contest.is_none_or(|id| id == card.id)
            };
            !card.historical && row.phases.contains(&card.phase) && roles.iter().any(holds)
        };
        Self {
            room: may(Action::SeeControlRoom),
            setup: may(Action::SeeSetup),
            board: may(Action::WatchBoard),
        }
    }
}

#[component]
fn Managed(card: ContestCard, ways: Ways) -> impl IntoView {
    let draft = card.phase == ContestPhase::Draft;
    let running = !card.historical && !draft && card.phase != ContestPhase::Published;
    let setup = setup_href(&card.slug, SetupSection::Plan);
    let board = format!("/contests/{}/board", card.slug);
    let public = format!("/contests/{}", card.slug);
    // the whole card leads to the first page the viewer may open
    let href = match (ways.room, draft) {
        (true, _) => room_href(&card.slug),
        (false, true) => setup.clone(),
        (false, false) => public.clone(),
    };
    let deadline = card.next_deadline.filter(|_| running).map(|next| {
        let zone = card.zone.clone();
        view! { <NextDeadlineLine next zone/> }
    });
    let room = room_href(&card.slug);
    view! {
        <Card title=card.name.clone() href highlight=running>
            <div class="stack">
                <p class="muted">{format!("{} · {} · {}", card.code, card.year, card.organiser)}</p>
                <div class="cluster">
                    <Badge tone=phase_tone(card.phase)>{phase_name(card.phase)}</Badge>
                    <FictionalLabel fictional=card.fictional text=card.name/>
                    {(!draft).then(|| view! {
                        <span class="small num">{word!(contest.received, count = count_text(card.received))}</span>
                    })}
                </div>
                {deadline}
                <div class="cluster">
                    {ways.room.then(|| view! {
                        <LinkButton href=room small=true variant=Variant::Secondary icon=IconName::Settings>
                            {word!(contest.manage.room.title)}
                        </LinkButton>
                    })}
                    {ways.setup.then(|| view! {
                        <LinkButton href=setup small=true variant=Variant::Quiet icon=IconName::Edit>
                            {word!(contest.manage.setup.title)}
                        </LinkButton>
                    })}
                    {ways.board.then(|| view! {
                        <LinkButton href=board small=true variant=Variant::Quiet icon=IconName::Chart>
                            {word!(contest.manage.room.board)}
                        </LinkButton>
                    })}
                    {(!draft).then(|| view! {
                        <LinkButton href=public small=true variant=Variant::Quiet icon=IconName::Globe>
                            {word!(contest.manage.room.public)}
                        </LinkButton>
                    })}
                </div>
            </div>
        </Card>
    }
    .into_any()
}
