//! The set-up: from the signed plan to the open contest, step by step, in any order.

mod categories;
mod clash;
mod control;
mod eligibility;
mod form;
mod judge;
mod juries;
mod open;
mod plan;
mod policy;
mod prizes;
mod problem;
mod questions;
mod rounds;
mod rubric;
mod timetable;

use contract::contest::SetupView;
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::contest::{ContestPhase, SetupSection};

use super::{api, room_href, setup_href};
use crate::text::{ErrorView, phase_name, phase_tone, section_name, setup_gap_text, word};
use crate::ui::{
    Badge, IconName, LinkButton, Notice, PageHeader, Skeleton, Step, StepState, Stepper, Tone, Variant,
};

/// `/manage/:slug/setup/:section`
pub struct SetupPage;

/// What a section's parts share: how to load the page again, and where the focus goes then.
#[derive(Clone, Copy)]
struct Reload {
    again: Callback<()>,
    /// Element to focus once the page stands again.
    focus: StoredValue<Option<String>>,
}

#[lazy_route]
impl LazyRoute for SetupPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let place = Memo::new(move |_| {
            let params = params.read();
            let section = params
                .get("section")
                .and_then(|slug| SetupSection::from_slug(&slug));
            (params.get("slug").unwrap_or_default(), section)
        });
        let loaded = Resource::new_blocking(
            move || place.get(),
            |(slug, section)| async move {
                let section = section.ok_or(Error::NotFound(Kind::Page))?;
                Ok::<_, Error>((api::setup(slug).await?, section))
            },
        );
        let reload = Reload {
            again: Callback::new(move |()| loaded.refetch()),
            focus: StoredValue::new(None::<String>),
        };
        view! {
            <Transition fallback=|| view! { <Skeleton lines=12/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok((view, section)) => view! { <Setup view section reload/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// Whether the viewer may change a section now: the form may be mended while the contest is open.
fn may_edit(view: &SetupView, section: SetupSection) -> bool {
    view.can_edit || (section == SetupSection::Form && view.can_amend_form)
}

#[component]
fn Setup(view: SetupView, section: SetupSection, reload: Reload) -> impl IntoView {
    let crumbs = vec![
        (word!(contest.manage.list.title), "/manage".to_owned()),
        (view.name.clone(), room_href(&view.slug)),
    ];
    let current = SetupSection::ALL
        .iter()
        .position(|one| *one == section)
        .unwrap_or_default();
    let room = room_href(&view.slug);
    let actions = move || {
        view! {
            <LinkButton href=room.clone() variant=Variant::Secondary icon=IconName::Settings>
                {word!(contest.manage.room.title)}
            </LinkButton>
        }
    };
    let body = match section {
        SetupSection::Juries => view! { <juries::Juries view=view.clone() reload/> }.into_any(),
        SetupSection::Open => view! { <open::Open view=view.clone()/> }.into_any(),
        _ => view! { <form::SectionForm view=view.clone() section reload/> }.into_any(),
    };
    view! {
        <PageHeader title=section_name(section) crumbs overline=view.name.clone() actions>
            <Badge tone=phase_tone(view.phase)>{phase_name(view.phase)}</Badge>
        </PageHeader>
        <div class="wizard setup">
            <Stepper steps=steps(&view) current/>
            <div class="stack setup-body">
                {(!may_edit(&view, section)).then(|| view! { <Frozen phase=view.phase section/> })}
                {(section == SetupSection::Form && view.can_amend_form).then(|| view! {
                    <Notice tone=Tone::Info title=word!(form.setup.open_title)><p>{word!(form.setup.open_text)}</p></Notice>
                })}
                <Missing view=view.clone() section/>
                {body}
            </div>
        </div>
    }
    .into_any()
}

/// Why nothing can be changed. Juries may still follow until their round opens.
#[component]
fn Frozen(phase: ContestPhase, section: SetupSection) -> impl IntoView {
    let text = match (phase, section) {
        (ContestPhase::Draft, _) => word!(contest.manage.setup.read_only),
        (_, SetupSection::Juries) => word!(contest.manage.setup.juries_later),
        _ => word!(contest.manage.setup.frozen),
    };
    view! { <Notice tone=Tone::Info><p>{text}</p></Notice> }.into_any()
}

/// What the section still lacks before the contest can be opened. The last step lists everything itself.
#[component]
fn Missing(view: SetupView, section: SetupSection) -> impl IntoView {
    let mine = view
        .gaps
        .iter()
        .filter(|gap| gap.section == section && view.phase == ContestPhase::Draft);
    let lines = mine
        .map(|gap| view! { <li>{setup_gap_text(gap)}</li> })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Warn title=word!(contest.manage.setup.missing)>
                <ul>{lines}</ul>
            </Notice>
        }
        .into_any()
    })
}

fn steps(view: &SetupView) -> Vec<Step> {
    let draft = view.phase == ContestPhase::Draft;
    let step = |section: SetupSection| {
        let gaps = view.gaps.iter().filter(|gap| gap.section == section).count();
        let state = match section {
            _ if !draft => StepState::Done,
            SetupSection::Open => StepState::Open,
            _ if gaps > 0 => StepState::Missing,
            _ => StepState::Done,
        };
        let note = (draft && gaps > 0).then(|| word!(contest.manage.setup.missing_count, count = gaps));
        Step {
            title: section_name(section),
            href: setup_href(&view.slug, section),
            state,
            note,
        }
    };
    SetupSection::ALL.into_iter().map(step).collect()
}
