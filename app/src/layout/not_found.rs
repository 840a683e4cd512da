//! The page for an address that leads nowhere.

use crate::i18n::{t_string, use_i18n};
use crate::ui::{EmptyState, IconName, LinkButton};
use leptos::prelude::*;
use leptos_meta::Title;

/// Says so, with status 404, and offers the way home.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let i18n = use_i18n();
    let title = t_string!(i18n, common.not_found.title);
    view! {
        <Title text=title/>
        <h1 class="visually-hidden">{title}</h1>
        <EmptyState title=title icon=IconName::Search>
            <p>{t_string!(i18n, common.not_found.text)}</p>
            <LinkButton href="/">{t_string!(i18n, common.not_found.home)}</LinkButton>
        </EmptyState>
    }
    .into_any()
}
