//! The results desk: from the final ranking to the signed decision.

use contract::Error;
use contract::results::ResultsDeskView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::contest::ContestPhase;

use super::api;
use super::decision::Decision;
use super::prizes::Prizes;
use super::ranking::Ranking;
use crate::text::{ErrorView, phase_name, phase_tone, word};
use crate::ui::{Badge, EmptyState, IconName, LinkButton, Notice, PageHeader, Skeleton, Tone, Variant};

/// `/manage/:slug/results`
pub struct ResultsPage;

#[lazy_route]
impl LazyRoute for ResultsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let loaded = Resource::new_blocking(move || slug.get(), api::results_desk);
        let again = Callback::new(move |()| loaded.refetch());
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(desk) => view! { <ResultsDesk desk again/> }.into_any(),
                        Err(error) => view! { <ErrorView error=error as Error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn ResultsDesk(desk: ResultsDeskView, again: Callback<()>) -> impl IntoView {
    let crumbs = vec![
        (word!(results.desk.manage), "/manage".to_owned()),
        (
            desk.contest_name.clone(),
            format!("/manage/{}", desk.contest_slug),
        ),
    ];
    let published = desk.phase == ContestPhase::Published;
    let public = format!("/contests/{}/result", desk.contest_slug);
    let record = format!("/contests/{}/record.json", desk.contest_slug);
    let actions = move || {
        published.then(|| {
            view! {
                <LinkButton href=public.clone() icon=IconName::Award>{word!(results.desk.public)}</LinkButton>
                <LinkButton href=record.clone() variant=Variant::Secondary icon=IconName::Download external=true>
                    {word!(results.desk.record)}
                </LinkButton>
            }
        })
    };
    let body = if desk.tally.rows.is_empty() {
        view! {
            <EmptyState title=word!(results.desk.empty) icon=IconName::Award>
                <p>{word!(results.desk.empty_text)}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <Prizes desk=desk.clone() again/>
            <Decision desk=desk.clone()/>
            <Ranking desk=desk.clone()/>
        }
        .into_any()
    };
    view! {
        <PageHeader title=word!(results.desk.title) crumbs overline=desk.contest_name.clone() actions>
            <Badge tone=phase_tone(desk.phase)>{phase_name(desk.phase)}</Badge>
        </PageHeader>
        <div class="stack stack-l results-desk">
            {(desk.phase == ContestPhase::AwaitingApproval).then(|| view! {
                <Notice tone=Tone::Warn title=word!(results.desk.awaiting)><p>{word!(results.desk.awaiting_text)}</p></Notice>
            })}
            {body}
        </div>
    }
    .into_any()
}
