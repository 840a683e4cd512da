//! A contest's public page, in the order of its plan (B-17); after the decision the result stands on top.

mod call;
mod content;
mod judging;
mod plan;
mod progress;
mod timetable;

use super::api;
use super::label::FictionalLabel;
use super::result::ResultOnTop;
use crate::i18n::{t_string, use_i18n};
use crate::text::{ErrorView, phase_name, phase_tone};
use crate::ui::{Badge, PageHeader, Skeleton};
use contract::contest::PublicContestView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use rules::contest::ContestPhase;

/// `/contests/:slug`.
#[component]
pub fn ContestPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let view = Resource::new_blocking(move || slug.get(), api::public_contest);
    view! {
        <Transition fallback=|| view! { <Skeleton lines=12/> }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(view) => view! { <Contest view/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Contest(view: PublicContestView) -> impl IntoView {
    let card = view.card.clone();
    view! {
        <PageHeader title=card.name.clone() overline=format!("{} · {}", card.code, card.year)>
            <div class="cluster">
                <Badge tone=phase_tone(card.phase)>{phase_name(card.phase)}</Badge>
                <FictionalLabel fictional=card.fictional text=card.name/>
                <span>{card.organiser}</span>
            </div>
        </PageHeader>
        {view.result.clone().map(|result| view! { <ResultOnTop result/> })}
        <Parts view/>
    }
    .into_any()
}

/// The plan's parts, and beside them what moves while the contest runs.
#[component]
fn Parts(view: PublicContestView) -> impl IntoView {
    let i18n = use_i18n();
    let runs = runs(&view);
    let aside = runs.then(|| {
        let (card, zone) = (view.card.clone(), view.timetable.zone.clone());
        let names = view.rounds.iter().map(|round| round.name.clone()).collect();
        view! {
            <aside class="contest-aside" aria-label=t_string!(i18n, contest.page.aside)>
                <call::Call card can_enter=view.can_enter sign_in=view.sign_in_to_enter now=view.now zone/>
                <progress::PublicProgress slug=view.card.slug.clone() progress=view.progress.clone() rounds=names/>
            </aside>
        }
    });
    view! {
        <div class="contest-page" class:with-aside=runs>
            <div class="contest-main">
                <plan::Plan plan=view.plan.clone()/>
                <content::Content view=view.clone()/>
                <timetable::TimetablePart timetable=view.timetable now=view.now/>
                <judging::Rounds rounds=view.rounds/>
                <judging::Prizes prizes=view.prizes/>
                <plan::Organisers plan=view.plan/>
            </div>
            {aside}
        </div>
    }
    .into_any()
}

/// A finished contest moves no more: its figures stand on the result.
fn runs(view: &PublicContestView) -> bool {
    !view.card.historical && view.card.phase != ContestPhase::Published
}

/// One part of the page with its heading.
#[component]
fn Part(id: &'static str, #[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <section class="contest-part" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {children()}
        </section>
    }
    .into_any()
}
