//! The check of an entry beside its text: every item answered, the system's answers with their evidence, and the
//! decision made from them. What is typed stays, whatever happens.

use contract::Error;
use contract::register::{CheckView, RegistrationView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::Violation;
use rules::entry::EntryStep;
use rules::id::EntryId;
use rules::register::{Answer, CheckStanding, ChecklistItem, NOTE_MAX};
use rules::time::Zone;

use super::api::{self, CheckEntry};
use super::words::{answer_name, channel_name, evidence_text, standing_name, standing_tone};
use crate::judging::{after_success, failure_of};
use crate::text::{ErrorView, error_text, field_message, moment_text, step_name, word};
use crate::ui::{
    Badge, Button, Card, Choice, DataList, DateTime, Datum, IconName, Notice, RadioGroup, Skeleton, TextArea,
    TextField, Tone, Variant, use_toasts,
};

/// How the entry came in, and its check where the contest has a checklist. `decided` runs after every change.
#[component]
pub fn CheckCard(entry: EntryId, #[prop(into)] decided: Callback<()>) -> impl IntoView {
    let loaded = Resource::new_blocking(move || entry, api::check);
    view! {
        <Suspense fallback=|| view! { <Skeleton lines=6/> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok(view) => view! { <Check view decided/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Check(view: CheckView, decided: Callback<()>) -> impl IntoView {
    let receipt = view
        .registration
        .clone()
        .map(|registration| view! { <Receipt registration zone=view.zone.clone()/> });
    let asked = !view.checklist.0.is_empty();
    view! {
        <div class="stack" id="check">
            {receipt}
            {asked.then(|| view! { <CheckForm view decided/> })}
        </div>
    }
    .into_any()
}

/// How a paper entry came in.
#[component]
fn Receipt(registration: RegistrationView, zone: Zone) -> impl IntoView {
    view! {
        <Card title=word!(register.check.registration)>
            <DataList>
                <Datum name=word!(register.paper.channel)>{channel_name(registration.channel)}</Datum>
                <Datum name=word!(register.check.received)><DateTime at=registration.received_at zone with_zone=true/></Datum>
                <Datum name=word!(register.check.receipt)><span class="num">{registration.receipt_number}</span></Datum>
                <Datum name=word!(register.check.registered_by)>{registration.registered_by}</Datum>
                {registration.late_reason.map(|reason| view! {
                    <Datum name=word!(register.check.late_reason)><span class="pre-line">{reason}</span></Datum>
                })}
            </DataList>
        </Card>
    }
    .into_any()
}

#[component]
fn CheckForm(view: CheckView, decided: Callback<()>) -> impl IntoView {
    let action = ServerAction::<CheckEntry>::new();
    let refused = failure_of(action);
    let shown = RwSignal::new(view.clone());
    let entry = view.entry;
    let reload = move || {
        spawn_local(async move {
            // What stood there before stays where the server cannot be reached.
            if let Ok(view) = api::check(entry).await {
                shown.try_set(view);
            }
        });
    };
    let toasts = use_toasts();
    let saved = word!(register.check.saved);
    after_success(action, move |()| {
        toasts.show(Tone::Ok, saved.clone());
        reload();
        decided.run(());
    });
    Effect::new(move || {
        // the next try is made from what is there now
        if matches!(refused.get(), Some(Error::Conflict(_))) {
            reload();
            decided.run(());
        }
    });
    let part = move |part: fn(&CheckView) -> String| Memo::new(move |_| shown.with(part));
    let key = part(|view| view.key.to_string());
    let version = part(|view| view.version.to_string());
    let entry_version = part(|view| view.entry_version.to_string());
    let checklist_version = part(|view| view.checklist_version.to_string());
    let standing = Memo::new(move |_| shown.with(|view| (view.standing, view.checked.clone())));
    let state = Memo::new(move |_| shown.with(|view| (view.state, view.can_check)));
    let can = move |step: EntryStep| {
        let (state, can_check) = state.get();
        can_check && state.after(step).is_ok()
    };
    let zone = StoredValue::new(view.zone.clone());
    let items = view
        .checklist
        .0
        .iter()
        .map(|item| view! { <Item item=item.clone() view=view.clone() error=refused/> })
        .collect_view();
    let reason = Signal::derive(move || {
        refused.with(|error| match error {
            Some(error @ Error::Rule(Violation::ReasonRequired)) => Some(error_text(error)),
            Some(error) => field_message(error, "reason"),
            None => None,
        })
    });
    view! {
        <Card title=word!(register.check.title)>
            <ActionForm action>
                <div class="stack">
                    <Refused error=refused shown/>
                    {view.outdated.then(|| view! { <Notice tone=Tone::Warn><p>{word!(register.check.outdated)}</p></Notice> })}
                    <p class="small">{word!(register.check.lead)}</p>
                    <p class="cluster">
                        {move || {
                            let (standing, checked) = standing.get();
                            let by = checked.map(|(name, at)| {
                                let at = zone.with_value(|zone| moment_text(at, zone));
                                view! { <span class="muted small">{word!(register.check.by, name = name, at = at)}</span> }
                            });
                            view! { <Badge tone=standing_tone(standing)>{standing_name(standing)}</Badge>{by} }
                        }}
                    </p>
                    <input type="hidden" name="form[key]" value=move || key.get()/>
                    <input type="hidden" name="form[entry]" value=entry.to_string()/>
                    <input type="hidden" name="form[expected]" value=move || version.get()/>
                    <input type="hidden" name="form[entry_version]" value=move || entry_version.get()/>
                    <input type="hidden" name="form[checklist_version]" value=move || checklist_version.get()/>
                    {items}
                    {move || state.get().1.then(|| view! {
                        <div class="stack stack-s">
                            <div class="cluster">
                                <Button variant=Variant::Secondary name="form[act]" value="save" loading=action.pending()>
                                    {word!(register.check.save)}
                                </Button>
                                {can(EntryStep::Accept).then(|| view! {
                                    <Button icon=IconName::Check name="form[act]" value="accept" loading=action.pending()>
                                        {step_name(EntryStep::Accept)}
                                    </Button>
                                })}
                            </div>
                            {can(EntryStep::Reject).then(|| view! {
                                <TextArea
                                    name="form[reason]"
                                    id="check-reason"
                                    label=word!(entry.detail.reason)
                                    hint=word!(register.check.reason_hint)
                                    rows=3
                                    max=2000
                                    error=reason
                                />
                                <div>
                                    <Button variant=Variant::Danger icon=IconName::Close name="form[act]" value="reject" loading=action.pending()>
                                        {step_name(EntryStep::Reject)}
                                    </Button>
                                </div>
                            })}
                        </div>
                    })}
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}

/// One item: the answers to choose from – the system's own first – and a note.
#[component]
fn Item(item: ChecklistItem, view: CheckView, error: Signal<Option<Error>>) -> impl IntoView {
    let code = item.code.clone();
    let finding = view.findings.get(&code).cloned();
    let typed = view.answers.get(&code).cloned().unwrap_or_default();
    let evidence = finding
        .as_ref()
        .map(|finding| evidence_text(&finding.evidence, &view.zone));
    let default = match finding.as_ref().and_then(|finding| finding.answer) {
        Some(answer) => word!(register.answer.system, answer = answer_name(answer)),
        None => word!(register.answer.none),
    };
    let mut choices = vec![Choice::new("", default)];
    choices.extend(
        Answer::ALL
            .into_iter()
            .map(|answer| Choice::new(answer.slug(), answer_name(answer))),
    );
    let field = format!("note.{code}");
    let message = Signal::derive(move || {
        error.with(|error| {
            let message = error.as_ref().and_then(|error| field_message(error, &field))?;
            Some(format!("{message} {}", word!(register.check.note_needed)))
        })
    });
    let note_label = format!("{} – {}", word!(register.check.note), item.label);
    let hint = [item.hint.clone(), evidence.unwrap_or_default()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    view! {
        <div class="check-item">
            <RadioGroup
                name=format!("form[answer][{code}]")
                legend=item.label.clone()
                choices
                value=typed.answer.map_or("", Answer::slug).to_owned()
                hint
                inline=true
            />
            <TextField
                name=format!("form[note][{code}]")
                label=note_label
                value=typed.note
                max=NOTE_MAX
                error=message
            />
        </div>
    }
    .into_any()
}

/// Why it was refused; after a conflict, what somebody else saved.
#[component]
fn Refused(error: Signal<Option<Error>>, shown: RwSignal<CheckView>) -> impl IntoView {
    move || {
        error.get().map(|error| {
            if !matches!(error, Error::Conflict(_)) {
                return view! { <Notice tone=Tone::Danger announce=true><p>{error_text(&error)}</p></Notice> }
                    .into_any();
            }
            let stored = shown.with(|view| {
                let answers = view.checklist.0.iter().filter_map(|item| {
                    let answer = view.answers.get(&item.code)?;
                    let said = answer
                        .answer
                        .map_or_else(|| word!(register.answer.none), answer_name);
                    Some(format!("{}: {said}. {}", item.label, answer.note))
                });
                answers.collect::<Vec<_>>()
            });
            let stored = stored
                .into_iter()
                .map(|line| view! { <li>{line}</li> })
                .collect_view();
            view! {
                <Notice tone=Tone::Warn announce=true>
                    <p>{word!(register.check.conflict)}</p>
                    <ul>{stored}</ul>
                </Notice>
            }
            .into_any()
        })
    }
}

/// The badge of a standing, for the desk.
#[component]
pub fn StandingBadge(standing: CheckStanding) -> impl IntoView {
    view! { <Badge tone=standing_tone(standing)>{standing_name(standing)}</Badge> }.into_any()
}
