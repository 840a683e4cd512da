//! What is left for the unit to do.

use leptos::prelude::*;
use rules::unit::{Lane, Todo};

use crate::text::word;
use crate::ui::{Icon, IconName};

/// The panel; each line leads to where it is done.
#[component]
pub fn TodoPanel(todo: Vec<Todo>) -> impl IntoView {
    let none = todo.is_empty();
    let lines = todo
        .into_iter()
        .map(|item| {
            let (icon, tone) = mark(item);
            let text = match target(item) {
                Some(href) => view! { <a href=href>{sentence(item)}</a> }.into_any(),
                None => view! { <span>{sentence(item)}</span> }.into_any(),
            };
            view! { <li class="todo-line" data-tone=tone><Icon name=icon/>{text}</li> }
        })
        .collect_view();
    view! {
        <section class="panel todo" aria-labelledby="todo-title">
            <h2 class="panel-title" id="todo-title">{word!(unit.todo.title)}</h2>
            {if none {
                view! { <p class="muted">{word!(unit.todo.none)}</p> }.into_any()
            } else {
                view! { <ul class="todo-list">{lines}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

fn sentence(item: Todo) -> String {
    match item {
        Todo::Shorten { by } => word!(unit.todo.shorten, count = by),
        Todo::Look { count } => word!(unit.todo.look, count = count),
        Todo::Remind { count } => word!(unit.todo.remind, count = count),
        Todo::Await { count } => word!(unit.todo.awaiting, count = count),
        Todo::Place { count } => word!(unit.todo.place, count = count),
        Todo::Forward { count } => word!(unit.todo.forward, count = count),
        Todo::Promote { fallen, reserves } => word!(unit.todo.promote, fallen = fallen, reserves = reserves),
        Todo::Fill { missing, drafts: 0 } => word!(unit.todo.fill, missing = missing),
        Todo::Fill { missing, drafts } => word!(unit.todo.fill_drafts, missing = missing, drafts = drafts),
        Todo::Missed { missing } => word!(unit.todo.missed, missing = missing),
        Todo::Done { forwarded } => word!(unit.todo.done, count = forwarded),
    }
}

fn mark(item: Todo) -> (IconName, &'static str) {
    match item {
        Todo::Shorten { .. } | Todo::Missed { .. } => (IconName::AlertCircle, "danger"),
        Todo::Remind { .. } | Todo::Fill { .. } | Todo::Promote { .. } => (IconName::AlertTriangle, "warn"),
        Todo::Look { .. } | Todo::Place { .. } | Todo::Forward { .. } => (IconName::Circle, "info"),
        Todo::Await { .. } => (IconName::Clock, "neutral"),
        Todo::Done { .. } => (IconName::CheckCircle, "ok"),
    }
}

fn target(item: Todo) -> Option<String> {
    let lane = |lane: Lane| Some(format!("#{}", super::board::lane_id(lane)));
    match item {
        Todo::Look { .. } => lane(Lane::Waiting),
        Todo::Remind { .. } | Todo::Await { .. } => lane(Lane::Returned),
        Todo::Shorten { .. } | Todo::Place { .. } | Todo::Forward { .. } | Todo::Promote { .. } => {
            Some("#forward".to_owned())
        }
        Todo::Fill { .. } | Todo::Missed { .. } | Todo::Done { .. } => None,
    }
}
