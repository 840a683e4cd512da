//! A page that could not be loaded.

use super::{request_text, word};
use crate::account::sign_in_href;
use crate::layout::NotFound;
use crate::ui::{IconName, LinkButton, Notice, PageHeader, Tone, Variant};
use contract::Error;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use rules::account::Denied;

/// What stands in the place of a page that did not load: the 404 page, the way to sign in, the offer to reload, or the
/// reason.
///
/// `match loaded.await { Ok(view) => …, Err(error) => view! { <ErrorView error/> }.into_any() }`
#[component]
pub fn ErrorView(error: Error) -> impl IntoView {
    let text = request_text(&error);
    match error {
        Error::NotFound(_) => view! { <NotFound/> }.into_any(),
        Error::Denied(Denied::SignInRequired) => view! {
            <PageHeader title=word!(common.error.title_sign_in)/>
            <Notice tone=Tone::Info><p>{text}</p></Notice>
            <p class="error-acts"><SignInLink/></p>
        }
        .into_any(),
        Error::Denied(ref denied) => view! {
            <PageHeader title=match denied {
                Denied::NotInThisPhase { .. } => word!(common.error.title_phase),
                _ => word!(common.error.title_denied),
            }/>
            <Notice tone=Tone::Warn><p>{text}</p></Notice>
            <p class="error-acts"><LinkButton href="/" variant=Variant::Secondary>{word!(common.error.home)}</LinkButton></p>
        }
        .into_any(),
        Error::Transport(_) => view! {
            <PageHeader title=word!(common.error.title_transport)/>
            <Notice tone=Tone::Warn><p>{text}</p></Notice>
            <p class="error-acts"><ReloadLink/></p>
        }
        .into_any(),
        Error::Internal(_) | Error::Locked { .. } | Error::Conflict(_) | Error::Invalid(_) | Error::Rule(_) => view! {
            <PageHeader title=word!(common.error.title_problem)/>
            <Notice tone=Tone::Danger><p>{text}</p></Notice>
            <p class="error-acts"><ReloadLink/></p>
        }
        .into_any(),
    }
}

/// To the sign-in page and back here.
#[component]
fn SignInLink() -> impl IntoView {
    let location = use_location();
    let href = {
        let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
        sign_in_href(&if query.is_empty() {
            path
        } else {
            format!("{path}?{}", query.trim_start_matches('?'))
        })
    };
    view! { <LinkButton href icon=IconName::User>{word!(common.error.sign_in)}</LinkButton> }.into_any()
}

/// Loads the page anew; a link, so it works before the wasm has loaded.
#[component]
fn ReloadLink() -> impl IntoView {
    view! { <LinkButton href="" external=true icon=IconName::Refresh>{word!(common.error.reload)}</LinkButton> }.into_any()
}
