//! The list: put in order by drag, by keys or by its buttons, parted from the reserves by a line, saved as it is made,
//! and forwarded in one act.

use contract::Error;
use contract::entry::DeskEntry;
use contract::unit::UnitDeskView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_query_map;
use rules::id::EntryId;
use rules::judging::OrderList;
use rules::time::format_time;
use rules::unit::{Quota, QuotaStanding, UnitOrder};

use super::api::{Forward, PostList};
use super::clash::Clash;
use super::form::{ForwardForm, LINE};
use super::quota::{figures, sentence};
use super::saving::{ListDesk, ListSave};
use crate::entry::parts::{detail_href, unit_href};
use crate::judging::{Failure, after_success, failure_of, fresh_key};
use crate::text::{error_text, moment_text, state_name, word};
use crate::ui::{
    Badge, Button, Card, Dialog, EmptyState, IconName, LinkButton, Notice, RankItem, RankLine, RankList,
    Tone, Variant,
};

/// What the parts of the list share.
#[derive(Clone, Copy)]
struct Frame {
    view: StoredValue<UnitDeskView>,
    desk: ListDesk,
    act: ServerAction<Forward>,
}

impl Frame {
    fn entry(self, id: EntryId) -> Option<DeskEntry> {
        self.view.with_value(|view| {
            let entries = &view.board.entries;
            entries.iter().find(|line| line.entry == id).cloned()
        })
    }

    /// Entries on the page that can be forwarded but are not on the list.
    fn unplaced(self) -> Vec<EntryId> {
        let movable: Vec<EntryId> = self.view.with_value(|view| {
            let entries = view.board.entries.iter();
            let movable = entries.filter(|line| can_go(line));
            movable.map(|line| line.entry).collect()
        });
        self.desk.order().unplaced(&movable)
    }

    fn quota(self) -> (Quota, u32) {
        self.view.with_value(|view| (view.quota, view.board.forwarded))
    }

    /// The standing if the list were forwarded.
    fn meant(self) -> (Quota, u32, QuotaStanding) {
        let (quota, forwarded) = self.quota();
        let selected = self.desk.rows.with(super::form::list).selected.len();
        let count = forwarded.saturating_add(u32::try_from(selected).unwrap_or(u32::MAX));
        (quota, count, quota.standing(count))
    }

    /// Why the list cannot be forwarded now: nothing on it, or too much.
    fn is_refused(self) -> bool {
        let empty = self.desk.rows.with(super::form::list).selected.is_empty();
        empty || matches!(self.meant().2, QuotaStanding::Over { .. })
    }

    fn form(self) -> ForwardForm {
        let order = self.desk.rows.with_untracked(super::form::list);
        let entries = order.selected.iter().filter_map(|id| self.entry(*id));
        let entries = entries.map(|line| version_text(&line)).collect();
        self.view.with_value(|view| ForwardForm {
            key: fresh_key(),
            contest: view.board.contest,
            slug: view.board.contest_slug.clone(),
            unit: view.board.unit,
            expected: self.desk.version.get_untracked(),
            entries,
            reserves: order.reserves,
        })
    }
}

/// The list with everything that is done with it.
#[component]
pub fn ForwardList(view: UnitDeskView, desk: ListDesk, again: Callback<()>) -> impl IntoView {
    if !view.open {
        return view! { <Closed view/> }.into_any();
    }
    let movable: Vec<DeskEntry> = view
        .board
        .entries
        .iter()
        .filter(|line| can_go(line))
        .cloned()
        .collect();
    if movable.is_empty() {
        return view! {
            <section class="panel forward" id="forward" aria-labelledby="forward-title">
                <h2 class="panel-title" id="forward-title">{word!(unit.list.title)}</h2>
                <p class="muted">{word!(unit.list.nothing)}</p>
            </section>
        }
        .into_any();
    }
    let asking = use_query_map().with_untracked(|query| query.get("ask").is_some());
    let frame = Frame {
        view: StoredValue::new(view.clone()),
        desk,
        act: ServerAction::<Forward>::new(),
    };
    let posted = ServerAction::<PostList>::new();
    let open = RwSignal::new(false);
    let refused = failure_of(frame.act);
    after_success(frame.act, move |()| {
        open.set(false);
        again.run(());
    });
    // Somebody else changed an entry or the list meanwhile: the refusal stays in view until the person asks for what is
    // there now.
    let stale = Memo::new(move |_| matches!(refused.get(), Some(Error::Conflict(_))));
    Effect::new(move || {
        if stale.get() {
            open.set(false);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let button = event
            .submitter()
            .and_then(|element| element.dyn_into::<leptos::web_sys::HtmlButtonElement>().ok());
        match button.map(|button| button.value()).as_deref() {
            Some("ask") => open.set(true),
            Some(act) => desk.act(act),
            None => desk.put(),
        }
    };
    let drop = Callback::new(move |id: String| {
        let title = id
            .parse()
            .ok()
            .and_then(|id| frame.entry(id))
            .map(|line| line.title);
        let Some(title) = title else {
            return ().into_any(); // the line
        };
        view! {
            <Button name="form[act]" value=format!("drop:{id}") variant=Variant::Quiet small=true icon=IconName::Close
                label=word!(unit.list.drop_of, title = title)>
                {word!(unit.list.drop)}
            </Button>
        }
        .into_any()
    });
    let line = RankLine {
        id: LINE.to_owned(),
        title: word!(unit.list.line),
        text: word!(unit.list.line_text),
    };
    let counts = move || {
        let order = desk.order();
        word!(
            unit.list.count,
            count = order.selected.len(),
            reserves = order.reserves.len()
        )
    };
    let items = movable.iter().map(item).collect::<Vec<_>>();
    let waiting = Signal::derive(move || desk.theirs.with(Option::is_some));
    let form = view! {
        <form class="stack" method="post" action=PostList::url() on:submit=submit>
            <Hidden frame/>
            // Enter in a place box saves, whatever button comes first.
            <button class="visually-hidden" type="submit" name="form[act]" value="save" tabindex="-1" aria-hidden="true">
                {word!(unit.list.save)}
            </button>
            <RankList
                id="forward-list"
                label=word!(unit.list.order)
                items
                order=desk.rows
                name="form[order]"
                submit="form[act]"
                extra=drop
                line
                disabled=waiting
                on_change=Callback::new(move |_: OrderList<String>| desk.put())
            />
            {move || desk.order().selected.is_empty().then(|| view! { <p class="muted">{word!(unit.list.empty)}</p> })}
            <Unplaced frame/>
            <div class="list-standing">
                <p class="num" role="status">{counts}</p>
                <Meant frame/>
                <Saved desk frame/>
            </div>
            <div class="cluster">
                <Button
                    name="form[act]" value="ask" icon=IconName::Send
                    disabled=Signal::derive(move || frame.is_refused() || waiting.get())
                >
                    {word!(unit.list.ask)}
                </Button>
                <Button name="form[act]" value="save" variant=Variant::Secondary disabled=waiting>{word!(unit.list.save)}</Button>
            </div>
        </form>
    }
    .into_any();
    view! {
        <section class="panel stack forward" id="forward" aria-labelledby="forward-title">
            <h2 class="panel-title" id="forward-title">{word!(unit.list.title)}</h2>
            <p class="measure">{word!(unit.list.lead)}</p>
            <Failure error=refused/>
            {move || stale.get().then(|| view! {
                <div><Button kind="button" variant=Variant::Secondary icon=IconName::Refresh on_click=Callback::new(move |_| again.run(()))>
                    {word!(unit.list.reload)}
                </Button></div>
            })}
            <Failure error=failure_of(posted)/>
            <Clash view=frame.view desk/>
            {asking.then(|| view! { <Card title=word!(unit.forward.title)><Confirm frame/></Card> })}
            {form}
            <Dialog open title=word!(unit.forward.title)><Confirm frame/></Dialog>
        </section>
    }
    .into_any()
}

/// What the list was when the deadline passed.
#[component]
fn Closed(view: UnitDeskView) -> impl IntoView {
    let late = view
        .board
        .deadline
        .as_ref()
        .filter(|next| view.board.now > next.at);
    let (title, text) = match late {
        Some(next) => (
            Some(word!(unit.list.closed)),
            word!(unit.list.closed_text, at = moment_text(next.at, &view.board.zone)),
        ),
        None => (None, word!(unit.list.phase)),
    };
    view! {
        <section class="forward" id="forward" aria-label=word!(unit.list.title)>
            {match title {
                Some(title) => view! { <Notice tone=Tone::Warn title><p>{text}</p></Notice> }.into_any(),
                None => view! { <Notice><p>{text}</p></Notice> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

/// Entries that could go but are not on the list, each with the ways onto it.
#[component]
fn Unplaced(frame: Frame) -> impl IntoView {
    move || {
        let unplaced: Vec<DeskEntry> = frame
            .unplaced()
            .into_iter()
            .filter_map(|id| frame.entry(id))
            .collect();
        (!unplaced.is_empty()).then(|| {
            let lines = unplaced
                .into_iter()
                .map(|line| {
                    let title = line.title.clone();
                    view! {
                        <li class="unplaced-row">
                            <span class="unplaced-text">
                                <a href=detail_href(line.entry)>{line.title.clone()}</a>
                                <span class="muted small">{note(&line)}</span>
                            </span>
                            <span class="cluster">
                                <Button name="form[act]" value=format!("add:{}", line.entry) variant=Variant::Secondary small=true
                                    icon=IconName::Plus label=word!(unit.list.add_of, title = title.clone())>
                                    {word!(unit.list.add)}
                                </Button>
                                <Button name="form[act]" value=format!("reserve:{}", line.entry) variant=Variant::Quiet small=true
                                    label=word!(unit.list.reserve_of, title = title)>
                                    {word!(unit.list.reserve)}
                                </Button>
                            </span>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div class="unplaced">
                    <h3 class="unplaced-title">{word!(unit.list.unplaced)}</h3>
                    <ul class="unplaced-list">{lines}</ul>
                </div>
            }
        })
    }
}

/// The quota if the list were forwarded.
#[component]
fn Meant(frame: Frame) -> impl IntoView {
    move || {
        let (quota, count, standing) = frame.meant();
        let said = sentence(standing);
        view! {
            <p class="cluster">
                <span>{word!(unit.quota.after, figures = figures(quota, count))}</span>
                {said.map(|(tone, text)| view! { <Badge tone>{text}</Badge> })}
            </p>
        }
    }
}

/// Where the list is, and who saved it last.
#[component]
fn Saved(desk: ListDesk, frame: Frame) -> impl IntoView {
    let zone = frame.view.with_value(|view| view.board.zone.clone());
    let badge = move || match desk.save.get() {
        ListSave::Idle => match desk.saved.get() {
            Some((name, at)) => {
                let at = format_time(zone.local(at).time());
                (
                    Tone::Ok,
                    IconName::Cloud,
                    word!(unit.list.saved, name = name, at = at),
                )
            }
            None => (Tone::Neutral, IconName::Circle, word!(unit.list.unsaved)),
        },
        ListSave::Saving => (Tone::Info, IconName::Refresh, word!(unit.list.saving)),
        ListSave::Kept => (Tone::Warn, IconName::CloudOff, word!(unit.list.offline)),
        ListSave::Refused(error) => (Tone::Danger, IconName::AlertCircle, error_text(&error)),
    };
    view! {
        <div class="save-badge" role="status">
            {move || {
                let (tone, icon, text) = badge();
                view! { <Badge tone icon>{text}</Badge> }
            }}
        </div>
    }
    .into_any()
}

/// What both forms send along.
#[component]
fn Hidden(frame: Frame) -> impl IntoView {
    let version = move || frame.desk.version.get().to_string();
    frame.view.with_value(|view| {
        view! {
            <input type="hidden" name="form[key]" value=view.board.key.to_string()/>
            <input type="hidden" name="form[contest]" value=view.board.contest.to_string()/>
            <input type="hidden" name="form[slug]" value=view.board.contest_slug.clone()/>
            <input type="hidden" name="form[unit]" value=view.board.unit.to_string()/>
            <input type="hidden" name="form[expected]" value=version/>
        }
        .into_any()
    })
}

/// The question before forwarding: what goes, in which order, what stays in reserve, until when.
#[component]
fn Confirm(frame: Frame) -> impl IntoView {
    let view = frame.view.get_value();
    let board = format!(
        "{}#forward",
        unit_href(&view.board.contest_slug, Some(view.board.unit))
    );
    let deadline = view
        .board
        .deadline
        .as_ref()
        .map(|next| word!(unit.forward.deadline, at = moment_text(next.at, &view.board.zone)));
    let refused = failure_of(frame.act);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        frame.act.dispatch(Forward { form: frame.form() });
    };
    let lines = move |ids: Vec<EntryId>| {
        let lines = ids.into_iter().filter_map(|id| frame.entry(id));
        lines
            .map(|line| view! { <li>{format!("{} – {}", line.code, line.title)}</li> })
            .collect_view()
    };
    let fields = move || {
        let UnitOrder { selected, reserves } = frame.desk.order();
        let selected = selected
            .into_iter()
            .filter_map(|id| frame.entry(id))
            .map(|line| view! { <input type="hidden" name="form[entries][]" value=version_text(&line)/> })
            .collect_view();
        let reserves = reserves
            .into_iter()
            .map(|id| view! { <input type="hidden" name="form[reserves][]" value=id.to_string()/> })
            .collect_view();
        (selected, reserves)
    };
    let body = move || {
        let UnitOrder { selected, reserves } = frame.desk.order();
        if selected.is_empty() {
            return view! { <EmptyState title=word!(unit.forward.none)/> }.into_any();
        }
        view! {
            <p>{word!(unit.forward.text)}</p>
            <ol class="forward-order">{lines(selected)}</ol>
            {(!reserves.is_empty()).then(|| view! {
                <p>{word!(unit.forward.reserves)}</p>
                <ol class="forward-order muted">{lines(reserves)}</ol>
            })}
        }
        .into_any()
    };
    view! {
        <form class="stack" method="post" action=Forward::url() on:submit=send>
            <Hidden frame/>
            {fields}
            <Failure error=refused/>
            {body}
            <Meant frame/>
            {deadline.map(|text| view! { <p class="muted">{text}</p> })}
            <div class="cluster">
                <Button icon=IconName::Send loading=frame.act.pending() disabled=Signal::derive(move || frame.is_refused())>
                    {word!(unit.forward.act)}
                </Button>
                <LinkButton href=board variant=Variant::Quiet>{word!(common.action.back)}</LinkButton>
            </div>
        </form>
    }
    .into_any()
}

fn item(line: &DeskEntry) -> RankItem {
    RankItem {
        id: line.entry.to_string(),
        title: line.title.clone(),
        note: Some(note(line)),
        href: Some(detail_href(line.entry)),
    }
}

fn note(line: &DeskEntry) -> String {
    format!(
        "{} · {} · {}",
        line.code,
        line.authors.join(", "),
        state_name(line.state)
    )
}

/// Whether a unit may forward it from where it stands.
fn can_go(line: &DeskEntry) -> bool {
    line.state.after(rules::entry::EntryStep::Forward).is_ok()
}

fn version_text(line: &DeskEntry) -> String {
    format!("{}={}", line.entry, line.version)
}
