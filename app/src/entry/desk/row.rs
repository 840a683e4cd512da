//! One entry in its row: accepted with one press, rejected with a reason, both from the version on the screen.

use contract::Error;
use contract::entry::DecideEligibility;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use rules::Violation;
use rules::entry::EntryStep;
use rules::id::EntryId;
use rules::register::CheckStanding;

use super::Desk;
use crate::deadline::TimelinessBadge;
use crate::entry::api::{self, DecideEligibility as Decide};
use crate::entry::parts::{StateBadge, detail_href};
use crate::judging::fresh_key;
use crate::register::Marks;
use crate::text::{error_text, field_message, state_name, step_name, word};
use crate::ui::{Button, Cell, IconName, LinkButton, Notice, TextArea, Tone, Variant};

/// The row of an entry; it lives as long as the entry is in the list.
#[component]
pub fn Row(desk: Desk, id: EntryId) -> impl IntoView {
    let Some(first) = desk
        .view
        .with_untracked(|view| view.entries.iter().find(|line| line.entry == id).cloned())
    else {
        return ().into_any();
    };
    let known = StoredValue::new(first.clone());
    let line = desk.part(move |view| {
        view.entries
            .iter()
            .find(|line| line.entry == id)
            .cloned()
            .unwrap_or_else(|| known.get_value())
    });
    let can_decide = desk.part(|view| view.can_decide);
    let marks = desk.part(move |view| view.marks.get(&id).cloned().unwrap_or_default());
    let files = word!(entry.files.count, count = first.attachments.len());
    let about = format!("{} · {files}", first.category_name);
    let code = first.code.clone();
    view! {
        <tr>
            <Cell label=word!(entry.receipt.code)><span class="num nowrap">{first.code}</span></Cell>
            <Cell label=word!(entry.desk.entry)>
                <a class="strong" href=detail_href(id)>{first.title.clone()}</a>
                <span class="desk-about small">{first.authors.join(", ")}</span>
                <span class="desk-about muted small">{about}</span>
            </Cell>
            <Cell label=word!(entry.authors.unit)>{first.unit_name.clone().unwrap_or_else(|| "–".to_owned())}</Cell>
            <Cell label=word!(entry.desk.state)>
                {move || view! { <StateBadge state=line.get().state/> }}
                <TimelinessBadge timeliness=first.timeliness/>
                {move || view! { <Marks marks=marks.get()/> }}
                {move || line.get().reason.map(|reason| view! { <span class="desk-about small pre-line">{reason}</span> })}
            </Cell>
            <Cell label=word!(entry.desk.decision)>
                {move || can_decide.get().then(|| view! { <Acts desk id line code=code.clone()/> })}
            </Cell>
        </tr>
    }
    .into_any()
}

#[component]
fn Acts(desk: Desk, id: EntryId, line: Memo<contract::entry::DeskEntry>, code: String) -> impl IntoView {
    let failure = RwSignal::new(None::<Error>);
    let busy = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let key = desk.part(|view| view.key);
    let can = move |step: EntryStep| line.get().state.after(step).is_ok();
    // by a checklist an entry is accepted only once it is checked; the way there is the check itself
    let checked = desk.part(move |view| {
        let standing = view.marks.get(&id).and_then(|marks| marks.check);
        !view.has_checklist || standing == Some(CheckStanding::Complete)
    });
    let send = move |accepted: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let cmd = DecideEligibility {
            key: fresh_key(),
            entry: id,
            expected: line.get_untracked().version,
            accepted,
            reason: if accepted {
                String::new()
            } else {
                reason.get_untracked()
            },
        };
        spawn_local(async move {
            let answer = api::decide_eligibility(cmd).await;
            let changed = matches!(answer, Ok(()) | Err(Error::Conflict(_)));
            let said = answer.is_ok();
            if failure.try_set(answer.err()).is_some() {
                return; // the page is gone
            }
            if changed && let Ok(view) = api::detail(id).await {
                desk.put(view.line);
            }
            if said {
                reason.try_set(String::new());
                desk.reload();
            }
            busy.try_set(false);
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let button = event
            .submitter()
            .and_then(|element| element.dyn_into::<leptos::web_sys::HtmlButtonElement>().ok());
        send(button.is_some_and(|button| button.value() == "true"));
    };
    let beside = Signal::derive(move || {
        failure.with(|failure| match failure {
            Some(error @ Error::Rule(Violation::ReasonRequired)) => Some(error_text(error)),
            Some(error) => field_message(error, "reason"),
            None => None,
        })
    });
    let refused = move || {
        let error = failure.get().filter(|_| beside.get().is_none())?;
        let conflict = matches!(error, Error::Conflict(_));
        let now = conflict.then(|| {
            let state = state_name(line.get().state);
            view! { <p>{word!(entry.detail.now_is, state = state)}</p><p>{word!(entry.detail.again)}</p> }
        });
        let tone = if conflict { Tone::Warn } else { Tone::Danger };
        Some(view! { <Notice tone announce=true><p>{error_text(&error)}</p>{now}</Notice> })
    };
    let hidden = move || {
        view! {
            <input type="hidden" name="cmd[key]" value=move || key.get().to_string()/>
            <input type="hidden" name="cmd[entry]" value=id.to_string()/>
            <input type="hidden" name="cmd[expected]" value=move || line.get().version.to_string()/>
        }
    };
    let open_label = word!(register.check.open_of, code = code.clone());
    let (accept_label, reject_label) = (
        word!(entry.desk.accept_of, code = code.clone()),
        word!(entry.desk.reject_of, code = code),
    );
    view! {
        <div class="desk-acts">
            {refused}
            {move || (can(EntryStep::Accept) && !checked.get()).then(|| view! {
                <LinkButton href=detail_href(id) small=true icon=IconName::List label=open_label.clone()>
                    {word!(register.check.open)}
                </LinkButton>
            })}
            {move || (can(EntryStep::Accept) && checked.get()).then(|| view! {
                <form method="post" action=Decide::url() on:submit=submit>
                    {hidden()}
                    <input type="hidden" name="cmd[reason]" value=""/>
                    <Button small=true icon=IconName::Check name="cmd[accepted]" value="true" label=accept_label.clone() loading=busy>
                        {step_name(EntryStep::Accept)}
                    </Button>
                </form>
            })}
            {move || can(EntryStep::Reject).then(|| view! {
                <details class="desk-reject">
                    <summary aria-label=reject_label.clone()>{step_name(EntryStep::Reject)}"…"</summary>
                    <form class="stack stack-s" method="post" action=Decide::url() on:submit=submit>
                        {hidden()}
                        <TextArea
                            name="cmd[reason]"
                            id=format!("reason-{id}")
                            label=word!(entry.detail.reason)
                            rows=3
                            max=2000
                            value=reason
                            error=beside
                            on_input=Callback::new(move |text: String| reason.set(text))
                        />
                        <div>
                            <Button small=true variant=Variant::Danger icon=IconName::Close name="cmd[accepted]" value="false" loading=busy>
                                {step_name(EntryStep::Reject)}
                            </Button>
                        </div>
                    </form>
                </details>
            })}
        </div>
    }
    .into_any()
}
