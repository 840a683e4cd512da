//! Looking a colleague up by name, so that the account and not a typed name stands in the entry.

use std::time::Duration;

use contract::account::PersonLine;
use contract::author::Invitee;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::super::draft::Draft;
use super::add;
use super::inviting::Inviting;
use crate::entry::api;
use crate::entry::parts::row_of;
use crate::text::{error_text, word};
use crate::ui::{Button, Icon, IconName, TextField, TextKind, Variant};

/// How long after the last key the search starts.
const PAUSE: Duration = Duration::from_millis(300);

/// The search and who was found. Without wasm the button leads back here with `?find=…`.
#[component]
pub fn FindAuthor(draft: Draft, inviting: Inviting) -> impl IntoView {
    let asked = use_query_map().read_untracked().get("find").unwrap_or_default();
    let query = RwSignal::new(asked.clone());
    let found = Resource::new(
        move || query.get(),
        |query| async move {
            // one letter would list half of the staff; the server finds nothing for it either
            if query.trim().chars().count() < 2 {
                Ok(Vec::new())
            } else {
                api::find_authors(query).await
            }
        },
    );
    let timer = StoredValue::new(None::<TimeoutHandle>);
    on_cleanup(move || {
        timer.try_update_value(|timer| timer.take().map(|timer| timer.clear()));
    });
    let typed = move |text: String| {
        timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
            let ask = move || {
                query.try_set(text);
            };
            *timer = set_timeout_with_handle(ask, PAUSE).ok();
        });
    };
    let list = move |people: Vec<PersonLine>| {
        if people.is_empty() {
            let looked = query.with_untracked(|query| query.trim().chars().count() >= 2);
            return looked
                .then(|| view! { <p class="muted">{word!(entry.find.none)}</p> })
                .into_any();
        }
        let rows = people
            .into_iter()
            .map(|person| view! { <Found draft inviting person/> })
            .collect_view();
        view! { <ul class="found-list">{rows}</ul> }.into_any()
    };
    view! {
        <div class="stack stack-s" id="author-find">
            <div class="search-row">
                <TextField
                    name="form[find]"
                    label=word!(entry.find.label)
                    hint=word!(entry.find.hint)
                    kind=TextKind::Search
                    value=asked
                    autocomplete="off"
                    on_input=Callback::new(typed)
                />
                <Button variant=Variant::Secondary icon=IconName::Search name="form[intent]" value="find">
                    {word!(common.action.search)}
                </Button>
            </div>
            <div aria-live="polite">
                <Transition>
                    {move || Suspend::new(async move {
                        match found.await {
                            Ok(people) => list(people),
                            Err(error) => view! { <p class="field-error"><span>{error_text(&error)}</span></p> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Found(draft: Draft, inviting: Inviting, person: PersonLine) -> impl IntoView {
    let here = {
        let id = person.id.to_string();
        Memo::new(move |_| {
            draft
                .typed
                .with(|typed| typed.authors.iter().any(|row| row.user == id))
        })
    };
    let about = [
        person.position.clone(),
        person.unit_name.clone().unwrap_or_default(),
    ];
    let about = about
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let asked = inviting.asked();
    let (label, text) = if asked {
        (
            word!(author.invite.person_of, name = person.full_name.clone()),
            word!(author.invite.person),
        )
    } else {
        (
            word!(entry.find.add_of, name = person.full_name.clone()),
            word!(entry.find.add),
        )
    };
    let (name, value) = (person.full_name.clone(), format!("pick:{}", person.id));
    let person = StoredValue::new(person);
    view! {
        <li class="found-row">
            <Icon name=IconName::User/>
            <span class="found-text">
                <span class="strong">{name}</span>
                <span class="muted small">{about}</span>
            </span>
            {move || if here.get() {
                view! { <span class="muted small">{word!(entry.find.already)}</span> }.into_any()
            } else {
                let (value, label, text) = (value.clone(), label.clone(), text.clone());
                view! {
                    <Button
                        variant=Variant::Secondary
                        small=true
                        icon=IconName::Plus
                        name="form[intent]"
                        value
                        label
                        on_click=Callback::new(move |event: leptos::ev::MouseEvent| {
                            event.prevent_default();
                            let person = person.get_value();
                            if asked {
                                inviting.invite(Invitee::Person { user: person.id });
                            } else {
                                add(draft, row_of(person));
                            }
                        })
                    >
                        {text}
                    </Button>
                }
                .into_any()
            }}
        </li>
    }
    .into_any()
}
