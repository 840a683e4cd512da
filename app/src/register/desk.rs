//! What the register adds to the eligibility desk: marks in the rows, lists to take away, accepting what was checked.

use contract::entry::CheckFilter;
use contract::register::{AcceptChecked as AcceptCommand, DeskMarks};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use rules::id::{CommandKey, ContestId};

use super::api::AcceptChecked as Accept;
use super::check::StandingBadge;
use super::words::channel_name;
use crate::judging::{Failure, after_success, failure_of, fresh_key};
use crate::text::word;
use crate::ui::{Badge, Button, Card, IconName, LinkButton, Tone, Variant};

/// The marks of a row.
#[component]
pub fn Marks(marks: DeskMarks) -> impl IntoView {
    view! {
        <span class="desk-about cluster">
            {marks.check.map(|standing| view! { <StandingBadge standing/> })}
            {marks.after_deadline.then(|| view! { <Badge tone=Tone::Warn>{word!(register.mark.late)}</Badge> })}
            {marks.channel.map(|channel| view! { <Badge>{channel_name(channel)}</Badge> })}
        </span>
    }
    .into_any()
}

/// Lists to take away with the filter on the screen (`query`, as the address has it), and the ways to the register's other pages.
#[component]
pub fn DeskTools(slug: String, query: String, open: bool) -> impl IntoView {
    let file = |kind: &str| format!("/manage/{slug}/entries.{kind}{query}");
    let (xlsx, csv) = (file("xlsx"), file("csv"));
    view! {
        <Card title=word!(register.tools)>
            <div class="stack stack-s">
                <div class="cluster">
                    <LinkButton href=xlsx external=true variant=Variant::Secondary icon=IconName::Download small=true>
                        {word!(register.export_xlsx)}
                    </LinkButton>
                    <LinkButton href=csv external=true variant=Variant::Secondary icon=IconName::Download small=true>
                        {word!(register.export_csv)}
                    </LinkButton>
                    <LinkButton href=format!("/manage/{slug}/checklist") variant=Variant::Secondary icon=IconName::List small=true>
                        {word!(register.to_checklist)}
                    </LinkButton>
                    {open.then(|| view! {
                        <LinkButton href=format!("/contests/{slug}/register") variant=Variant::Secondary icon=IconName::Plus small=true>
                            {word!(register.to_paper)}
                        </LinkButton>
                        <LinkButton href=format!("/manage/{slug}/import") variant=Variant::Secondary icon=IconName::Inbox small=true>
                            {word!(register.to_import)}
                        </LinkButton>
                    })}
                </div>
                <p class="muted small">{word!(register.export_hint)}</p>
            </div>
        </Card>
    }
    .into_any()
}

/// Accepts every entry whose check is complete; nothing where there is none.
#[component]
pub fn AcceptChecked(
    contest: ContestId,
    count: Memo<u32>,
    key: Memo<CommandKey>,
    #[prop(into)] done: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<Accept>::new();
    after_success(action, move |()| done.run(()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        action.dispatch(Accept {
            cmd: AcceptCommand {
                key: fresh_key(),
                contest,
            },
        });
    };
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <Card highlight=true>
                    <form class="stack stack-s" method="post" action=Accept::url() on:submit=submit>
                        <Failure error=failure_of(action)/>
                        <p class="small">{word!(register.check.accept_all_text)}</p>
                        <input type="hidden" name="cmd[key]" value=key.get_untracked().to_string()/>
                        <input type="hidden" name="cmd[contest]" value=contest.to_string()/>
                        <div>
                            <Button icon=IconName::CheckCircle loading=action.pending()>
                                {word!(register.check.accept_all, count = count)}
                            </Button>
                        </div>
                    </form>
                </Card>
            }
        })
    }
}

/// The filter's value in the address.
pub fn check_value(check: CheckFilter) -> &'static str {
    match check {
        CheckFilter::Unchecked => "unchecked",
        CheckFilter::Open => "open",
        CheckFilter::Complete => "complete",
        CheckFilter::Failing => "failing",
    }
}

/// The filter of the address's value.
pub fn check_of(value: &str) -> Option<CheckFilter> {
    [
        CheckFilter::Unchecked,
        CheckFilter::Open,
        CheckFilter::Complete,
        CheckFilter::Failing,
    ]
    .into_iter()
    .find(|check| check_value(*check) == value)
}
