//! The home page: contests that run, with the time left, and the latest results.

use super::api;
use super::card::{PublishedCard, RunningCard};
use crate::i18n::{t_string, use_i18n};
use crate::text::ErrorView;
use crate::ui::{EmptyState, IconName, Skeleton};
use contract::contest::HomeView;
use leptos::prelude::*;
use leptos_meta::Title;

/// `/`.
#[component]
pub fn HomePage() -> impl IntoView {
    let i18n = use_i18n();
    let view = Resource::new_blocking(|| (), |()| api::home());
    view! {
        <Title text=t_string!(i18n, common.site.name)/>
        <header class="hero">
            <h1>{t_string!(i18n, common.site.long_name)}</h1>
            <p class="hero-lead">{t_string!(i18n, contest.home.lead)}</p>
            <p class="hero-principles">{t_string!(i18n, common.site.principles)}</p>
        </header>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(view) => view! { <Lists view/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Lists(view: HomeView) -> impl IntoView {
    let i18n = use_i18n();
    let now = view.now;
    let running = if view.running.is_empty() {
        view! {
            <EmptyState title=t_string!(i18n, contest.home.none_running) icon=IconName::Calendar>
                <p>{t_string!(i18n, contest.home.none_running_next)}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let cards = view
            .running
            .into_iter()
            .map(|card| view! { <RunningCard card now/> })
            .collect_view();
        view! { <div class="grid grid-wide">{cards}</div> }.into_any()
    };
    let published = (!view.published.is_empty()).then(|| {
        let rows = view
            .published
            .into_iter()
            .map(|card| view! { <PublishedCard card/> })
            .collect_view();
        view! {
            <section class="home-part" aria-labelledby="published">
                <h2 id="published">{t_string!(i18n, contest.home.published)}</h2>
                <ul class="published-list">{rows}</ul>
            </section>
        }
    });
    view! {
        <section class="home-part" aria-labelledby="running">
            <h2 id="running">{t_string!(i18n, contest.home.running)}</h2>
            {running}
        </section>
        {published}
    }
    .into_any()
}
