//! One's own messages, newest first.

use contract::message::{InboxQuery, InboxView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};

use super::api::{self, MarkRead};
use super::bell::use_unread;
use super::line::Line;
use crate::judging::{Failure, failure_of};
use crate::text::{ErrorView, word};
use crate::ui::{Button, EmptyState, IconName, PageHeader, Pagination, Skeleton, Tab, Tabs, Variant};

/// `/messages`, with `?unread=1` and `?page=2`.
pub struct InboxPage;

#[lazy_route]
impl LazyRoute for InboxPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let map = use_query_map();
        let query = Memo::new(move |_| {
            map.with(|map| InboxQuery {
                unread: map.get("unread").is_some(),
                page: map.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
            })
        });
        let act = ServerAction::<MarkRead>::new();
        let loaded = Resource::new_blocking(
            move || (query.get(), act.version().get()),
            |(query, _)| api::inbox(query),
        );
        view! {
            <PageHeader title=word!(message.title)>
                <p>{word!(message.lead)}</p>
            </PageHeader>
            <Failure error=failure_of(act)/>
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <Inbox view act/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Inbox(view: InboxView, act: ServerAction<MarkRead>) -> impl IntoView {
    let shared = use_unread();
    let unread = view.unread;
    Effect::new(move || shared.set(unread));
    let tabs = vec![
        Tab {
            text: word!(message.filter.all),
            href: "/messages".to_owned(),
            count: None,
        },
        Tab {
            text: word!(message.filter.unread),
            href: "/messages?unread=1".to_owned(),
            count: Some(unread),
        },
    ];
    let (until, only) = (view.now, view.unread_only);
    let list = if view.messages.is_empty() {
        let (title, next) = if only {
            (word!(message.none_unread), word!(message.none_unread_next))
        } else {
            (word!(message.none), word!(message.none_next))
        };
        view! { <EmptyState title icon=IconName::Bell><p>{next}</p></EmptyState> }.into_any()
    } else {
        let lines = view
            .messages
            .into_iter()
            .map(|line| view! { <li><Line line until act/></li> })
            .collect_view();
        view! { <ul class="message-list">{lines}</ul> }.into_any()
    };
    let all = (unread > 0).then(|| {
        view! {
            <ActionForm action=act>
                <input type="hidden" name="cmd[until]" value=until.to_rfc3339()/>
                <Button variant=Variant::Secondary small=true icon=IconName::CheckCircle loading=act.pending()>
                    {word!(message.mark_all)}
                </Button>
            </ActionForm>
        }
    });
    let href = move |page: u32| {
        if only {
            format!("/messages?unread=1&page={page}")
        } else {
            format!("/messages?page={page}")
        }
    };
    view! {
        <div class="stack">
            <Tabs label=word!(message.filter.label) tabs current=usize::from(only)/>
            {all}
            {list}
            <Pagination current=view.page pages=view.pages href/>
        </div>
    }
    .into_any()
}
