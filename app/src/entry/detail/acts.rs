//! What a desk does with an entry: return it, keep it back, accept or reject it. Each with a reason that stays typed
//! whatever happens.

use contract::Error;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use rules::Violation;
use rules::entry::{EntryField, EntryStep};
use rules::unit::{NOTE_MAX, field_key, note_fields};

use super::Case;
use crate::entry::api::{DecideEligibility, KeepBack, ReturnEntry};
use crate::entry::unit::api::TakeUp;
use crate::i18n::ui_locale;
use crate::judging::{after_success, failure_of};
use crate::text::{entry_field_name, error_text, field_message, state_name, step_name, word};
use crate::ui::{Button, Card, IconName, Notice, TextArea, TextField, TextKind, Tone, Variant, use_toasts};

/// What the unit may do.
#[component]
pub fn Screen(case: Case) -> impl IntoView {
    let back = ServerAction::<ReturnEntry>::new();
    let keep = ServerAction::<KeepBack>::new();
    follow(case, back, word!(entry.detail.returned));
    let up = ServerAction::<TakeUp>::new();
    follow(case, keep, word!(entry.detail.kept_back));
    follow(case, up, word!(unit.take_up.done));
    let state = case.part(|view| view.line.state);
    let can = move |step: EntryStep| state.get().after(step).is_ok();
    view! {
        <div class="stack">
            {move || can(EntryStep::Return).then(|| view! {
                <Card title=step_name(EntryStep::Return)>
                    <ActionForm action=back>
                        <div class="stack stack-s">
                            <Refused case error=failure_of(back)/>
                            <p class="small">{word!(entry.detail.return_text)}</p>
                            <Hidden case prefix="form"/>
                            <Reason name="form[reason]" id="return-reason" error=failure_of(back)/>
                            <Notes case error=failure_of(back)/>
                            <TextField
                                name="form[due]"
                                label=word!(entry.detail.due)
                                hint=word!(entry.detail.due_hint)
                                kind=TextKind::Date
                                mark_optional=true
                                error=due_message(failure_of(back))
                            />
                            <div><Button variant=Variant::Secondary icon=IconName::Undo loading=back.pending()>{step_name(EntryStep::Return)}</Button></div>
                        </div>
                    </ActionForm>
                </Card>
            })}
            {move || can(EntryStep::KeepBack).then(|| view! {
                <Card title=step_name(EntryStep::KeepBack)>
                    <ActionForm action=keep>
                        <div class="stack stack-s">
                            <Refused case error=failure_of(keep)/>
                            <p class="small">{word!(entry.detail.keep_text)}</p>
                            <Hidden case prefix="cmd"/>
                            <Reason name="cmd[reason]" id="keep-reason" error=failure_of(keep)/>
                            <div><Button variant=Variant::Secondary icon=IconName::Minus loading=keep.pending()>{step_name(EntryStep::KeepBack)}</Button></div>
                        </div>
                    </ActionForm>
                </Card>
            })}
            {move || can(EntryStep::TakeUp).then(|| view! {
                <Card title=step_name(EntryStep::TakeUp)>
                    <ActionForm action=up>
                        <div class="stack stack-s">
                            <Refused case error=failure_of(up)/>
                            <p class="small">{word!(unit.take_up.text)}</p>
                            <Hidden case prefix="cmd"/>
                            <Reason name="cmd[reason]" id="take-up-reason" error=failure_of(up)/>
                            <div><Button variant=Variant::Secondary icon=IconName::Undo loading=up.pending()>{step_name(EntryStep::TakeUp)}</Button></div>
                        </div>
                    </ActionForm>
                </Card>
            })}
        </div>
    }
    .into_any()
}

/// What the organiser may do.
#[component]
pub fn Decide(case: Case) -> impl IntoView {
    let accept = ServerAction::<DecideEligibility>::new();
    follow(case, accept, word!(entry.detail.decided));
    let refused = failure_of(accept);
    let state = case.part(|view| view.line.state);
    let can = move |step: EntryStep| state.get().after(step).is_ok();
    view! {
        <Card title=word!(entry.detail.decide)>
            <div class="stack">
                <Refused case error=refused/>
                {move || can(EntryStep::Accept).then(|| view! {
                    <ActionForm action=accept>
                        <Hidden case prefix="cmd"/>
                        <input type="hidden" name="cmd[accepted]" value="true"/>
                        <input type="hidden" name="cmd[reason]" value=""/>
                        <Button icon=IconName::Check loading=accept.pending()>{step_name(EntryStep::Accept)}</Button>
                    </ActionForm>
                })}
                {move || can(EntryStep::Reject).then(|| view! {
                    <ActionForm action=accept>
                        <div class="stack stack-s">
                            <Hidden case prefix="cmd"/>
                            <input type="hidden" name="cmd[accepted]" value="false"/>
                            <Reason name="cmd[reason]" id="reject-reason" error=refused/>
                            <div><Button variant=Variant::Danger icon=IconName::Close loading=accept.pending()>{step_name(EntryStep::Reject)}</Button></div>
                        </div>
                    </ActionForm>
                })}
            </div>
        </Card>
    }
    .into_any()
}

/// After success the entry is loaded anew and a word said; after a conflict it is loaded too, so that the next try is
/// made from what is there now.
pub(super) fn follow<S>(case: Case, action: ServerAction<S>, done: String)
where
    S: ServerFn<Error = Error, Output = ()> + Clone + Send + Sync + 'static,
{
    let toasts = use_toasts();
    after_success(action, move |()| {
        toasts.show(Tone::Ok, done.clone());
        case.reload();
    });
    let refused = failure_of(action);
    Effect::new(move || {
        if matches!(refused.get(), Some(Error::Conflict(_))) {
            case.reload();
        }
    });
}

/// Key, entry and version, as every form of a desk sends them.
#[component]
pub fn Hidden(case: Case, prefix: &'static str) -> impl IntoView {
    let (version, key) = (case.part(|view| view.line.version), case.part(|view| view.key));
    let entry = case.view.with_untracked(|view| view.line.entry);
    view! {
        <input type="hidden" name=format!("{prefix}[key]") value=move || key.get().to_string()/>
        <input type="hidden" name=format!("{prefix}[entry]") value=entry.to_string()/>
        <input type="hidden" name=format!("{prefix}[expected]") value=move || version.get().to_string()/>
    }
    .into_any()
}

#[component]
fn Reason(name: &'static str, id: &'static str, error: Signal<Option<Error>>) -> impl IntoView {
    let message = Signal::derive(move || {
        error.with(|error| match error {
            Some(error @ Error::Rule(Violation::ReasonRequired)) => Some(error_text(error)),
            Some(error) => field_message(error, "reason"),
            None => None,
        })
    });
    view! { <TextArea name id label=word!(entry.detail.reason) rows=4 max=2000 error=message/> }.into_any()
}

fn beside(error: Signal<Option<Error>>, field: String) -> Signal<Option<String>> {
    Signal::derive(move || error.with(|error| error.as_ref().and_then(|error| field_message(error, &field))))
}

/// What is wrong with the due date: no date, or later than the unit could forward.
fn due_message(error: Signal<Option<Error>>) -> Signal<Option<String>> {
    Signal::derive(move || {
        error.with(|error| match error {
            Some(error @ Error::Rule(Violation::DueTooLate { .. })) => Some(error_text(error)),
            Some(error) => field_message(error, "due"),
            None => None,
        })
    })
}

/// A comment box for each part of the entry, closed until it is wanted.
#[component]
fn Notes(case: Case, error: Signal<Option<Error>>) -> impl IntoView {
    let locale = ui_locale();
    let common = note_fields()
        .into_iter()
        .map(|field| (field_key(&field), entry_field_name(&field)));
    let questions = case.view.with_untracked(|view| {
        let names = view.answers.iter().map(|line| {
            let field = EntryField::Answer(line.code.clone());
            (field_key(&field), line.label.text(locale).to_owned())
        });
        names.collect::<Vec<_>>()
    });
    let boxes = common
        .chain(questions)
        .map(|(key, name)| {
            let message = beside(error, format!("notes[{key}]"));
            view! {
                <details class="note-box" open=move || message.get().is_some()>
                    <summary>{name.clone()}</summary>
                    <TextArea
                        name=format!("form[notes][{key}]")
                        id=format!("note-{}", key.replace(':', "-"))
                        label=word!(unit.note.label, field = name)
                        rows=3
                        max=NOTE_MAX as usize
                        error=message
                    />
                </details>
            }
        })
        .collect_view();
    view! {
        <fieldset class="bare-fieldset note-boxes">
            <legend class="strong">{word!(unit.note.title)}</legend>
            <p class="field-hint">{word!(unit.note.lead)}</p>
            {boxes}
        </fieldset>
    }
    .into_any()
}

/// Why it was refused. After a conflict: what the entry is now, and that the typed reason is still there.
#[component]
pub fn Refused(case: Case, error: Signal<Option<Error>>) -> impl IntoView {
    let state = case.part(|view| view.line.state);
    let reason = case.part(|view| view.line.reason.clone());
    move || {
        error.get().map(|error| {
            let (tone, now) = match &error {
                Error::Conflict(_) => (
                    Tone::Warn,
                    Some(view! {
                        <p>{word!(entry.detail.now_is, state = state_name(state.get()))}</p>
                        {reason.get().map(|reason| view! { <p class="pre-line">{reason}</p> })}
                        <p>{word!(entry.detail.again)}</p>
                    }),
                ),
                _ => (Tone::Danger, None),
            };
            view! { <Notice tone announce=true><p>{error_text(&error)}</p>{now}</Notice> }
        })
    }
}
