//! Two coordinators, two orders: both side by side until one is chosen. Works as a plain page too.

use contract::unit::UnitDeskView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use rules::id::EntryId;
use rules::time::format_time;
use rules::unit::UnitOrder;

use super::api::PostList;
use super::saving::ListDesk;
use crate::entry::parts::unit_href;
use crate::text::word;
use crate::ui::{Button, LinkButton, Notice, Tone, Variant, encode_order};

/// The choice; nothing while there is none.
#[component]
pub fn Clash(view: StoredValue<UnitDeskView>, desk: ListDesk) -> impl IntoView {
    move || {
        let theirs = desk.theirs.get()?;
        let mine = desk.order();
        let (key, contest, slug, zone) = view.with_value(|view| {
            let board = &view.board;
            (
                board.key,
                board.contest,
                board.contest_slug.clone(),
                board.zone.clone(),
            )
        });
        let by = match (&theirs.saved_by, theirs.saved_at) {
            (Some(name), Some(at)) => {
                let at = format_time(zone.local(at).time());
                word!(unit.clash.theirs_by, name = name.clone(), at = at)
            }
            _ => word!(unit.clash.theirs),
        };
        let keep = move |event: SubmitEvent| {
            event.prevent_default();
            desk.keep_mine();
        };
        let take = Callback::new(move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            desk.take_theirs();
        });
        let board = format!("{}#forward", unit_href(&slug, Some(desk.unit)));
        Some(view! {
            <Notice tone=Tone::Warn title=word!(unit.clash.title) announce=true>
                <p>{word!(unit.clash.text)}</p>
                <div class="order-both">
                    <section><h3>{word!(unit.clash.mine)}</h3><Order view order=mine.clone()/></section>
                    <section><h3>{by}</h3><Order view order=theirs.order.clone()/></section>
                </div>
                <form class="cluster" method="post" action=PostList::url() on:submit=keep>
                    <input type="hidden" name="form[key]" value=key.to_string()/>
                    <input type="hidden" name="form[contest]" value=contest.to_string()/>
                    <input type="hidden" name="form[slug]" value=slug/>
                    <input type="hidden" name="form[unit]" value=desk.unit.to_string()/>
                    <input type="hidden" name="form[expected]" value=theirs.version.to_string()/>
                    <input type="hidden" name="form[order]" value=encode_order(&super::form::rows(&mine))/>
                    <Button name="form[act]" value="save">{word!(unit.clash.keep)}</Button>
                    <span on:click:capture=move |event| take.run(event)>
                        <LinkButton href=board variant=Variant::Secondary>{word!(unit.clash.take)}</LinkButton>
                    </span>
                </form>
            </Notice>
        })
    }
}

/// One of the two orders, with its reserves.
#[component]
fn Order(view: StoredValue<UnitDeskView>, order: UnitOrder) -> impl IntoView {
    let lines = move |ids: Vec<EntryId>| {
        let title = |id: EntryId| {
            view.with_value(|view| {
                let mut entries = view.board.entries.iter();
                let line = entries.find(|line| line.entry == id)?;
                Some(format!("{} – {}", line.code, line.title))
            })
        };
        ids.into_iter()
            .filter_map(title)
            .map(|text| view! { <li>{text}</li> })
            .collect_view()
    };
    let (none, some) = (order.selected.is_empty(), !order.reserves.is_empty());
    view! {
        {if none {
            view! { <p class="muted">{word!(unit.clash.empty)}</p> }.into_any()
        } else {
            view! { <ol>{lines(order.selected)}</ol> }.into_any()
        }}
        {some.then(|| view! {
            <p class="muted small">{word!(unit.clash.reserves)}</p>
            <ol class="muted">{lines(order.reserves)}</ol>
        })}
    }
    .into_any()
}
