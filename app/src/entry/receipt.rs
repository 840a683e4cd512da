//! The receipt: code, server time, hashes; the way of the entry with every hand-over dated; the outcome after the
//! decision.

mod withdraw;

use contract::entry::{ReceiptView, TrackStep};
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::entry::{EntryState, EntryStep, Step};
use rules::id::EntryId;
use rules::time::Zone;

use self::withdraw::{Withdraw, WithdrawForm};
use super::api;
use super::files::FileList;
use super::parts::{StateBadge, print_page, step_href};
use crate::deadline::{
    DropChangesForm, ExtensionNotes, TakeUpButton, TimelinessBadge, timeliness_name, versions_href,
};
use crate::text::{ErrorView, moment_text, points_text, step_name, word};
use crate::ui::{
    Badge, Button, Card, DataList, DateTime, Datum, IconName, LinkButton, Notice, PageHeader, Skeleton,
    Timeline, Tone, TrackState, TrackStep as TrackLine, Variant,
};

/// `/entries/:entry`, with `?withdraw=true` asking whether to withdraw.
pub struct ReceiptPage;

#[lazy_route]
impl LazyRoute for ReceiptPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let entry = Memo::new(move |_| {
            params
                .read()
                .get("entry")
                .and_then(|text| text.parse::<EntryId>().ok())
        });
        let loaded = Resource::new_blocking(
            move || entry.get(),
            |entry| async move {
                match entry {
                    Some(entry) => api::receipt(entry).await,
                    None => Err(Error::NotFound(Kind::Entry)),
                }
            },
        );
        view! {
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <Receipt view/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Receipt(view: ReceiptView) -> impl IntoView {
    let query = use_query_map();
    let asking = Memo::new(move |_| query.read().get("withdraw").is_some());
    let crumbs = vec![
        (word!(entry.own.title), "/entries".to_owned()),
        (
            view.contest_name.clone(),
            format!("/contests/{}", view.contest_slug),
        ),
    ];
    let editable = view.state.is_editable();
    let (entry, state) = (view.entry, view.state);
    let withdraw = view.clone();
    let taken = view.clone();
    let actions = move || {
        let complete = editable.then(|| {
            view! { <LinkButton href=step_href(entry, Step::Authors) icon=IconName::Edit>{word!(entry.own.complete)}</LinkButton> }
        });
        view! {
            {complete}
            <TakeUpButton view=taken.clone()/>
            <LinkButton href=format!("/entries/{entry}/receipt.pdf") variant=Variant::Secondary icon=IconName::Download external=true>
                {word!(paper.receipt.pdf)}
            </LinkButton>
            <Button kind="button" variant=Variant::Secondary icon=IconName::Printer on_click=Callback::new(|_| print_page())>
                {word!(common.action.print)}
            </Button>
            <Withdraw view=withdraw.clone()/>
        }
    };
    let plain = view.clone();
    let no_files = view.attachments.is_empty();
    let authors = author_names(&view);
    let unit_name = view.unit_name.clone().unwrap_or_else(|| "–".to_owned());
    let (contest_name, category_name, content_hash) = (
        view.contest_name.clone(),
        view.category_name.clone(),
        view.content_hash.clone(),
    );
    let status_path = view.status_path.clone();
    let files = view.attachments.clone();
    let returned = (state == EntryState::ReturnedForSupplement)
        .then(|| {
            view.track
                .iter()
                .rev()
                .find(|step| step.step == EntryStep::Return)
                .and_then(|step| step.reason.clone())
        })
        .flatten();
    view! {
        <PageHeader title=view.title.clone() crumbs actions overline=word!(entry.receipt.overline)>
            <StateBadge state/>
        </PageHeader>
        <div class="stack stack-l receipt">
            {move || asking.get().then(|| view! { <WithdrawForm view=plain.clone()/> })}
            {returned.map(|reason| view! {
                <Notice tone=Tone::Warn title=word!(entry.returned.title)><p class="pre-line">{reason}</p></Notice>
            })}
            <Changing view=view.clone()/>
            <ExtensionNotes extensions=view.extensions.clone() zone=view.zone.clone()/>
            <Outcome view=view.clone()/>
            <section class="panel receipt-slip" aria-labelledby="receipt-code">
                <p class="receipt-label" id="receipt-code">{word!(entry.receipt.code)}</p>
                <p class="receipt-code num">{view.code.clone()}</p>
                <p class="receipt-time">
                    <span>{word!(entry.receipt.received)}</span>
                    " "
                    <DateTime at=view.submitted_at zone=view.zone.clone() with_zone=true/>
                </p>
                <p class="cluster">
                    <span>{word!(deadline.revision, number = view.revision)}</span>
                    <TimelinessBadge timeliness=view.timeliness/>
                    <a class="no-print" href=versions_href(entry)>{word!(deadline.versions.link)}</a>
                </p>
                <DataList>
                    <Datum name=word!(entry.receipt.contest)>{contest_name}</Datum>
                    <Datum name=word!(entry.topic.category)>{category_name}</Datum>
                    <Datum name=word!(entry.authors.title)>{authors}</Datum>
                    <Datum name=word!(entry.authors.unit)>{unit_name}</Datum>
                    <Datum name=word!(entry.receipt.hash)><code class="hash">{content_hash}</code></Datum>
                    <Datum name=word!(deadline.receipt.status)>
                        <a class="hash" href=status_path.clone()>{status_path.clone()}</a>
                    </Datum>
                </DataList>
                <p class="muted small">{word!(entry.receipt.hash_note)}</p>
                <p class="muted small">{word!(deadline.receipt.status_note)}</p>
                <figure class="receipt-qr">
                    <img
                        src=format!("/entries/{entry}/receipt.svg")
                        alt=word!(paper.receipt.qr, code = view.code.clone())
                        width="160"
                        height="160"
                    />
                    <figcaption class="muted small">{word!(paper.receipt.scan)}</figcaption>
                </figure>
            </section>
            <div class="receipt-parts">
                <Card title=word!(entry.receipt.track)>
                    <Track steps=view.track.clone() zone=view.zone.clone() state/>
                </Card>
                <Card title=word!(entry.files.title)>
                    {if no_files {
                        view! { <p class="muted">{word!(entry.files.none)}</p> }.into_any()
                    } else {
                        view! { <FileList files whole_hash=true/> }.into_any()
                    }}
                </Card>
            </div>
        </div>
    }
    .into_any()
}

fn author_names(view: &ReceiptView) -> String {
    let names = view
        .authors
        .iter()
        .map(|author| format!("{} ({}%)", author.full_name, points_text(author.share)));
    names.collect::<Vec<_>>().join(", ")
}

/// That the author is changing the entry, or until when it can be changed; nothing once it is too late.
#[component]
fn Changing(view: ReceiptView) -> impl IntoView {
    if let Some(version) = view.copy_version {
        return view! {
            <Notice tone=Tone::Info title=word!(deadline.revise.title)>
                <p>{word!(deadline.revise.text, number = view.revision)}</p>
                <DropChangesForm entry=view.entry key=view.key version/>
            </Notice>
        }
        .into_any();
    }
    let until = view.deadline.filter(|_| view.can_take_up);
    until
        .map(|until| {
            view! { <p class="muted">{word!(deadline.revise.until, at = moment_text(until.at, &view.zone))}</p> }
        })
        .into_any()
}

/// What the decision brought; nothing before it.
#[component]
fn Outcome(view: ReceiptView) -> impl IntoView {
    let average = view.average.map(|average| {
        view! { <p><span>{word!(entry.receipt.average)}</span>" "<strong class="num">{points_text(average)}</strong></p> }
    });
    let comments = view
        .comments
        .into_iter()
        .map(|text| view! { <li class="pre-line">{text}</li> })
        .collect::<Vec<_>>();
    let comments = (!comments.is_empty()).then(|| {
        view! { <h3>{word!(entry.receipt.comments)}</h3><ul class="receipt-comments">{comments}</ul> }
    });
    let known = view.prize.is_some() || average.is_some() || comments.is_some();
    known.then(|| {
        view! {
            <Card title=word!(entry.receipt.outcome) highlight=view.prize.is_some()>
                <div class="stack stack-s">
                    {view.prize.map(|prize| view! { <Badge tone=Tone::Gold icon=IconName::Award>{prize}</Badge> })}
                    {average}
                    {comments}
                    <p><a href=format!("/contests/{}/result", view.contest_slug)>{word!(entry.receipt.result)}</a></p>
                </div>
            </Card>
        }
    })
}

/// The way of an entry, every hand-over dated.
#[component]
pub fn Track(steps: Vec<TrackStep>, zone: Zone, state: EntryState) -> impl IntoView {
    let last = steps.len().saturating_sub(1);
    let lines = steps
        .into_iter()
        .enumerate()
        .map(|(index, step)| TrackLine {
            title: step_name(step.step),
            when: Some(moment_text(step.at, &zone)),
            note: step_note(&step),
            state: match step.step {
                EntryStep::Return
                | EntryStep::KeepBack
                | EntryStep::Reject
                | EntryStep::Withdraw
                | EntryStep::Disqualify => TrackState::Stopped,
                _ if index == last && !is_over(state) => TrackState::Current,
                _ => TrackState::Past,
            },
        })
        .collect::<Vec<_>>();
    view! { <Timeline steps=lines label=word!(entry.receipt.track)/> }.into_any()
}

/// Reason of a step; number and lateness of a submission.
fn step_note(step: &TrackStep) -> Option<String> {
    let number = step
        .revision
        .filter(|number| *number > 1)
        .map(|number| word!(deadline.revision, number = number));
    let late = timeliness_name(step.timeliness, step.step == EntryStep::Forward);
    let parts: Vec<String> = [number, late, step.reason.clone()]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn is_over(state: EntryState) -> bool {
    matches!(
        state,
        EntryState::Awarded
            | EntryState::NotAwarded
            | EntryState::Withdrawn
            | EntryState::Disqualified
            | EntryState::Rejected
    )
}
