//! The page behind the link of an invitation, for anybody who holds it, with or without an account or scripts.

use contract::author::{InvitationStanding, InvitationView};
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::entry::Step;

use super::api::{self, AnswerInvitation};
use super::facts::{Facts, Meaning, href};
use crate::account::sign_in_href;
use crate::judging::{Failure, after_success, failure_of};
use crate::text::{ErrorView, word};
use crate::ui::{Button, Card, IconName, LinkButton, Notice, PageHeader, Skeleton, Tone, Variant};

/// `/invitations/:token`
pub struct InvitationPage;

#[lazy_route]
impl LazyRoute for InvitationPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
        let loaded = Resource::new_blocking(move || token.get(), api::invitation);
        let answer = ServerAction::<AnswerInvitation>::new();
        after_success(answer, move |()| loaded.refetch());
        view! {
            <div class="invitation-page">
                <PageHeader title=word!(author.page.title)/>
                <div class="stack">
                    <Failure error=failure_of(answer)/>
                    <Transition fallback=|| view! { <Skeleton lines=6/> }>
                        {move || Suspend::new(async move {
                            match loaded.await {
                                Ok(view) => view! { <Invitation view token=token.get_untracked() answer/> }.into_any(),
                                Err(Error::NotFound(Kind::Invitation)) => view! { <Unknown/> }.into_any(),
                                Err(error) => view! { <ErrorView error/> }.into_any(),
                            }
                        })}
                    </Transition>
                </div>
            </div>
        }
        .into_any()
    }
}

/// A link that is none, or was replaced by a later one.
#[component]
fn Unknown() -> impl IntoView {
    view! {
        <Notice tone=Tone::Warn><p>{word!(author.page.unknown)}</p></Notice>
        <p><LinkButton href="/" variant=Variant::Secondary>{word!(common.error.home)}</LinkButton></p>
    }
    .into_any()
}

#[component]
fn Invitation(view: InvitationView, token: String, answer: ServerAction<AnswerInvitation>) -> impl IntoView {
    let open = view.standing == InvitationStanding::Open && !view.somebody_else;
    let entry = view.entry;
    let question = open.then(|| view! { <Question view=view.clone() token answer/> });
    let state = standing_text(&view).map(|(tone, text)| {
        view! { <Notice tone announce=true><p>{text}</p></Notice> }
    });
    view! {
        {state}
        <Card><Facts view/></Card>
        {entry.map(|entry| view! {
            <p>
                <LinkButton href=format!("/entries/{entry}/{}", Step::Authors.slug()) icon=IconName::ArrowRight>
                    {word!(author.page.open_entry)}
                </LinkButton>
            </p>
        })}
        {question}
    }
    .into_any()
}

/// What became of it, unless it waits for an answer.
fn standing_text(view: &InvitationView) -> Option<(Tone, String)> {
    if view.somebody_else {
        return Some((Tone::Warn, word!(author.problem.somebody_else)));
    }
    Some(match view.standing {
        InvitationStanding::Open => return None,
        InvitationStanding::Accepted => (Tone::Ok, word!(author.page.accepted)),
        InvitationStanding::Declined => (Tone::Info, word!(author.page.declined)),
        InvitationStanding::Withdrawn => (Tone::Warn, word!(author.problem.withdrawn)),
        InvitationStanding::Expired => (Tone::Warn, word!(author.problem.expired)),
        InvitationStanding::Closed => (Tone::Warn, word!(author.problem.closed)),
    })
}

/// What accepting means, who answers, and the two answers.
#[component]
fn Question(view: InvitationView, token: String, answer: ServerAction<AnswerInvitation>) -> impl IntoView {
    let who = match view.account.clone() {
        Some(name) => view! { <p>{word!(author.page.as_account, name = name)}</p> }.into_any(),
        None => view! {
            <p>{word!(author.page.no_account)}</p>
            <p><a href=sign_in_href(&href(&token))>{word!(author.page.sign_in)}</a></p>
        }
        .into_any(),
    };
    let hidden = {
        let (key, version) = (view.key, view.version);
        move |accepted: bool| {
            view! {
                <input type="hidden" name="cmd[key]" value=key.to_string()/>
                <input type="hidden" name="cmd[token]" value=token.clone()/>
                <input type="hidden" name="cmd[expected]" value=version.to_string()/>
                <input type="hidden" name="cmd[accepted]" value=accepted.to_string()/>
            }
        }
    };
    let (yes, no) = (hidden(true), hidden(false));
    view! {
        <Card title=word!(author.meaning.title)>
            <Meaning/>
            {who}
            <div class="cluster">
                <ActionForm action=answer>
                    {yes}
                    <Button icon=IconName::Check loading=answer.pending()>{word!(author.act.accept)}</Button>
                </ActionForm>
                <ActionForm action=answer>
                    {no}
                    <Button variant=Variant::Secondary loading=answer.pending()>{word!(author.act.decline)}</Button>
                </ActionForm>
            </div>
        </Card>
    }
    .into_any()
}
