//! What became of a contest's messages, for its organiser: kinds and states, and the mails that did not go out.

use contract::message::{DeliveriesView, KindLine, UndeliveredLine};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::id::{CommandKey, ContestId, DeliveryId};
use rules::message::DeliveryState;
use rules::time::Zone;

use super::api::{self, Resend};
use super::words::{failure_text, kind_name, state_name};
use crate::judging::{Failure, failure_of};
use crate::text::{ErrorView, count_text, word};
use crate::ui::{
    Badge, Button, Cell, Column, DateTime, EmptyState, IconName, Narrow, Notice, PageHeader, Pagination,
    Skeleton, Table, Tone, Variant,
};

/// `/manage/:slug/messages`, with `?page=2`.
pub struct DeliveriesPage;

#[lazy_route]
impl LazyRoute for DeliveriesPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, map) = (use_params_map(), use_query_map());
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let page = Memo::new(move |_| {
            map.read()
                .get("page")
                .and_then(|page| page.parse::<u32>().ok())
                .unwrap_or(1)
        });
        let act = ServerAction::<Resend>::new();
        let loaded = Resource::new_blocking(
            move || (slug.get(), page.get(), act.version().get()),
            |(slug, page, _)| api::deliveries(slug, page),
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
    let kinds = if view.kinds.is_empty() {
        view! {
            <EmptyState title=word!(message.overview.none) icon=IconName::Mail>
                <p>{word!(message.overview.none_next)}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <Kinds kinds=view.kinds/> }.into_any()
    };
    let (slug, key, contest) = (view.contest_slug.clone(), view.key, view.contest);
    let none = view.undelivered.is_empty();
    let zone = view.zone.clone();
    view! {
        <PageHeader title=word!(message.overview.title) crumbs>
            <p>{word!(message.overview.lead)}</p>
        </PageHeader>
        <div class="stack stack-l">
            <Failure error=failure_of(act)/>
            {resent}
            <section class="stack" aria-labelledby="message-kinds">
                <h2 id="message-kinds">{word!(message.overview.kinds)}</h2>
                {kinds}
            </section>
            <section class="stack" aria-labelledby="message-undelivered">
                <h2 id="message-undelivered">{word!(message.overview.undelivered)}</h2>
                {if none {
                    view! { <p class="muted">{word!(message.overview.all_out)}</p> }.into_any()
                } else {
                    let lines = view.undelivered;
                    view! {
                        <ResendForm contest key_=key delivery=None act label=word!(message.overview.resend_all)/>
                        <Undelivered lines contest key_=key zone act/>
                    }
                    .into_any()
                }}
                <Pagination current=view.page pages=view.pages href=move |page: u32| format!("/manage/{slug}/messages?page={page}")/>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Kinds(kinds: Vec<KindLine>) -> impl IntoView {
    let heads = [
        word!(message.overview.messages),
        word!(message.overview.read),
        state_name(DeliveryState::Queued),
        state_name(DeliveryState::Sent),
        state_name(DeliveryState::Failed),
        state_name(DeliveryState::GivenUp),
    ];
    let mut columns = vec![Column::text(word!(message.overview.kind))];
    columns.extend(heads.iter().map(Column::number));
    let rows = kinds
        .into_iter()
        .map(|line| {
            let counts = [
                line.messages,
                line.read,
                line.queued,
                line.sent,
                line.failed,
                line.given_up,
            ];
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

#[component]
fn Undelivered(
    lines: Vec<UndeliveredLine>,
    contest: ContestId,
    key_: CommandKey,
    zone: Zone,
    act: ServerAction<Resend>,
) -> impl IntoView {
    let heads = [
        word!(message.overview.reader),
        word!(message.overview.kind),
        word!(message.overview.state),
        word!(message.overview.why),
        word!(message.overview.next),
    ];
    let mut columns: Vec<Column> = heads.iter().map(Column::text).collect();
    columns.push(Column::hidden(word!(message.overview.acts)));
    let rows = lines
        .into_iter()
        .map(|line| {
            let tone = if line.state == DeliveryState::GivenUp { Tone::Danger } else { Tone::Warn };
            let label = word!(message.overview.resend_label, address = line.address.clone());
            let next = line.next_attempt_at.map(|at| {
                let zone = zone.clone();
                view! { <DateTime at zone/> }
            });
            view! {
                <tr>
                    <Cell label=heads[0].clone()>
                        <span class="message-reader">
                            {line.reader.map(|name| view! { <span class="strong">{name}</span> })}
                            <span>{line.address.clone()}</span>
                        </span>
                    </Cell>
                    <Cell label=heads[1].clone()>
                        <span class="message-reader">
                            <span>{kind_name(line.kind)}</span>
                            {line.entry_code.map(|code| view! { <span class="muted small num">{code}</span> })}
                        </span>
                    </Cell>
                    <Cell label=heads[2].clone()>
                        <span class="message-reader">
                            <Badge tone>{state_name(line.state)}</Badge>
                            <span class="muted small">
                                {word!(message.overview.attempts, count = count_text(line.attempts))}
                            </span>
                        </span>
                    </Cell>
                    <Cell label=heads[3].clone()>{line.failure.map(failure_text)}</Cell>
                    <Cell label=heads[4].clone()>{next}</Cell>
                    <td class="right nowrap">
                        <ResendForm contest key_ delivery=Some(line.delivery) act label/>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table caption=word!(message.overview.undelivered) columns narrow=Narrow::Cards>{rows}</Table>
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
