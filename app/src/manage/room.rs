//! The control room: where the contest stands, what is due, what is blocked and by whom, and the next act.

mod ledger;
mod pending;
mod rounds;

use contract::contest::{ControlRoomView, EntryCounts};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::contest::{ContestPhase, SetupSection, Timetable};
use rules::time::Timestamp;

use super::{api, setup_href};
use crate::contest::FictionalLabel;
use crate::i18n::ui_locale;
use crate::text::{ErrorView, count_text, milestone_name, phase_name, phase_tone, word};
use crate::ui::{
    Badge, Card, Deadline, IconName, LinkButton, PageHeader, Skeleton, Stat, Timeline, TrackState, TrackStep,
    Variant,
};

/// `/manage/:slug`
pub struct RoomPage;

#[lazy_route]
impl LazyRoute for RoomPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let loaded = Resource::new_blocking(move || slug.get(), api::control_room);
        view! {
            <Transition fallback=|| view! { <Skeleton lines=12/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <Room view/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Room(view: ControlRoomView) -> impl IntoView {
    let card = view.card.clone();
    let zone = view.timetable.zone.clone();
    let crumbs = vec![(word!(contest.manage.list.title), "/manage".to_owned())];
    let phase = card.phase;
    let setup = setup_href(
        &card.slug,
        if phase == ContestPhase::Draft {
            SetupSection::Open
        } else {
            SetupSection::Plan
        },
    );
    let slug = card.slug.clone();
    let actions = move || {
        let public = (phase != ContestPhase::Draft).then(|| {
            view! {
                <LinkButton href=format!("/contests/{slug}") variant=Variant::Secondary icon=IconName::Globe>
                    {word!(contest.manage.room.public)}
                </LinkButton>
                <LinkButton href=format!("/contests/{slug}/board") variant=Variant::Secondary icon=IconName::Chart>
                    {word!(contest.manage.room.board)}
                </LinkButton>
            }
        });
        let record = (phase == ContestPhase::Published).then(|| {
            view! {
                <LinkButton href=format!("/contests/{slug}/record.json") variant=Variant::Secondary icon=IconName::Download external=true>
                    {word!(contest.manage.room.record)}
                </LinkButton>
            }
        });
        view! {
            {public}
            <LinkButton href=format!("/manage/{slug}/messages") variant=Variant::Secondary icon=IconName::Mail>
                {word!(message.overview.open)}
            </LinkButton>
            {record}
            <LinkButton href=setup.clone() variant=Variant::Secondary icon=IconName::Edit>
                {word!(contest.manage.setup.title)}
            </LinkButton>
        }
    };
    let next = card.next_deadline.clone().map(|next| {
        let zone = zone.clone();
        view! { <Deadline at=next.at zone now=view.now label=milestone_name(next.milestone) banner=true/> }
    });
    view! {
        <PageHeader title=card.name.clone() crumbs overline=format!("{} · {}", card.code, card.year) actions>
            <div class="cluster">
                <Badge tone=phase_tone(phase)>{phase_name(phase)}</Badge>
                <FictionalLabel fictional=card.fictional text=card.name/>
                <span>{card.organiser}</span>
            </div>
        </PageHeader>
        <PhaseTrack phase/>
        {next}
        <div class="with-aside room">
            <div class="stack stack-l">
                <pending::PendingList pending=view.pending slug=card.slug.clone()/>
                <Counts counts=view.counts slug=card.slug/>
                <rounds::Rounds rounds=view.rounds/>
            </div>
            <aside class="stack" aria-label=word!(contest.manage.room.aside)>
                <Due timetable=view.timetable now=view.now/>
                <ledger::Recent notes=view.recent zone/>
            </aside>
        </div>
    }
    .into_any()
}

/// The contest's way from draft to published.
#[component]
fn PhaseTrack(phase: ContestPhase) -> impl IntoView {
    let steps = ContestPhase::ALL.into_iter().map(|one| {
        let state = if one == phase {
            "current"
        } else if one < phase {
            "past"
        } else {
            "future"
        };
        view! {
            <li class="phase" data-state=state aria-current=(one == phase).then_some("step")>
                <span>{phase_name(one)}</span>
            </li>
        }
    });
    let steps = steps.collect_view();
    view! { <ol class="phase-track" aria-label=word!(contest.manage.room.phases)>{steps}</ol> }.into_any()
}

#[component]
fn Counts(counts: EntryCounts, slug: String) -> impl IntoView {
    let desk = format!("/manage/{slug}/eligibility");
    let units = format!("/manage/{slug}/units");
    let figures = [
        (word!(contest.manage.room.draft), counts.draft),
        (word!(contest.manage.room.at_unit), counts.at_unit),
        (word!(contest.manage.room.forwarded), counts.forwarded),
        (word!(contest.manage.room.accepted), counts.accepted),
        (word!(contest.manage.room.rejected), counts.rejected),
        (word!(contest.manage.room.withdrawn), counts.withdrawn),
    ];
    let figures = figures
        .into_iter()
        .map(|(label, count)| view! { <Stat label value=count_text(count)/> })
        .collect_view();
    let actions = move || {
        view! {
            <LinkButton href=desk.clone() small=true variant=Variant::Secondary icon=IconName::Inbox>
                {word!(contest.manage.room.desk)}
            </LinkButton>
            <LinkButton href=units.clone() small=true variant=Variant::Secondary icon=IconName::Building>
                {word!(unit.units.open)}
            </LinkButton>
        }
    };
    view! { <Card title=word!(contest.manage.room.entries) actions><div class="stats">{figures}</div></Card> }
        .into_any()
}

/// The timetable; what is over is ticked, the first that is not is next.
#[component]
fn Due(timetable: Timetable, now: Timestamp) -> impl IntoView {
    let zone = timetable.zone.clone();
    let mut milestones = timetable.milestones;
    milestones.sort_by(|a, b| a.when.display_cmp(&b.when, &zone).then(a.code.cmp(&b.code)));
    let next = milestones
        .iter()
        .position(|milestone| !milestone.when.is_over(now, &zone));
    let steps = milestones
        .into_iter()
        .enumerate()
        .map(|(at, milestone)| TrackStep {
            title: milestone_name(milestone.code),
            when: Some(milestone.when.format(ui_locale(), &zone)),
            note: (!milestone.note.trim().is_empty()).then_some(milestone.note),
            state: match next {
                Some(next) if at == next => TrackState::Current,
                Some(next) if at > next => TrackState::Future,
                _ => TrackState::Past,
            },
        });
    let steps: Vec<TrackStep> = steps.collect();
    let zone_text = word!(contest.page.zone, zone = zone.label(ui_locale()));
    view! {
        <Card title=word!(contest.manage.room.due)>
            {if steps.is_empty() {
                view! { <p class="muted">{word!(contest.manage.room.no_dates)}</p> }.into_any()
            } else {
                view! { <Timeline steps label=word!(contest.manage.room.due)/> }.into_any()
            }}
            <p class="muted small">{zone_text}</p>
        </Card>
    }
    .into_any()
}
