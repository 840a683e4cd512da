//! Open invitations on one's own page.

use contract::author::InvitationView;
use leptos::prelude::*;

use super::api::{self, AnswerOwnInvitation};
use super::facts::{Facts, Meaning};
use crate::judging::{Failure, after_success, failure_of};
use crate::text::word;
use crate::ui::{Button, IconName, Variant};

/// Invitations that wait for the viewer's answer; nothing where there are none.
#[component]
pub fn OpenInvitations() -> impl IntoView {
    let loaded = Resource::new_blocking(|| (), |()| api::own_invitations());
    let answer = ServerAction::<AnswerOwnInvitation>::new();
    after_success(answer, move |()| loaded.refetch());
    let refused = failure_of(answer);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                // The page below says what is wrong where the server cannot be reached.
                let invitations = loaded.await.unwrap_or_default();
                (!invitations.is_empty() || refused.with_untracked(Option::is_some)).then(|| {
                    let cards = invitations
                        .into_iter()
                        .map(|view| view! { <li><Open view answer/></li> })
                        .collect_view();
                    view! {
                        <section class="stack" aria-labelledby="open-invitations">
                            <h2 id="open-invitations">{word!(author.open.title)}</h2>
                            <Failure error=refused/>
                            <ul class="own-list">{cards}</ul>
                        </section>
                    }
                })
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Open(view: InvitationView, answer: ServerAction<AnswerOwnInvitation>) -> impl IntoView {
    let title = view.title.clone().unwrap_or_default();
    let (accept, decline) = (
        word!(author.act.accept_of, title = title.clone()),
        word!(author.act.decline_of, title = title),
    );
    let hidden = {
        let (key, invitation, version) = (view.key, view.invitation, view.version);
        move |accepted: bool| {
            view! {
                <input type="hidden" name="cmd[key]" value=key.to_string()/>
                <input type="hidden" name="cmd[invitation]" value=invitation.to_string()/>
                <input type="hidden" name="cmd[expected]" value=version.to_string()/>
                <input type="hidden" name="cmd[accepted]" value=accepted.to_string()/>
            }
        }
    };
    view! {
        <article class="panel stack stack-s invitation">
            <Facts view/>
            <details>
                <summary>{word!(author.meaning.title)}</summary>
                <Meaning/>
            </details>
            <div class="cluster">
                <ActionForm action=answer>
                    {hidden(true)}
                    <Button icon=IconName::Check label=accept loading=answer.pending()>{word!(author.act.accept)}</Button>
                </ActionForm>
                <ActionForm action=answer>
                    {hidden(false)}
                    <Button variant=Variant::Secondary label=decline loading=answer.pending()>{word!(author.act.decline)}</Button>
                </ActionForm>
            </div>
        </article>
    }
    .into_any()
}
