//! The contests a person runs or follows.

use contract::contest::ContestCard;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use rules::account::Role;
use rules::contest::{ContestPhase, SetupSection};

use super::{api, room_href, setup_href};
use crate::account::use_session;
use crate::contest::FictionalLabel;
use crate::text::{ErrorView, count_text, milestone_name, phase_name, phase_tone, word};
use crate::ui::{Badge, Card, Deadline, EmptyState, IconName, LinkButton, PageHeader, Skeleton, Variant};

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
                    let creates = roles.iter().any(|held| matches!(held.role, Role::Organiser | Role::Administrator));
                    match loaded.await {
                        Ok(cards) => view! { <Contests cards creates/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Contests(cards: Vec<ContestCard>, creates: bool) -> impl IntoView {
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
        let cards = cards.into_iter().map(|card| view! { <Managed card/> }).collect_view();
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

#[component]
fn Managed(card: ContestCard) -> impl IntoView {
    let draft = card.phase == ContestPhase::Draft;
    let running = !card.historical && !draft && card.phase != ContestPhase::Published;
    // a result of the past has nothing to run: its page is the public one
    let href = if card.historical { format!("/contests/{}", card.slug) } else { room_href(&card.slug) };
    let deadline = card.next_deadline.filter(|_| running).map(|next| {
        let zone = card.zone.clone();
        view! { <Deadline at=next.at zone label=milestone_name(next.milestone)/> }
    });
    let setup = setup_href(&card.slug, SetupSection::Plan);
    let board = format!("/contests/{}/board", card.slug);
    let public = format!("/contests/{}", card.slug);
    view! {
        <Card title=card.name.clone() href=href.clone() highlight=running>
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
                    {(!card.historical).then(|| view! {
                        <LinkButton href=href small=true variant=Variant::Secondary icon=IconName::Settings>
                            {word!(contest.manage.room.title)}
                        </LinkButton>
                        <LinkButton href=setup small=true variant=Variant::Quiet icon=IconName::Edit>
                            {word!(contest.manage.setup.title)}
                        </LinkButton>
                    })}
                    {running.then(|| view! {
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
