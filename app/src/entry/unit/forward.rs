//! The forwarding list: ordered by dragging or by its buttons, chosen entries and reserves, sent in one act.

use std::collections::BTreeSet;

use contract::Error;
use contract::entry::{DeskEntry, UnitBoardView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_query_map;
use rules::entry::EntryState;
use rules::id::EntryId;
use rules::judging::OrderList;

use crate::entry::api::Forward;
use crate::entry::form::ForwardForm;
use crate::entry::parts::{detail_href, unit_href};
use crate::judging::{Failure, after_success, failure_of, fresh_key};
use crate::text::{moment_text, state_name, word};
use crate::ui::{
    Button, Card, Dialog, IconName, LinkButton, Notice, RankItem, RankList, Tone, Variant, decode_order,
    encode_order,
};

/// What the list is made of; the same for its form and for the question before sending.
#[derive(Clone, Copy)]
struct List {
    view: StoredValue<UnitBoardView>,
    candidates: StoredValue<Vec<DeskEntry>>,
    order: RwSignal<OrderList<String>>,
    chosen: RwSignal<BTreeSet<EntryId>>,
    act: ServerAction<Forward>,
}

impl List {
    fn form(self, act: &str) -> ForwardForm {
        let versions = self
            .candidates
            .with_value(|lines| lines.iter().map(version_text).collect());
        self.view.with_value(|view| ForwardForm {
            key: fresh_key(),
            contest: view.contest,
            slug: view.contest_slug.clone(),
            unit: view.unit,
            order: self.order.with_untracked(encode_order),
            chosen: self
                .chosen
                .with_untracked(|chosen| chosen.iter().copied().collect()),
            versions,
            act: act.to_owned(),
        })
    }

    /// Titles of what would be sent, in order.
    fn to_send(self) -> Vec<(EntryId, String)> {
        let chosen = self.chosen.get();
        let order = self.order.get();
        self.candidates.with_value(|lines| {
            let ids = order
                .entries()
                .filter_map(|id| id.parse::<EntryId>().ok())
                .filter(|id| chosen.contains(id));
            ids.filter_map(|id| lines.iter().find(|line| line.entry == id))
                .map(|line| (line.entry, format!("{} – {}", line.code, line.title)))
                .collect()
        })
    }
}

/// Entries that can be forwarded now; nothing while there is none.
#[component]
pub fn ForwardList(view: UnitBoardView, again: Callback<()>) -> impl IntoView {
    let candidates: Vec<DeskEntry> = view
        .entries
        .iter()
        .filter(|entry| can_go(entry.state))
        .cloned()
        .collect();
    if candidates.is_empty() {
        return ().into_any();
    }
    let query = use_query_map();
    let (order, chosen, asking) = query.with_untracked(|query| {
        (
            query.get("order").unwrap_or_default(),
            query.get("chosen"),
            query.get("ask").is_some(),
        )
    });
    let list = List {
        order: RwSignal::new(first_order(&candidates, &order)),
        chosen: RwSignal::new(first_choice(&candidates, chosen.as_deref())),
        view: StoredValue::new(view.clone()),
        candidates: StoredValue::new(candidates.clone()),
        act: ServerAction::<Forward>::new(),
    };
    let open = RwSignal::new(false);
    let refused = failure_of(list.act);
    after_success(list.act, move |()| {
        open.set(false);
        again.run(());
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let button = event
            .submitter()
            .and_then(|element| element.dyn_into::<leptos::web_sys::HtmlButtonElement>().ok());
        if button.is_some_and(|button| button.value() == "ask") {
            open.set(true);
        }
    };
    let items = candidates
        .iter()
        .map(|line| RankItem {
            id: line.entry.to_string(),
            title: line.title.clone(),
            note: Some(format!(
                "{} · {} · {}",
                line.code,
                line.authors.join(", "),
                state_name(line.state)
            )),
            href: Some(detail_href(line.entry)),
        })
        .collect::<Vec<_>>();
    let tick = Callback::new(move |id: String| {
        let Ok(entry) = id.parse::<EntryId>() else {
            return ().into_any();
        };
        let control = format!("send-{id}");
        view! {
            <span class="send-choice">
                <input
                    type="checkbox"
                    class="choice-input"
                    id=control.clone()
                    name="form[chosen][]"
                    value=id
                    checked=list.chosen.with_untracked(|chosen| chosen.contains(&entry))
                    on:change:target=move |event| {
                        let wanted = event.target().checked();
                        list.chosen.update(|chosen| {
                            if wanted { chosen.insert(entry); } else { chosen.remove(&entry); }
                        });
                    }
                />
                <label for=control>{word!(entry.forward.send)}</label>
            </span>
        }
        .into_any()
    });
    let stale = move || matches!(refused.get(), Some(Error::Conflict(_)));
    view! {
        <section class="panel stack forward" id="forward" aria-labelledby="forward-title">
            <h2 class="panel-title" id="forward-title">{word!(entry.forward.title)}</h2>
            <p class="measure">{word!(entry.forward.lead)}</p>
            <Failure error=refused/>
            {move || stale().then(|| view! {
                <div><Button kind="button" variant=Variant::Secondary icon=IconName::Refresh on_click=Callback::new(move |_| again.run(()))>
                    {word!(entry.forward.reload)}
                </Button></div>
            })}
            {asking.then(|| view! { <Card title=word!(entry.forward.confirm_title)><Confirm list/></Card> })}
            <form class="stack" method="post" action=Forward::url() on:submit=submit>
                <Hidden list/>
                <RankList
                    id="forward-list"
                    label=word!(entry.forward.list)
                    items
                    order=list.order
                    name="form[order]"
                    submit="form[act]"
                    extra=tick
                />
                <div class="cluster">
                    <Button name="form[act]" value="ask" icon=IconName::Send>
                        {word!(entry.forward.ask)}
                    </Button>
                    <span class="muted num">{move || word!(entry.forward.count, count = list.to_send().len(), total = list.candidates.with_value(Vec::len))}</span>
                </div>
            </form>
            <Dialog open title=word!(entry.forward.confirm_title)><Confirm list/></Dialog>
        </section>
    }
    .into_any()
}

/// What every form of the list sends along.
#[component]
fn Hidden(list: List) -> impl IntoView {
    let versions = list.candidates.with_value(|lines| {
        lines
            .iter()
            .map(|line| view! { <input type="hidden" name="form[versions][]" value=version_text(line)/> })
            .collect_view()
    });
    list.view.with_value(|view| {
        view! {
            <input type="hidden" name="form[key]" value=view.key.to_string()/>
            <input type="hidden" name="form[contest]" value=view.contest.to_string()/>
            <input type="hidden" name="form[slug]" value=view.contest_slug.clone()/>
            <input type="hidden" name="form[unit]" value=view.unit.to_string()/>
            {versions}
        }
        .into_any()
    })
}

/// The question before sending: what goes, in which order, until when.
#[component]
fn Confirm(list: List) -> impl IntoView {
    let view = list.view.get_value();
    let board = format!("{}#forward", unit_href(&view.contest_slug, Some(view.unit)));
    let deadline = view
        .deadline
        .as_ref()
        .map(|next| word!(entry.forward.deadline, at = moment_text(next.at, &view.zone)));
    let refused = failure_of(list.act);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        list.act.dispatch(Forward {
            form: list.form("forward"),
        });
    };
    let lines = move || {
        list.to_send()
            .into_iter()
            .map(|(_, title)| view! { <li>{title}</li> })
            .collect_view()
    };
    let chosen = move || {
        list.to_send()
            .into_iter()
            .map(|(id, _)| view! { <input type="hidden" name="form[chosen][]" value=id.to_string()/> })
            .collect_view()
    };
    let none = move || list.to_send().is_empty();
    view! {
        <form class="stack" method="post" action=Forward::url() on:submit=send>
            <Hidden list/>
            <input type="hidden" name="form[order]" value=move || list.order.with(encode_order)/>
            {chosen}
            <Failure error=refused/>
            {move || if none() {
                view! { <Notice tone=Tone::Warn><p>{word!(entry.forward.none)}</p></Notice> }.into_any()
            } else {
                view! { <p>{word!(entry.forward.confirm)}</p><ol class="forward-order">{lines}</ol> }.into_any()
            }}
            {deadline.map(|text| view! { <p class="muted">{text}</p> })}
            <div class="cluster">
                <Button name="form[act]" value="forward" icon=IconName::Send loading=list.act.pending() disabled=Signal::derive(none)>
                    {word!(entry.forward.act)}
                </Button>
                <LinkButton href=board variant=Variant::Quiet>{word!(common.action.back)}</LinkButton>
            </div>
        </form>
    }
    .into_any()
}

/// States from which a unit may forward.
fn can_go(state: EntryState) -> bool {
    state.after(rules::entry::EntryStep::Forward).is_ok()
}

fn version_text(line: &DeskEntry) -> String {
    format!("{}={}", line.entry, line.version)
}

/// The order of the address where it names the entries on the page, each once; else by submission.
fn first_order(candidates: &[DeskEntry], asked: &str) -> OrderList<String> {
    let mut by_time: Vec<&DeskEntry> = candidates.iter().collect();
    by_time.sort_by_key(|line| (line.state == EntryState::NotSelectedByUnit, line.submitted_at));
    let mut ids: Vec<String> = decode_order(asked).entries().cloned().collect();
    ids.retain(|id| candidates.iter().any(|line| line.entry.to_string() == *id));
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    ids.extend(
        by_time
            .into_iter()
            .map(|line| line.entry.to_string())
            .filter(|id| !seen.contains(id)),
    );
    OrderList::strict(ids)
}

/// The choice of the address, else everything the unit has not set aside.
fn first_choice(candidates: &[DeskEntry], asked: Option<&str>) -> BTreeSet<EntryId> {
    match asked {
        Some(asked) => decode_order(asked)
            .entries()
            .filter_map(|id| id.parse().ok())
            .collect(),
        None => candidates
            .iter()
            .filter(|line| line.state != EntryState::NotSelectedByUnit)
            .map(|line| line.entry)
            .collect(),
    }
}
