//! Juries: who sits on them, who is in the chair; people are looked up by name.

use contract::contest::{Jury, SetupView};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;
use rules::contest::ContestPhase;
use rules::id::CommandKey;
use rules::judging::RoundState;

use super::Reload;
use super::judge::{Found, Member};
use crate::judging::{Failure, after_success, failure_of};
use crate::manage::api::{self, AppointJudge, RemoveJudge};
use crate::text::{error_text, round_state_name, round_tone, word};
use crate::ui::{Badge, Button, IconName, TextField, TextKind, Tone, Variant, use_toasts};

/// The acts of the page; one of each, so that a refusal is said once.
#[derive(Clone, Copy)]
pub struct Acts {
    pub appoint: ServerAction<AppointJudge>,
    pub remove: ServerAction<RemoveJudge>,
    pub key: CommandKey,
}

/// Every round's jury.
#[component]
pub fn Juries(view: SetupView, reload: Reload) -> impl IntoView {
    let acts = Acts {
        appoint: ServerAction::new(),
        remove: ServerAction::new(),
        key: view.key,
    };
    let toasts = use_toasts();
    let saved = StoredValue::new(word!(contest.manage.setup.saved));
    let done = move || {
        toasts.show(Tone::Ok, saved.get_value());
        reload.again.run(());
    };
    after_success(acts.appoint, move |()| done());
    after_success(acts.remove, move |()| done());
    // a jury changes until its round opens, and never while a result waits or stands
    let open = matches!(
        view.phase,
        ContestPhase::Draft | ContestPhase::Open | ContestPhase::Judging
    );
    let none = view.juries.is_empty();
    let juries = view
        .juries
        .into_iter()
        .map(|jury| view! { <JuryPanel jury acts open/> })
        .collect_view();
    view! {
        <p class="muted">{word!(contest.manage.juries.lead)}</p>
        <Failure error=failure_of(acts.appoint)/>
        <Failure error=failure_of(acts.remove)/>
        {none.then(|| view! { <p>{word!(contest.manage.juries.no_rounds)}</p> })}
        {juries}
    }
    .into_any()
}

#[component]
fn JuryPanel(jury: Jury, acts: Acts, open: bool) -> impl IntoView {
    let editable = open && jury.state == RoundState::Planned;
    let heading = format!("jury-{}", jury.round);
    let labelled_by = heading.clone();
    let count = jury.members.len();
    let (round, name) = (jury.round, jury.round_name.clone());
    let members = jury.members.clone();
    let rows = members
        .into_iter()
        .map(|member| view! { <Member member round acts editable/> })
        .collect_view();
    view! {
        <section class="panel stack" aria-labelledby=labelled_by>
            <div class="cluster spread">
                <h2 id=heading>{name}</h2>
                <Badge tone=round_tone(jury.state)>{round_state_name(jury.state)}</Badge>
            </div>
            {if count == 0 {
                view! { <p class="muted">{word!(contest.manage.juries.empty)}</p> }.into_any()
            } else {
                view! { <ul class="seat-list">{rows}</ul> }.into_any()
            }}
            {editable.then(|| view! { <FindJudge jury acts/> })}
        </section>
    }
    .into_any()
}

/// The search of one round. It is a plain GET form, so the people found stand in the page without any script.
#[component]
fn FindJudge(jury: Jury, acts: Acts) -> impl IntoView {
    let query = use_query_map();
    let round = jury.round.to_string();
    let own = round.clone();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let mine = query.get("round").is_some_and(|asked| asked == own);
        query.get("find").filter(|_| mine).unwrap_or_default()
    });
    let found = Resource::new_blocking(
        move || asked.get(),
        |asked| async move {
            // one letter would list half of the staff
            if asked.trim().chars().count() < 2 {
                Ok(Vec::new())
            } else {
                api::find_judges(asked).await
            }
        },
    );
    let jury = StoredValue::new(jury);
    let label = jury.with_value(|jury| word!(contest.manage.juries.find_of, round = jury.round_name.clone()));
    let searched = label.clone();
    view! {
        <div class="stack stack-s">
            <Form method="GET" action="">
                <input type="hidden" name="round" value=round.clone()/>
                <div class="search-row" role="search" aria-label=searched>
                    <TextField name="find" id=format!("find-{round}") label=label hint=word!(contest.manage.juries.find_hint)
                        kind=TextKind::Search value=asked.get_untracked() autocomplete="off"/>
                    <Button variant=Variant::Secondary icon=IconName::Search>{word!(common.action.search)}</Button>
                </div>
            </Form>
            <div aria-live="polite">
                <Transition>
                    {move || Suspend::new(async move {
                        match found.await {
                            Ok(people) if people.is_empty() => {
                                let looked = asked.with_untracked(|asked| asked.trim().chars().count() >= 2);
                                looked.then(|| view! { <p class="muted">{word!(contest.manage.juries.none)}</p> }).into_any()
                            }
                            Ok(people) => {
                                let rows = people
                                    .into_iter()
                                    .map(|person| view! { <Found person jury=jury.get_value() acts/> })
                                    .collect_view();
                                view! { <ul class="seat-list">{rows}</ul> }.into_any()
                            }
                            Err(error) => view! { <p class="field-error"><span>{error_text(&error)}</span></p> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </div>
    }
    .into_any()
}
