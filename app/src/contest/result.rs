//! The published result: the decision, the prizes, the figures, and how anyone can check it.

mod awards;
mod proof;

use super::api;
use super::label::{DocumentLine, FictionalLabel};
use crate::i18n::{t_string, use_i18n};
use crate::text::{ErrorView, count_text};
use crate::ui::{DateTime, Icon, IconName, LinkButton, Notice, PageHeader, Skeleton, Stat, Tone, Variant};
use contract::results::ResultView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/contests/:slug/result`.
#[component]
pub fn ResultPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let view = Resource::new_blocking(move || slug.get(), api::public_result);
    view! {
        <Transition fallback=|| view! { <Skeleton lines=12/> }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(result) => view! { <Published result/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Published(result: ResultView) -> impl IntoView {
    let i18n = use_i18n();
    let crumbs = vec![(
        result.contest_name.clone(),
        format!("/contests/{}", result.contest_slug),
    )];
    let title = t_string!(i18n, contest.result.title, contest = result.contest_name.clone());
    let (fictional, name) = (result.fictional, result.contest_name.clone());
    view! {
        <PageHeader title crumbs>
            <FictionalLabel fictional text=name/>
        </PageHeader>
        <div class="stack stack-l result">
            <Decision result=result.clone()/>
            {fictional
                .then(|| view! { <Notice tone=Tone::Warn><p>{t_string!(i18n, common.fictional_note)}</p></Notice> })}
            <awards::Awards awards=result.awards.clone() heading=true/>
            <Figures received=result.received units=result.units awards=result.awards.len()/>
            <proof::Proof result/>
        </div>
    }
    .into_any()
}

/// The decision: from it on the result is official.
#[component]
fn Decision(result: ResultView) -> impl IntoView {
    let i18n = use_i18n();
    let file = result.file.map(|file| {
        view! {
            <LinkButton href=format!("/files/document/{file}") variant=Variant::Secondary icon=IconName::Download external=true>
                {t_string!(i18n, contest.result.decision_file)}
            </LinkButton>
        }
    });
    view! {
        <section class="decision" aria-labelledby="decision">
            <span class="decision-seal" aria-hidden="true"><Icon name=IconName::Star/></span>
            <div class="decision-text">
                <h2 id="decision">{t_string!(i18n, contest.result.decision)}</h2>
                <DocumentLine kind=t_string!(i18n, contest.document.decision) document=result.decision/>
                <p class="muted small">
                    <span>{t_string!(i18n, contest.result.published_at)}</span>
                    " "
                    <DateTime at=result.published_at zone=result.zone with_zone=true/>
                </p>
            </div>
            {file}
        </section>
    }
    .into_any()
}

/// Entries received and units taking part, where the source says.
#[component]
fn Figures(received: Option<u32>, units: Option<u32>, awards: usize) -> impl IntoView {
    let i18n = use_i18n();
    let stat = |label: &'static str, value: String| view! { <Stat label value=Signal::stored(value)/> };
    view! {
        <section aria-labelledby="figures">
            <h2 id="figures">{t_string!(i18n, contest.result.figures)}</h2>
            <div class="stats">
                {received.map(|count| stat(t_string!(i18n, contest.page.received), count_text(count)))}
                {units.map(|count| stat(t_string!(i18n, contest.result.units), count_text(count)))}
                {stat(t_string!(i18n, contest.result.awarded), awards.to_string())}
            </div>
        </section>
    }
    .into_any()
}

/// The result on top of the contest's page: the decision, the prizes, the way to the rest.
#[component]
pub fn ResultOnTop(result: ResultView) -> impl IntoView {
    let i18n = use_i18n();
    let href = format!("/contests/{}/result", result.contest_slug);
    view! {
        <section class="result-on-top" aria-labelledby="result">
            <h2 id="result">{t_string!(i18n, contest.result.heading)}</h2>
            <DocumentLine kind=t_string!(i18n, contest.document.decision) document=result.decision/>
            <awards::Awards awards=result.awards heading=false/>
            <p><LinkButton href variant=Variant::Secondary>{t_string!(i18n, contest.result.all)}</LinkButton></p>
        </section>
    }
    .into_any()
}
