//! The board on the screen: the list, what is saved, and handing in.

use contract::judging::{OrderEntry, OrderView};
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsCast;
use leptos::{ev::SubmitEvent, prelude::*};
use rules::judging::OrderList;

use super::saving::{OrderDesk, OrderSave, by_totals};
use crate::judging::api::PostOrder;
use crate::judging::parts::{Failure, entry_href, failure_of, queue_href};
use crate::judging::words::{RoundBadge, clock, points};
use crate::text::{error_text, moment_text, word};
use crate::ui::{
    Badge, Button, EmptyState, IconName, LinkButton, Notice, PageHeader, RankItem, RankList, Tone, Variant,
};

/// The page once it is loaded.
#[component]
pub fn Board(order: OrderView) -> impl IntoView {
    let desk = OrderDesk::new(&order);
    let posted = ServerAction::<PostOrder>::new();
    let crumbs = vec![
        (word!(judging.rounds.title), "/judging".to_owned()),
        (order.round_name.clone(), queue_href(order.round)),
    ];
    let zone = order.zone.clone();
    let submitted = move || {
        desk.submitted_at.get().map(|at| {
            let at = moment_text(at, &zone);
            view! { <Notice tone=Tone::Ok title=word!(judging.order.submitted)><p>{at}</p></Notice> }
        })
    };
    let can_edit = order.can_edit;
    let writable = Signal::derive(move || can_edit && desk.submitted_at.get().is_none());
    let totals = StoredValue::new(by_totals(&order));
    let sort = move |_| {
        desk.order.set(totals.get_value());
        desk.put(false);
    };
    let recused: Vec<OrderEntry> = order
        .entries
        .iter()
        .filter(|entry| entry.recused)
        .cloned()
        .collect();
    let empty = order.entries.len() == recused.len();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let button = event
            .submitter()
            .and_then(|element| element.dyn_into::<leptos::web_sys::HtmlButtonElement>().ok());
        desk.put(button.is_some_and(|button| button.value() == "submit"));
    };
    let body = if empty {
        view! { <EmptyState title=word!(judging.order.empty) icon=IconName::List/> }.into_any()
    } else {
        view! {
            <form class="order-form" method="post" action=PostOrder::url() on:submit=send>
                <input type="hidden" name="form[key]" value=order.key.to_string()/>
                <input type="hidden" name="form[round]" value=order.round.to_string()/>
                <input type="hidden" name="form[expected]" value=move || desk.version.get().to_string()/>
                <Failure error=failure_of(posted)/>
                <Choice desk/>
                {move || writable.get().then(|| view! {
                    <div class="cluster">
                        <Button kind="button" variant=Variant::Secondary icon=IconName::Chart on_click=Callback::new(sort)>
                            {word!(judging.order.by_totals)}
                        </Button>
                    </div>
                })}
                <RankList
                    id="order"
                    label=word!(judging.order.list)
                    items=items(&order)
                    order=desk.order
                    name="form[order]"
                    submit="form[act]"
                    ties=true
                    disabled=Signal::derive(move || !writable.get())
                    on_change=Callback::new(move |_: OrderList<String>| desk.put(false))
                />
                <div class="score-bar">
                    <Saved desk zone=order.zone.clone()/>
                    {move || writable.get().then(|| view! {
                        <div class="score-acts">
                            <Button variant=Variant::Secondary name="form[act]" value="save">{word!(judging.sheet.save)}</Button>
                            <Button name="form[act]" value="submit" icon=IconName::Send>{word!(judging.order.submit)}</Button>
                        </div>
                    })}
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <PageHeader title=word!(judging.order.title) crumbs overline=order.contest_name.clone()>
            <RoundBadge state=order.state/>
            <p>{word!(judging.order.lead)}</p>
        </PageHeader>
        <div class="stack order-page">
            {submitted}
            {(!can_edit && order.submitted_at.is_none()).then(|| view! {
                <Notice tone=Tone::Info><p>{word!(judging.order.closed)}</p></Notice>
            })}
            {body}
            {(!recused.is_empty()).then(|| view! { <Recused entries=recused/> })}
            <div class="cluster">
                <LinkButton href=queue_href(order.round) variant=Variant::Quiet icon=IconName::List>
                    {word!(judging.entry.queue)}
                </LinkButton>
            </div>
        </div>
    }
    .into_any()
}

fn items(order: &OrderView) -> Vec<RankItem> {
    let wanted = order.entries.iter().filter(|entry| !entry.recused);
    wanted
        .map(|entry| RankItem {
            id: entry.label.0.clone(),
            title: entry.label.0.clone(),
            note: Some(match entry.total {
                Some(total) => format!(
                    "{} · {}",
                    word!(judging.queue.points, points = points(total)),
                    entry.title
                ),
                None => entry.title.clone(),
            }),
            href: Some(entry_href(order.round, &entry.label)),
        })
        .collect()
}

/// Where the order on the screen is.
#[component]
fn Saved(desk: OrderDesk, zone: rules::time::Zone) -> impl IntoView {
    let badge = move || {
        let (tone, icon, text) = match desk.save.get() {
            OrderSave::Idle => return None,
            OrderSave::Saving => (Tone::Info, IconName::Refresh, word!(judging.save.saving)),
            OrderSave::Saved => {
                let at = desk
                    .submitted_at
                    .get()
                    .map(|at| word!(judging.save.saved_at, time = clock(at, &zone)));
                (
                    Tone::Ok,
                    IconName::Cloud,
                    at.unwrap_or_else(|| word!(judging.save.saved)),
                )
            }
            OrderSave::Kept => (Tone::Warn, IconName::CloudOff, word!(judging.order.offline)),
            OrderSave::Refused(error) => (Tone::Danger, IconName::AlertCircle, error_text(&error)),
        };
        Some(view! { <Badge tone icon>{text}</Badge> })
    };
    view! { <div class="save-badge" role="status">{badge}</div> }.into_any()
}

/// The order of another device beside the one on the screen, until the judge has chosen.
#[component]
fn Choice(desk: OrderDesk) -> impl IntoView {
    move || {
        let theirs = desk.theirs.get()?;
        let list = |tiers: Vec<String>| {
            tiers
                .into_iter()
                .map(|tier| view! { <li>{tier}</li> })
                .collect_view()
        };
        let mine = desk
            .order
            .get()
            .tiers
            .into_iter()
            .map(|tier| tier.join(" = "))
            .collect();
        let fixed = theirs.submitted_at.is_some();
        let other = crate::judging::form::keys(&theirs.tiers)
            .tiers
            .into_iter()
            .map(|tier| tier.join(" = "))
            .collect();
        Some(view! {
            <Notice tone=Tone::Warn title=word!(judging.clash.title) announce=true>
                <p>{if fixed { word!(judging.clash.order_fixed) } else { word!(judging.clash.order) }}</p>
                <div class="order-both">
                    <section><h3>{word!(judging.clash.mine)}</h3><ol>{list(mine)}</ol></section>
                    <section><h3>{word!(judging.clash.theirs)}</h3><ol>{list(other)}</ol></section>
                </div>
                <div class="cluster">
                    {(!fixed).then(|| view! {
                        <Button kind="button" on_click=Callback::new(move |_| desk.keep_mine())>{word!(judging.clash.keep)}</Button>
                    })}
                    <Button kind="button" variant=Variant::Secondary on_click=Callback::new(move |_| desk.take_theirs())>
                        {word!(judging.clash.take)}
                    </Button>
                </div>
            </Notice>
        })
    }
}

/// Entries the judge does not order.
#[component]
fn Recused(entries: Vec<OrderEntry>) -> impl IntoView {
    let rows = entries
        .into_iter()
        .map(|entry| view! { <li>{entry.label.0}" – "{entry.title}</li> })
        .collect_view();
    view! {
        <section class="panel">
            <h2 class="panel-title">{word!(judging.order.recused)}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}
