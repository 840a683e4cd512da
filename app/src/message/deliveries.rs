//! What became of a contest's messages, for its organiser: kinds and states, and how far each message has come.

use contract::message::{DeliveriesView, DeliveryLine, KindLine};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::id::{CommandKey, ContestId, DeliveryId};
use rules::message::Reach;
use rules::time::{Timestamp, Zone};

use super::api::{self, Resend};
use super::words::{failure_text, kind_name, reach_name, reach_tone};
use crate::judging::{Failure, failure_of};
use crate::text::{ErrorView, count_text, word};
use crate::ui::{
    Badge, Button, Cell, Column, DateTime, EmptyState, IconName, Narrow, Notice, PageHeader, Pagination,
    Skeleton, Tab, Table, Tabs, Tone, Variant,
};

/// `/manage/:slug/messages`, with `?state=given_up` and `?page=2`.
pub struct DeliveriesPage;

#[lazy_route]
impl LazyRoute for DeliveriesPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, map) = (use_params_map(), use_query_map());
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let reach = Memo::new(move |_| map.read().get("state").and_then(|state| reach_of(&state)));
        let page = Memo::new(move |_| {
            map.read()
                .get("page")
                .and_then(|page| page.parse::<u32>().ok())
                .unwrap_or(1)
        });
        let act = ServerAction::<Resend>::new();
        let loaded = Resource::new_blocking(
            move || (slug.get(), reach.get(), page.get(), act.version().get()),
            |(slug, reach, page, _)| api::deliveries(slug, reach, page),
        );
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <Deliveries view act/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// The state of the address; another word is none.
fn reach_of(word: &str) -> Option<Reach> {
    Reach::ALL.into_iter().find(|reach| reach.slug() == word)
}

/// The address of a page of the list.
fn list_href(slug: &str, reach: Option<Reach>, page: u32) -> String {
    let path = format!("/manage/{slug}/messages");
    match (reach, page) {
        (None, 1) => path,
        (None, page) => format!("{path}?page={page}"),
        (Some(reach), 1) => format!("{path}?state={}", reach.slug()),
        (Some(reach), page) => format!("{path}?state={}&page={page}", reach.slug()),
    }
}

#[component]
fn Deliveries(view: DeliveriesView, act: ServerAction<Resend>) -> impl IntoView {
    let crumbs = vec![
        (word!(contest.manage.list.title), "/manage".to_owned()),
        (
            view.contest_name.clone(),
            format!("/manage/{}", view.contest_slug),
        ),
    ];
    let value = act.value();
    let resent = move || {
        value.get().and_then(Result::ok).map(|count| {
            let text = word!(message.overview.resent, count = count_text(count as i64));
            view! { <Notice tone=Tone::Ok announce=true><p>{text}</p></Notice> }
        })
    };
    let body = if view.kinds.is_empty() {
        view! {
            <EmptyState title=word!(message.overview.none) icon=IconName::Mail>
                <p>{word!(message.overview.none_next)}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let kinds = view.kinds.clone();
        view! {
            <section class="stack" aria-labelledby="message-kinds">
                <h2 id="message-kinds">{word!(message.overview.kinds)}</h2>
                <Kinds kinds/>
            </section>
            <List view act/>
        }
        .into_any()
    };
    view! {
        <PageHeader title=word!(message.overview.title) crumbs>
            <p>{word!(message.overview.lead)}</p>
        </PageHeader>
        <div class="stack stack-l">
            <Failure error=failure_of(act)/>
            {resent}
            {body}
        </div>
    }
    .into_any()
}

#[component]
fn Kinds(kinds: Vec<KindLine>) -> impl IntoView {
    let mails = Reach::ALL.into_iter().filter(|reach| reach.mail().is_some());
    let mut heads = vec![word!(message.overview.messages), word!(message.overview.read)];
    heads.extend(mails.clone().map(reach_name));
    let mut columns = vec![Column::text(word!(message.overview.kind))];
    columns.extend(heads.iter().map(Column::number));
    let rows = kinds
        .into_iter()
        .map(|line| {
            let mut counts = vec![line.messages, line.read];
            counts.extend(mails.clone().map(|reach| line.reached(reach)));
            let cells = heads
                .iter()
                .zip(counts)
                .map(|(label, count)| {
                    view! { <Cell label=label.clone() numeric=true>{count_text(count as i64)}</Cell> }
                })
                .collect_view();
            view! { <tr><th scope="row">{kind_name(line.kind)}</th>{cells}</tr> }
        })
        .collect_view();
    view! { <Table caption=word!(message.overview.kinds) columns>{rows}</Table> }.into_any()
}

/// The messages, newest first, under a tab for each state.
#[component]
fn List(view: DeliveriesView, act: ServerAction<Resend>) -> impl IntoView {
    let (slug, reach) = (view.contest_slug, view.reach);
    let reached = |reach: Reach| view.kinds.iter().map(|line| line.reached(reach)).sum::<u64>();
    let mut tabs = vec![Tab {
        text: word!(message.filter.all),
        href: list_href(&slug, None, 1),
        count: None,
    }];
    tabs.extend(Reach::ALL.into_iter().map(|reach| Tab {
        text: reach_name(reach),
        href: list_href(&slug, Some(reach), 1),
        count: Some(reached(reach)),
    }));
    let current = Reach::ALL
        .into_iter()
        .position(|one| Some(one) == reach)
        .map_or(0, |index| index + 1);
    let undelivered: u64 = Reach::ALL
        .into_iter()
        .filter(|reach| reach.is_undelivered())
        .map(reached)
        .sum();
    let (contest, key, zone, lines) = (view.contest, view.key, view.zone, view.lines);
    let all = (undelivered > 0).then(|| {
        view! { <ResendForm contest key_=key delivery=None act label=word!(message.overview.resend_all)/> }
    });
    let list = if lines.is_empty() {
        view! { <p class="muted">{word!(message.overview.none_there)}</p> }.into_any()
    } else {
        view! { <Lines lines contest key_=key zone act/> }.into_any()
    };
    view! {
        <section class="stack" aria-labelledby="message-deliveries">
            <h2 id="message-deliveries">{word!(message.overview.deliveries)}</h2>
            <Tabs label=word!(message.overview.filter) tabs current/>
            {all}
            {list}
            <Pagination current=view.page pages=view.pages href=move |page: u32| list_href(&slug, reach, page)/>
        </section>
    }
    .into_any()
}

#[component]
fn Lines(
    lines: Vec<DeliveryLine>,
    contest: ContestId,
    key_: CommandKey,
    zone: Zone,
    act: ServerAction<Resend>,
) -> impl IntoView {
    let heads = [
        word!(message.overview.reader),
        word!(message.overview.kind),
        word!(message.overview.at),
        word!(message.overview.state),
        word!(message.overview.mail),
    ];
    let mut columns: Vec<Column> = heads.iter().map(Column::text).collect();
    columns.push(Column::hidden(word!(message.overview.acts)));
    let rows = lines
        .into_iter()
        .map(|line| {
            let address = line.address.clone().unwrap_or_default();
            let label = word!(message.overview.resend_label, address = address);
            let again = line.delivery.filter(|_| line.reach.is_undelivered()).map(|delivery| {
                view! { <ResendForm contest key_ delivery=Some(delivery) act label/> }
            });
            let at = view! { <DateTime at=line.at zone=zone.clone()/> };
            let mail = view! { <Mail line=line.clone() zone=zone.clone()/> };
            view! {
                <tr>
                    <Cell label=heads[0].clone()>
                        <span class="message-reader">
                            {line.reader.map(|name| view! { <span class="strong">{name}</span> })}
                            {line.address.map(|address| view! { <span>{address}</span> })}
                        </span>
                    </Cell>
                    <Cell label=heads[1].clone()>
                        <span class="message-reader">
                            <span>{kind_name(line.kind)}</span>
                            {line.entry_code.map(|code| view! { <span class="muted small num">{code}</span> })}
                        </span>
                    </Cell>
                    <Cell label=heads[2].clone()>{at}</Cell>
                    <Cell label=heads[3].clone()>
                        <Badge tone=reach_tone(line.reach)>{reach_name(line.reach)}</Badge>
                    </Cell>
                    <Cell label=heads[4].clone()>{mail}</Cell>
                    <td class="right nowrap">{again}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table caption=word!(message.overview.deliveries) columns narrow=Narrow::Cards>{rows}</Table>
    }
    .into_any()
}

/// When the mail went out; or why it did not, how often it was tried and when it is tried again.
#[component]
fn Mail(line: DeliveryLine, zone: Zone) -> impl IntoView {
    let moment = |text: String, at: Timestamp| {
        let zone = zone.clone();
        view! { <span class="small">{text}" "<DateTime at zone/></span> }
    };
    let undelivered = line.reach.is_undelivered();
    let failure = line.failure.filter(|_| undelivered).map(failure_text);
    let attempts = undelivered.then(|| word!(message.overview.attempts, count = count_text(line.attempts)));
    view! {
        <span class="message-reader">
            {line.sent_at.map(|at| moment(word!(message.overview.sent_at), at))}
            {failure.map(|text| view! { <span>{text}</span> })}
            {attempts.map(|text| view! { <span class="muted small">{text}</span> })}
            {line.next_attempt_at.map(|at| moment(word!(message.overview.next), at))}
        </span>
    }
    .into_any()
}

/// Sends one mail again, or all. The page's key serves every form: it answers for one command, and the page is loaded
/// anew after each.
#[component]
fn ResendForm(
    contest: ContestId,
    key_: CommandKey,
    delivery: Option<DeliveryId>,
    act: ServerAction<Resend>,
    label: String,
) -> impl IntoView {
    let one = delivery.is_some();
    let text = if one {
        word!(message.overview.resend)
    } else {
        label.clone()
    };
    view! {
        <ActionForm action=act>
            <input type="hidden" name="cmd[key]" value=key_.to_string()/>
            <input type="hidden" name="cmd[contest]" value=contest.to_string()/>
            {delivery.map(|delivery| view! { <input type="hidden" name="cmd[delivery]" value=delivery.to_string()/> })}
            <Button variant=Variant::Secondary small=true icon=IconName::Refresh label loading=act.pending()>
                {text}
            </Button>
        </ActionForm>
    }
    .into_any()
}
